"""A demand that waits for an approval, and what comes of it (R2.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from houqin.desk.demands.approvals import DEMAND
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.actions import (
    cancel_clocks,
    pause_clocks,
    regrade_clocks,
    resume_clocks,
    stop_clock,
)
from houqin.kernel.clock.models import Kind, Standard
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.shared.approvals.actions import ask_approval
from houqin.shared.approvals.models import Approval

WAITING_FOR_APPROVAL = gettext_noop("等审批")


def hold_for_approval(actor: User, demand: Demand, *, grade: str, note: str) -> None:
    """Choose the grade and ask for the approval; no clock counts until it is given or ends."""
    at = now()
    Demand.FLOW.check("grade", actor, demand)
    await_approval(actor, demand, grade=grade, note=note, at=at)
    ask_approval(actor, DEMAND, demand, comment=note)


@transaction.atomic
def await_approval(actor: User, demand: Demand, *, grade: str, note: str, at: datetime) -> None:
    """Wait for an approval that is being asked."""
    facts = {"grade": grade, "claimed": demand.claimed, "note": note}
    Demand.FLOW.take(
        "await_approval", the_house(), demand, named=actor, at=at, facts=facts, grade=grade
    )
    pause_clocks(demand, at=at, reason=WAITING_FOR_APPROVAL)


@transaction.atomic
def accept_approved(demand: Demand, approval: Approval, *, at: datetime) -> None:
    """Accept it with the grade that was chosen when the approval was asked."""
    standard, house = Standard.in_force(at), the_house()
    note = _("审批通过 %(number)s") % {"number": approval.number}
    facts = {"grade": demand.grade, "claimed": demand.claimed, "given": False, "note": note}
    changes: dict[str, Any] = {"standard": standard, "graded_at": at}
    named = approval.requester
    resume_clocks(demand, at=at)
    Demand.FLOW.take("grade_approved", house, demand, named=named, at=at, facts=facts, **changes)
    stop_clock(demand, Kind.REVIEW, at=at)
    regrade_clocks(demand, grade=demand.grade, standard=standard, at=at)


@transaction.atomic
def reject_unapproved(actor: User, demand: Demand, *, reason: str, at: datetime) -> None:
    facts, house = {"reason": reason}, the_house()
    Demand.FLOW.take("reject_unapproved", house, demand, named=actor, at=at, facts=facts)
    stop_clock(demand, Kind.REVIEW, at=at)
    cancel_clocks(demand, at=at)


@transaction.atomic
def review_again(actor: User, demand: Demand, *, reason: str, at: datetime) -> None:
    """The approval ended without an answer: the review has it again, and its clock goes on."""
    facts, house = {"reason": reason}, the_house()
    Demand.FLOW.take("review_again", house, demand, named=actor, at=at, facts=facts)
    resume_clocks(demand, at=at)
