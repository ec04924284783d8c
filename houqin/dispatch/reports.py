"""What others ask about work orders and duty. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from houqin.dispatch.models import Shift, WorkOrder
from houqin.kernel.clock.models import Kind
from houqin.kernel.people.models import User
from houqin.kernel.web.clocks import Chip, chip, nearest
from houqin.kernel.web.words import money

S = WorkOrder.Status


def order_chip(order: WorkOrder, at: datetime) -> Chip | None:
    """The clock that matters to whoever does the work: the nearest one of the subject, and once the order
    is done the judgement of its handling. Reads prefetched clocks."""
    subject: Any = order.subject
    if subject is None:
        return None
    if order.status == S.DONE:
        ended = [one for one in subject.clocks.all() if one.kind == Kind.HANDLING and not one.running]
        last = max(ended, key=lambda clock: clock.round, default=None)
        return chip(last, at) if last else None
    return nearest(subject, at) if order.status in WorkOrder.OPEN else None


def my_counts(user: User) -> dict[str, int]:
    """How many orders `user` has in each part of their list, by the keys of its views."""
    parts = {
        "offered": Q(status=S.OFFERED),
        "doing": Q(status__in=[S.ACCEPTED, S.WORKING]),
        "held": Q(status=S.HELD),
        "done": Q(status=S.DONE),
    }
    counts = {key: Count("pk", filter=part) for key, part in parts.items()}
    return WorkOrder.objects.mine(user).aggregate(**counts)


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
