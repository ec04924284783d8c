from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from houqin.platform.search.actions import index_all
from houqin.platform.search.models import Passage


class Command(BaseCommand):
    help = (
        "Build the search index anew. It can be searched meanwhile, and writers are not kept out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="only when nothing is indexed yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Passage.objects.exists():
            return
        for kind, count in index_all():
            if options["verbosity"]:
                self.stdout.write(f"{kind}: {count}")
