from typing import Any

from django.core.management import BaseCommand

from houqin.kernel.trail.wiring import effects


class Command(BaseCommand):
    help = "Print what every event means for others: the event, then each function in the order of its call."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, functions in sorted(effects().items()):
            self.stdout.write(name)
            for function in functions:
                self.stdout.write(f"    {function.__module__}.{function.__name__}")
