"""What waits for one person at the front desk: parcels to fetch, claims to compare."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.lines.front_desk.access import RUNS_DESK
from houqin.lines.front_desk.models import LostThing, LostThingQuerySet, Parcel, ParcelQuerySet
from houqin.lines.front_desk.pages import LOST_THING
from houqin.ui.worklist import WORKLISTS, Task, Worklist


def parcels_to_fetch(user: User, at: datetime) -> ParcelQuerySet:
    """The parcels that have come for `user`, those that go back first."""
    rows = Parcel.objects.visible_to(user).waiting().filter(recipient__in=user.faces)
    return rows.with_all().order_by("return_at", "pk")


def claims_to_compare(user: User, at: datetime) -> LostThingQuerySet:
    """What somebody says is theirs, of what `user` keeps."""
    runs = user.reach(RUNS_DESK, place="place")
    rows = LostThing.objects.visible_to(user).filter(runs, status=LostThing.Status.CLAIMED)
    return rows.with_all().order_by("found_at", "pk")


def _parcel_task(parcel: Parcel, at: datetime) -> Task:
    url = parcel.get_absolute_url()
    return Task(
        title=parcel.title,
        url=url,
        meta=str(parcel.place),
        verb=_now("去领"),
        verb_url=url,
        due_at=parcel.return_at,
    )


def _claim_task(thing: LostThing, at: datetime) -> Task:
    url, verb = thing.get_absolute_url(), str(LOST_THING.verbs["hand_over"].label)
    return Task(title=thing.title, url=url, meta=str(thing.owner), verb=verb, verb_url=url)


WORKLISTS.register(
    Worklist(
        code="parcels",
        label=_("快递"),
        order=70,
        rows=parcels_to_fetch,
        task=_parcel_task,
        route="front_desk:parcels",
    )
)
WORKLISTS.register(
    Worklist(
        code="lost_things",
        label=_("失物"),
        order=75,
        rows=claims_to_compare,
        task=_claim_task,
        route="front_desk:lost_things",
    )
)
