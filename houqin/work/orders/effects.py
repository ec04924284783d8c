"""What one order means for the others, and who is told."""

from __future__ import annotations

from houqin.kernel.people.models import Role, holders, the_house
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.platform.notices.actions import notify
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


def tell_leads(event: Event) -> None:
    """Help is wanted: the lead of the place hears of it, and where there is none the coordinators."""
    order = _order(event)
    people = list(holders({Role.LEAD}, order.place)) or list(
        holders({Role.COORDINATOR}, order.place)
    )
    notify(people, event, url=order.get_absolute_url(), urgent=True, now=event.at)


def _order(event: Event) -> WorkOrder:
    order = event.target
    assert isinstance(order, WorkOrder)
    return order


EFFECTS: Effects = {
    "order.help_wanted": [tell_leads],
    "order.finished": [release_followers, send_helpers_home],
    "order.cancelled": [release_followers, send_helpers_home],
}
