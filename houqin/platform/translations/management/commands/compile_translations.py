from django.core.management.base import BaseCommand

from houqin.platform.translations import catalogue


class Command(BaseCommand):
    help = "Compiles the English catalogue when it is newer than its compiled form."

    def handle(self, *args: object, **options: object) -> None:
        if catalogue.compile_stale():
            self.stdout.write("Compiled the English catalogue.")
