"""What passes to a successor of the work: orders, shifts that are to come, and times on call."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.handover import Handing, hand
from houqin.kernel.people.models import Role, User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.shared.bookings.actions import book
from houqin.work.orders.actions import pass_on_order
from houqin.work.orders.models import RUNS_WORK, WorkOrder
from houqin.work.roster.models import RUNS_ROSTER, Shift, Swap


def _orders(person: User) -> QuerySet[Any]:
    return (
        WorkOrder.objects.open()
        .filter(executor=person)
        .select_related("place", "team")
        .order_by("pk")
    )


def _pass_order(actor: User, order: WorkOrder, *, to: User, reason: str) -> None:
    pass_on_order(actor, order, executor=to, reason=reason)


@transaction.atomic
def pass_on_shift(actor: User, shift: Shift, *, to: User, reason: str = "") -> None:
    """`to` works it instead; a swap that was asked for it lapses. Raises Refused where `to` has a shift at
    that time. Whether `actor` may do that is the rule of the action that calls this one."""
    at, was = now(), shift.user
    shift.user = to
    book(shift, at=at)
    for swap in Swap.objects.open().filter(shift=shift):
        Swap.FLOW.take("lapse", the_house(), swap, at=at)
    facts = {"shift": str(shift), "was": str(was), "to": str(to), "people": [to.pk]}
    record(actor, "shift.passed_on", to, at=at, reason=reason, **facts)


def _shifts(*, on_call: bool) -> Any:
    def coming(person: User) -> QuerySet[Any]:
        mine = Shift.objects.filter(user=person, starts_at__gt=now(), on_call=on_call)
        return mine.select_related("pattern", "place", "user").order_by("starts_at", "pk")

    return coming


def _said(shift: Shift) -> tuple[str, str]:
    return "", f"{shift} {shift.place.name}"


hand(
    Handing(
        "orders",
        _("工单"),
        _("工单交给"),
        _orders,
        lambda actor: actor.reach(RUNS_WORK, place="place"),
        _pass_order,
        lambda order: (order.get_absolute_url(), f"{order} {order.title}"),
    )
)
for key, title, asks, on_call in (
    ("shifts", _("以后的班"), _("班交给"), False),
    ("on_call", _("以后的值班"), _("值班交给"), True),
):
    hand(
        Handing(
            key,
            title,
            asks,
            _shifts(on_call=on_call),
            lambda actor: actor.reach(RUNS_ROSTER | {Role.COORDINATOR}, place="place"),
            pass_on_shift,
            _said,
        )
    )
