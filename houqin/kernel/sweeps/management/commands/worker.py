from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from houqin.kernel.sweeps.worker import Worker


class Command(BaseCommand):
    help = "Run what time starts: alarms, deadlines, mail. Any number of workers may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="run what is due now, then end (for cron)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        with worker.listening():
            worker.run(once=options["once"])
