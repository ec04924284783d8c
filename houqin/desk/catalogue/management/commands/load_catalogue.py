from typing import Any

from django.core.management.base import BaseCommand

from houqin.desk.catalogue.models import Entry, sync_catalogue
from houqin.work.orders.actions import seed_fault_codes


class Command(BaseCommand):
    help = "Put the catalogue of every service line and the fault codes into the database; edited ones stay."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_catalogue()
        seed_fault_codes()
        self.stdout.write(f"The catalogue has {Entry.objects.count()} entries.")
