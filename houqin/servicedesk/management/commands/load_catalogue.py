from typing import Any

from django.core.management.base import BaseCommand

from houqin.servicedesk.catalogue import Entry, sync_catalogue


class Command(BaseCommand):
    help = "Put the catalogue of every registered service line into the database; edited entries stay."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_catalogue()
        self.stdout.write(f"The catalogue has {Entry.objects.count()} entries.")
