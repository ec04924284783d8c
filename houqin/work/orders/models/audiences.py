"""Whom an order concerns: the names that its flow tells events to, and who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.kernel.clock.models import Grade
from houqin.kernel.flow import Audience
from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event

if TYPE_CHECKING:
    from houqin.work.orders.models.order import WorkOrder


def takers(order: WorkOrder, event: Event) -> list[User]:
    """Who does it, the whole team where nobody has taken it yet."""
    return order.takers()


def loser(order: WorkOrder, event: Event) -> list[User]:
    """Whoever had it until now and has it no longer."""
    lost = User.objects.filter(pk=event.facts.get("lost") or 0)
    return list(lost.exclude(pk=order.executor_id or 0))


def leads(order: WorkOrder, event: Event) -> list[User]:
    """The lead of the place, and where there is none the coordinators."""
    return list(holders({Role.LEAD}, order.place)) or list(holders({Role.COORDINATOR}, order.place))


def _is_urgent(order: WorkOrder) -> bool:
    return getattr(order.subject, "grade", "") == Grade.URGENT


AUDIENCES = {
    "takers": Audience(takers, urgent=_is_urgent),
    "loser": Audience(loser),
    "leads": Audience(leads, urgent=lambda order: True),
}
