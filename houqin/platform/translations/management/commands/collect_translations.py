from django.core.management.base import BaseCommand

from houqin.platform.translations import catalogue


class Command(BaseCommand):
    help = "Adds new text of the source to the English catalogue, ready to be translated; drops what is gone."

    def handle(self, *args: object, **options: object) -> None:
        kept, missing, dropped = catalogue.collect()
        self.stdout.write(f"{kept} messages, {missing} without English, {dropped} dropped.")
