"""Doing work: the steps of an executor up to the finish."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.clock.actions import hold_reason
from houqin.kernel.clock.models import Standard
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.work.orders.models import WorkOrder


@transaction.atomic
def accept_order(actor: User, order: WorkOrder) -> None:
    """Take the work on: this is the response that R2.3 asks for."""
    at = now()
    WorkOrder.FLOW.take("accept", actor, order, at=at, executor=actor, accepted_at=at)


@transaction.atomic
def hand_back_order(actor: User, order: WorkOrder, *, reason: str) -> None:
    WorkOrder.FLOW.take("hand_back", actor, order, facts={"reason": reason})


@transaction.atomic
def start_order(actor: User, order: WorkOrder) -> None:
    """Begin without a scanned code: the arrival is one's own word, and is marked so."""
    at = now()
    WorkOrder.FLOW.take("start", actor, order, at=at, arrived_at=at, arrived_by_code=False)


@transaction.atomic
def arrive_order(actor: User, order: WorkOrder, *, place: Place) -> None:
    """Be at the place, shown by the code of `place` that was scanned there, and begin.

    The code of a room, or of the building that a room is in, both show it. Raises Refused for a code of
    somewhere else.
    """
    at = now()
    if not _within(order.place, place):
        raise Refused(
            _("扫到的是“%(scanned)s”的码，这张工单在“%(place)s”，请到现场再扫。")
            % {"scanned": place.short_name, "place": order.place.short_name}
        )
    WorkOrder.FLOW.take(
        "arrive",
        actor,
        order,
        at=at,
        facts={"place": place.full_name},
        arrived_at=order.arrived_at or at,
        arrived_by_code=True,
    )


def _within(place: Place, other: Place) -> bool:
    """Whether one of two places lies inside the other. A campus is too large to be arrived at."""
    near, far = sorted((place.path, other.path), key=len)
    return far.startswith(near) and (
        place == other or Place.Kind.CAMPUS not in (place.kind, other.kind)
    )


@transaction.atomic
def hold_order(actor: User, order: WorkOrder, *, reason: str, note: str = "") -> None:
    """Stop working for a reason that the standard lists; the reason says whether the clocks stop too."""
    at = now()
    why = hold_reason(Standard.in_force(at), reason)
    facts = {"reason": why.label, "note": note, "stops": why.stops}
    WorkOrder.FLOW.take("hold", actor, order, at=at, facts=facts, hold_stops=why.stops)


@transaction.atomic
def resume_order(actor: User, order: WorkOrder) -> None:
    WorkOrder.FLOW.take("resume", actor, order, hold_stops=False)
