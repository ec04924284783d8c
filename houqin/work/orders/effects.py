"""What one order means for the others."""

from __future__ import annotations

from houqin.kernel.people.models import the_house
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.work.orders.actions import cancel_order, release_order
from houqin.work.orders.models import WorkOrder

S = WorkOrder.Status


def release_followers(event: Event) -> None:
    """An order is done or will not be done: what waited for it may begin."""
    for order in WorkOrder.objects.filter(after=_order(event), status=S.WAITING).order_by("pk"):
        release_order(the_house(), order)


def send_helpers_home(event: Event) -> None:
    """The work is done or cancelled: nobody has to come any more who has not begun."""
    for order in WorkOrder.objects.filter(help_of=_order(event), status=S.OFFERED).order_by("pk"):
        cancel_order(the_house(), order, reason=str(event.target))


def _order(event: Event) -> WorkOrder:
    order = event.target
    assert isinstance(order, WorkOrder)
    return order


EFFECTS: Effects = {
    "order.finished": [release_followers, send_helpers_home],
    "order.cancelled": [release_followers, send_helpers_home],
}
