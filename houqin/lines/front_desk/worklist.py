"""What waits for one person at the front desk: parcels to fetch, claims to compare."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.lines.front_desk.access import RUNS_DESK
from houqin.lines.front_desk.models import LostThing, Parcel
from houqin.lines.front_desk.pages import LOST_THING
from houqin.ui.worklist import SHOWN, Part, Task, Waiting, provide


def parcels_to_fetch(user: User, at: datetime) -> Waiting:
    """The parcels that have come for `user`, those that go back first."""
    rows = Parcel.objects.visible_to(user).waiting().filter(recipient__in=user.faces)
    tasks = [
        _task(parcel, parcel.title, str(parcel.place), _("去领"), parcel.return_at)
        for parcel in rows.with_all().order_by("return_at", "pk")[:SHOWN]
    ]
    count = rows.count()
    return Waiting(tasks, [Part(_("快递"), count, reverse("front_desk:parcels"), 70)], count)


def claims_to_compare(user: User, at: datetime) -> Waiting:
    """What somebody says is theirs, of what `user` keeps."""
    runs = user.reach(RUNS_DESK, place="place")
    rows = LostThing.objects.visible_to(user).filter(runs, status=LostThing.Status.CLAIMED)
    verb = str(LOST_THING.verbs["hand_over"].label)
    tasks = [
        _task(claim, claim.title, str(claim.owner), verb)
        for claim in rows.with_all().order_by("found_at", "pk")[:SHOWN]
    ]
    count = rows.count()
    return Waiting(tasks, [Part(_("失物"), count, reverse("front_desk:lost_things"), 75)], count)


def _task(record: Any, title: str, meta: str, verb: str, due_at: datetime | None = None) -> Task:
    url = record.get_absolute_url()
    return Task(title=title, url=url, meta=meta, verb=verb, verb_url=url, due_at=due_at)


provide("parcels", parcels_to_fetch)
provide("lost_things", claims_to_compare)
