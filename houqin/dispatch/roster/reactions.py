"""Who is told of a swap. Wired in config/reactions.py."""

from __future__ import annotations

from houqin.dispatch.models import Swap
from houqin.kernel.notices.actions import notify
from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event


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
