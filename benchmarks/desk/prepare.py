"""Run in the environment of a server before it starts: fills its database, and prints as JSON what the load
needs: the sessions of some people, a token of the API, and the rows that are opened."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from benchmarks.desk.loader import load
from houqin.desk.demands.models import Demand
from houqin.desk.demands.pages import QUEUE
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.platform.tokens.actions import make_token
from houqin.ui import keyset
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Member

PEOPLE = ("chen", "wugong", "wang", "lin")
SCOPES = ("demands:read", "demands:write", "orders:read", "orders:write")


def main() -> None:
    requests = load(int(sys.argv[1]))
    call_command("collectstatic", interactive=False, verbosity=0)
    wanted = {"requests": requests, "sessions": sessions(), "token": token(), "names": names()}
    sys.stdout.write(json.dumps(wanted))


def sessions() -> dict[str, str]:
    kept = {}
    for username in PEOPLE:
        client = Client(HTTP_HOST="localhost")
        client.force_login(User.objects.get(username=username))
        kept[username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return kept


def token() -> str:
    user = User.objects.get(username="chen")
    return make_token(user, user, name="benchmark", scopes=SCOPES, days=30)[1]


def names() -> dict[str, Any]:
    """What stands in the addresses and forms of `operations`."""
    closed = Demand.objects.filter(status="closed").order_by("pk")
    order = WorkOrder.objects.open().filter(executor__username="wang").order_by("pk").first()
    room = Place.objects.filter(kind="room").order_by("pk").first()
    assert order is not None
    assert room is not None
    return {
        "closed": closed.values_list("number", flat=True)[closed.count() // 2],
        "deep": deep_cursor(),
        "mine": order.number,
        "room": room.pk,
        "member": Member.objects.get(user__username="wang").pk,
    }


def deep_cursor() -> str:
    """The place in the middle of the archive, as its list writes it."""
    view = next(view for view in QUEUE.views if view.key == "archive")
    rows = Demand.objects.archived().order_by("submitted_at", "pk")
    return keyset._write(rows[rows.count() // 2], view.order.lstrip("-"), False)


if __name__ == "__main__":
    main()
