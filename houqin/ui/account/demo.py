"""The accounts that the demonstration opens with one click. They exist only where HOUQIN_DEMO is set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from houqin.kernel.people.models import OF_PEOPLE, User


@dataclass(frozen=True)
class DemoAccount:
    """`role` and `hint` are Chinese words from the demonstration's own file."""

    username: str
    name: str
    role: str
    hint: str = ""


def demo_accounts() -> list[DemoAccount]:
    """The accounts that the demonstration has written down and that can still sign in, in its order."""
    path = settings.DATA_DIR / "demo_accounts.json"
    if not settings.DEMO or not path.exists():
        return []
    listed = _listed(path)
    usernames = [account.username for account in listed]
    active = User.objects.filter(OF_PEOPLE, username__in=usernames, is_active=True)
    there = set(active.values_list("username", flat=True))
    return [account for account in listed if account.username in there]


def _listed(path: Path) -> list[DemoAccount]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [
        DemoAccount(row["username"], row["name"], row["role"], row.get("hint", "")) for row in rows
    ]
