"""The standard steps of the work, ticked off one by one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.work.orders.models import StepDone, WorkOrder


@transaction.atomic
def tick_order(actor: User, order: WorkOrder, *, step: int, undo: bool = False) -> None:
    """Tick off step number `step` (from 1), in the words that it has, or take the tick back.

    Twice is once, so that a tap which a poor signal sends again changes nothing. Raises Refused when there
    is no such step.
    """
    at = now()
    WorkOrder.FLOW.check("tick", actor, order)
    if not 1 <= step <= len(order.steps):
        raise Refused(_("这张工单没有第 %(step)s 步。") % {"step": step})
    words = order.steps[step - 1]
    if undo:
        changed = order.steps_done.filter(code=step).delete()[0]
    else:
        defaults = {"words": words, "by": actor, "at": at}
        _row, changed = StepDone.objects.get_or_create(
            order=order, code=str(step), defaults=defaults
        )
    if changed:
        facts = {"step": step, "words": words}
        event = "unticked" if undo else "ticked"
        WorkOrder.FLOW.take("tick", actor, order, at=at, event=event, facts=facts)


def steps_missing(order: WorkOrder) -> list[str]:
    """The steps that have to be done and are not ticked off yet, in words."""
    done = set(order.steps_done.values_list("code", flat=True))
    return [
        words
        for nth, words in enumerate(order.steps, 1)
        if str(nth) not in done and not WorkOrder.may_be_left(words)
    ]
