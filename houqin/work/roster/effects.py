"""Who is told of a swap."""

from __future__ import annotations

from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.platform.notices.actions import notify
from houqin.work.roster.models import Swap


def tell_colleague(event: Event) -> None:
    swap = _swap(event)
    _tell([swap.colleague], event, swap)


def tell_asker_and_lead(event: Event) -> None:
    """The colleague has agreed: the lead may have to approve."""
    swap = _swap(event)
    _tell([swap.asker, *_leads(swap)], event, swap)


def tell_all_sides(event: Event) -> None:
    swap = _swap(event)
    _tell([swap.asker, swap.colleague, *_leads(swap)], event, swap)


def _leads(swap: Swap) -> list[User]:
    return list(holders({Role.LEAD}, swap.shift.place))


def _tell(people: list[User], event: Event, swap: Swap) -> None:
    notify(people, event, url=swap.get_absolute_url(), now=event.at)


def _swap(event: Event) -> Swap:
    swap = event.target
    assert isinstance(swap, Swap)
    return swap


EFFECTS: Effects = {
    "swap.asked": [tell_colleague],
    "swap.agreed": [tell_asker_and_lead],
    "swap.done": [tell_all_sides],
    "swap.declined": [tell_all_sides],
    "swap.refused": [tell_all_sides],
}
