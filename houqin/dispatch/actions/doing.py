"""Doing work: the steps of an executor up to the finish."""

from __future__ import annotations

from django.db import transaction

from houqin.dispatch.models import WorkOrder
from houqin.kernel.clock.actions import hold_reason
from houqin.kernel.clock.models import Standard
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record


@transaction.atomic
def accept_order(actor: User, order: WorkOrder) -> None:
    """Take the work on: this is the response that R2.3 asks for."""
    at = now()
    WorkOrder.FLOW.take("accept", actor, order, executor=actor, accepted_at=at)
    record(actor, "order.accepted", order, at=at)


@transaction.atomic
def hand_back_order(actor: User, order: WorkOrder, *, reason: str) -> None:
    at = now()
    WorkOrder.FLOW.take("hand_back", actor, order)
    record(actor, "order.handed_back", order, at=at, reason=reason)


@transaction.atomic
def start_order(actor: User, order: WorkOrder) -> None:
    at = now()
    WorkOrder.FLOW.take("start", actor, order)
    record(actor, "order.started", order, at=at)


@transaction.atomic
def hold_order(actor: User, order: WorkOrder, *, reason: str, note: str = "") -> None:
    """Stop working for a reason that the standard lists; the reason says whether the clocks stop too."""
    at = now()
    why = hold_reason(Standard.in_force(at), reason)
    WorkOrder.FLOW.take("hold", actor, order, hold_stops=why.stops)
    record(actor, "order.held", order, at=at, reason=why.label, note=note, stops=why.stops)


@transaction.atomic
def resume_order(actor: User, order: WorkOrder) -> None:
    at = now()
    WorkOrder.FLOW.take("resume", actor, order, hold_stops=False)
    record(actor, "order.resumed", order, at=at)
