import json
from argparse import ArgumentParser
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from houqin.demo.history import History
from houqin.demo.organisation import ACCOUNTS, DemoOrganisation, build_organisation
from houqin.kernel.people.models import User
from houqin.kernel.people.roles import ROLES
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now, turned_to
from houqin.platform.notices.models import Delivery, Notice

SEED = 20261123


class Command(BaseCommand):
    help = (
        "Load the demonstration organisation and its last ninety days, where there are no places."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument(
            "--at", help="the last moment of the history, ISO with zone; default: now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Place.objects.exists():
            self.stdout.write("The database holds an organisation already; nothing was loaded.")
            return
        last = datetime.fromisoformat(options["at"]) if options["at"] else now()
        if last.tzinfo is None:
            raise CommandError("--at needs a time zone, for example 2026-11-23T10:24+08:00")
        first = last - timedelta(days=options["days"])
        random = Random(SEED)
        with transaction.atomic():
            with turned_to(first):
                organisation = build_organisation(random, first, last + timedelta(days=14))
            begun = History(organisation, random, first, last).play()
            settle_notices(last)
        self._write_accounts(organisation)
        self.stdout.write(f"Loaded {User.objects.count()} people and {begun} requests.")

    def _write_accounts(self, organisation: DemoOrganisation) -> None:
        accounts = [
            {
                "username": name,
                "name": organisation.people[name].name,
                "role": ROLES.label(role),
                "hint": "",
            }
            for name, role in ACCOUNTS
        ]
        path = settings.DATA_DIR / "demo_accounts.json"
        path.write_text(json.dumps(accounts, ensure_ascii=False, indent=1), encoding="utf-8")


def settle_notices(last: datetime) -> None:
    """What is older than two days has been read, and no mail of the past goes out."""
    Notice.objects.filter(created_at__lt=last - timedelta(days=2)).update(read_at=last)
    Delivery.objects.filter(state=Delivery.State.WAITING).update(state=Delivery.State.SKIPPED)
