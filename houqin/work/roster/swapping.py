"""换班: one asks, the colleague agrees, the lead approves or is told; the roster changes in one step."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.shared.bookings.actions import book, changed_meanwhile, refuse_overlap
from houqin.work.roster.models import Shift, Swap


@transaction.atomic
def ask_swap(actor: User, shift: Shift, *, colleague: User, back: Shift | None = None) -> Swap:
    """Ask `colleague` to take `shift`, in exchange for `back` or for nothing.

    Raises NotAllowed for a shift that is not one's own, Refused for one that has begun, that is being
    swapped already, or that would overlap.
    """
    at = now()
    shift = _held(actor, shift)
    if shift.user_id != actor.pk:
        raise NotAllowed(_("只能换自己的班。"))
    if back is not None and back.user_id != colleague.pk:
        raise Refused(_("换回的班不是这位同事的。"))
    _refuse_begun(shift, back, at)
    if Swap.objects.open().filter(shift=shift).exists():
        raise Refused(_("这个班正在换，等答复或先撤回。"))
    refuse_overlap(*_exchanged(actor, colleague, shift, back))
    exchanged = f"{actor} {shift}" + (f" ⇄ {colleague} {back}" if back else f" → {colleague}")
    swap = Swap(
        number=next_number("HB", at),
        shift=shift,
        back=back,
        asker=actor,
        colleague=colleague,
        given=exchanged[:120],
        at=at,
    )
    Swap.FLOW.begin("ask", actor, swap, at=at, facts={"given": exchanged})
    return swap


def _held(actor: User, shift: Shift) -> Shift:
    """`shift` locked and read anew: of two who ask at once the second then finds the swap of the first."""
    rows = Shift.objects.select_for_update(of=("self",)).select_related("pattern")
    held = rows.filter(pk=shift.pk).first()
    if held is None:
        raise changed_meanwhile(actor)
    return held


def _refuse_begun(shift: Shift, back: Shift | None, at: Any) -> None:
    if any(swapped.starts_at <= at for swapped in (shift, back) if swapped is not None):
        raise Refused(_("已经开始的班不能换。"))


def _exchanged(asker: User, colleague: User, shift: Shift, back: Shift | None) -> tuple[Shift, ...]:
    """The shifts as they would be: each keeps what it is and gets the other person, so that whoever else was
    promised it does not get another one in its place."""
    shift, back = copy(shift), copy(back)
    shift.user = colleague
    if back is None:
        return (shift,)
    back.user = asker
    return shift, back


@transaction.atomic
def agree_swap(actor: User, swap: Swap) -> None:
    """The colleague agrees; where the team needs no approval it is done at once and the lead is told."""
    at = now()
    Swap.FLOW.take("agree", actor, swap, at=at, facts={"given": swap.given})
    if not swap.needs_approval():
        _approve(the_house(), swap, at)


@transaction.atomic
def approve_swap(actor: User, swap: Swap) -> None:
    _approve(actor, swap, now())


def _approve(actor: User, swap: Swap, at: Any) -> None:
    Swap.FLOW.take("approve", actor, swap, at=at, facts={"given": swap.given})
    _exchange(swap, at)


def _exchange(swap: Swap, at: Any) -> None:
    keys = [key for key in (swap.shift_id, swap.back_id) if key]
    held = Shift.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    locked = {row.pk: row for row in held}
    shift, back = locked[swap.shift_id], locked.get(swap.back_id or 0)
    if shift.user_id != swap.asker_id or (back is not None and back.user_id != swap.colleague_id):
        raise Refused(_("排班已经改过，这次换班不再成立，请撤回后重新申请。"))
    _refuse_begun(shift, back, at)
    book(*_exchanged(swap.asker, swap.colleague, shift, back), at=at)


@transaction.atomic
def decline_swap(actor: User, swap: Swap, *, reason: str = "") -> None:
    Swap.FLOW.take("decline", actor, swap, facts={"reason": reason})


@transaction.atomic
def refuse_swap(actor: User, swap: Swap, *, reason: str) -> None:
    Swap.FLOW.take("refuse", actor, swap, facts={"reason": reason})


@transaction.atomic
def withdraw_swap(actor: User, swap: Swap) -> None:
    Swap.FLOW.take("withdraw", actor, swap)
