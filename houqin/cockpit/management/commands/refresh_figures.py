from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from houqin.cockpit.moments import rewrite_differing, write_all_outdated


class Command(BaseCommand):
    help = "Write down for the boards what has changed since they were last opened; the worker does so too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="compare everything with the demands, clocks, orders and ratings, and write what differs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        write_all_outdated()
        if options["check"]:
            wrong = list(rewrite_differing())
            self.stdout.write(f"{len(wrong)} differed {wrong[:20]}" if wrong else "0 differed")
