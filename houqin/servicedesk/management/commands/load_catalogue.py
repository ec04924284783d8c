from typing import Any

from django.core.management.base import BaseCommand

from houqin.dispatch.actions import seed_fault_codes
from houqin.servicedesk.catalogue import Entry, sync_catalogue


class Command(BaseCommand):
    help = "Put the catalogue of every service line and the fault codes into the database; edited ones stay."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_catalogue()
        seed_fault_codes()
        self.stdout.write(f"The catalogue has {Entry.objects.count()} entries.")
