"""What others ask about work orders and duty. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.db.models import Q
from django.utils.translation import gettext as _

from houqin.kernel.clock.models import Kind
from houqin.kernel.counting import count_each
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.related import related
from houqin.kernel.trail.models import Event
from houqin.ui.chips import Chip
from houqin.ui.clocks import chip, nearest
from houqin.ui.formatting import money
from houqin.work.orders.models import FaultCode, Material, WorkOrder
from houqin.work.roster.models import Shift
from houqin.work.teams.models import Skill

S = WorkOrder.Status


def order_chip(order: WorkOrder, at: datetime) -> Chip | None:
    """The clock that matters to whoever does the work: the nearest one of the subject, and once the order
    is done the judgement of its handling. Reads prefetched clocks."""
    subject: Any = order.subject
    if subject is None:
        return None
    if order.status == S.DONE:
        ended = [
            clock
            for clock in related(subject, "clocks")
            if clock.kind == Kind.HANDLING and not clock.running
        ]
        last = max(ended, key=lambda clock: clock.round, default=None)
        return chip(last, at) if last else None
    return nearest(subject, at) if order.status in WorkOrder.OPEN else None


def my_counts(user: User) -> dict[str, int]:
    """How many orders `user` has in each part of their list, by the keys of its views; one query."""
    parts = {
        "offered": Q(status=S.OFFERED),
        "doing": Q(status__in=[S.ACCEPTED, S.WORKING]),
        "held": Q(status=S.HELD),
        "done": Q(status=S.DONE),
    }
    rows = WorkOrder.objects.mine(user)
    return dict(zip(parts, count_each([rows.filter(part) for part in parts.values()]), strict=True))


def cost_lines(orders: Iterable[WorkOrder]) -> list[tuple[str, str, str, str]]:
    """What the work took that costs money, as a form lists it: what, how much, price and amount in yuan.
    Reads prefetched materials."""
    lines = []
    for order in orders:
        for used in order.materials.all():
            quantity = f"{used.quantity.normalize():f} {used.unit}"
            lines.append((used.name, quantity, yuan(used.price_fen), yuan(used.cost_fen)))
        if order.outside_fen:
            lines.append((_("外委费用"), "1", yuan(order.outside_fen), yuan(order.outside_fen)))
    return lines


def yuan(fen: int) -> str:
    """An amount of fen in yuan for a column whose head names the unit."""
    return money(fen).replace("¥", "")


def on_call(at: datetime) -> list[Shift]:
    """Who is on call at `at`, at every place, with the people and the places."""
    now_on = Shift.objects.filter(on_call=True, starts_at__lte=at, ends_at__gt=at)
    return list(now_on.select_related("user", "place").order_by("place__path", "starts_at", "pk"))


def mine_at(user: User, place: Place) -> list[WorkOrder]:
    """What `user` has to do at `place`: within it, or around it up to its building."""
    around = [] if place.kind == Place.Kind.CAMPUS else place.ancestor_paths()[1:]
    here = Q(place=place) | Q(place__path__in=around)
    if place.kind != Place.Kind.CAMPUS:
        here |= Q(place__path__startswith=place.path)
    orders = WorkOrder.objects.mine(user).open().filter(here)
    return list(
        orders.select_related("place", "executor", "team").order_by("offered_at", "pk")[:MOST_HERE]
    )


MOST_HERE = 20


def worked_minutes(order: WorkOrder, at: datetime) -> int:
    """How long the order has been worked on until `at`, in whole minutes: from the start to every hold, and
    on from every resumption."""
    worked, since = timedelta(), None
    for event in Event.objects.about(order):
        if event.name in BEGINS and since is None:
            since = event.at
        elif event.name in ENDS and since is not None:
            worked, since = worked + (event.at - since), None
    if since is not None:
        worked += at - since
    return int(worked.total_seconds()) // 60


BEGINS = {"order.started", "order.arrived", "order.resumed"}
ENDS = {
    "order.held",
    "order.finished",
    "order.reassigned",
    "order.handed_over",
    "order.handed_back",
}


class UsedMaterial(TypedDict):
    """A material as it was used last; `price_fen` is the price of one `unit`."""

    unit: str
    price_fen: int


def last_used(user: User, skill: Skill | None) -> dict[str, UsedMaterial]:
    """The materials that `user`, or anybody in the same trade, used lately, by name, the latest first."""
    own = Q(order__executor=user)
    same = Q(order__skill=skill) if skill else Q()
    rows = (
        Material.objects.filter(own | same).order_by("-pk").values_list("name", "unit", "price_fen")
    )
    known: dict[str, UsedMaterial] = {}
    for name, unit, price_fen in rows[:RECENT]:
        known.setdefault(name, UsedMaterial(unit=unit, price_fen=price_fen))
    return known


RECENT = 200  # lines that are looked through


def codes_fitting(skill: Skill | None) -> dict[str, list[FaultCode]]:
    """The fault codes that an executor of that trade chooses from, by their kind."""
    codes: dict[str, list[FaultCode]] = {}
    for code in FaultCode.objects.fitting(skill):
        codes.setdefault(code.kind, []).append(code)
    return codes
