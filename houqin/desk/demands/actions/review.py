"""The initial review (R2.2) and the grade (R2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.demands.actions.approving import hold_for_approval
from houqin.desk.demands.actions.dispatching import dispatch_demand
from houqin.desk.demands.actions.intake import pause_for_requester
from houqin.desk.demands.approvals import DEMAND
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.actions import cancel_clocks, regrade_clocks, stop_clock
from houqin.kernel.clock.models import Clock, Grade, Kind, PromisedTime, Standard
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.worktime.models import schedule_at
from houqin.kernel.worktime.promise import Unit, due
from houqin.kernel.worktime.timetable import Timetable
from houqin.shared.approvals.actions import ask_approval
from houqin.work.orders.actions import cancel_order
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Team


@dataclass(frozen=True)
class GradePreview:
    """What choosing `grade` now would mean: both due times, and whether they are over already."""

    grade: str
    label: str
    response_due: datetime
    handling_due: datetime
    response_promise: str
    handling_promise: str
    response_over: bool
    handling_over: bool


def preview_grades(demand: Demand, at: datetime) -> list[GradePreview]:
    """The due times of each grade, before one is chosen: clocks run from submission, so a late grading can
    be over at once."""
    promises = {
        (promise.grade, promise.kind): promise
        for promise in standard_for(demand, at).promises.all()
    }
    clocks = {
        clock.kind: clock for clock in demand.clocks.order_by("round").prefetch_related("pauses")
    }
    timetable = schedule_at(demand.place).timetable()
    return [_preview(grade, promises, clocks, timetable, at) for grade in Grade]


def standard_for(demand: Demand, at: datetime) -> Standard:
    """What a grade that is chosen at `at` goes by: the version in force, or, once the demand is graded, the
    one that was in force then."""
    return demand.standard if demand.graded_at else Standard.in_force(at)


def _preview(
    grade: Grade,
    promises: Mapping[tuple[str, str], PromisedTime],
    clocks: Mapping[str, Clock],
    timetable: Timetable,
    at: datetime,
) -> GradePreview:
    dues = {}
    for kind in (Kind.RESPONSE, Kind.HANDLING):
        promise, clock = promises[grade, kind], clocks[kind]
        dues[kind] = due(
            timetable, Unit(promise.unit), promise.amount, clock.started_at, clock.spans(at)
        )
    over = {kind for kind, due_at in dues.items() if due_at < at and clocks[kind].running}
    return GradePreview(
        grade=grade,
        label=str(grade.label),
        response_due=dues[Kind.RESPONSE],
        handling_due=dues[Kind.HANDLING],
        response_promise=str(promises[grade, Kind.RESPONSE]),
        handling_promise=str(promises[grade, Kind.HANDLING]),
        response_over=Kind.RESPONSE in over,
        handling_over=Kind.HANDLING in over,
    )


@transaction.atomic
def grade_demand(
    actor: User,
    demand: Demand,
    *,
    grade: str,
    note: str = "",
    executor: User | None = None,
    team: Team | None = None,
) -> None:
    """Accept the demand with a grade. From now on it keeps the standard that is in force now.

    Where the catalogue asks for an approval the grade waits for it, unless it is 紧急: that is done at once
    and approved beside. With `executor` or `team` it is given to them in the same breath.
    """
    dispatched = bool(executor or team)
    if demand.entry.needs_approval and grade != Grade.URGENT:
        if dispatched:
            raise Refused(_("“%(entry)s”须先审批，批准后再派。") % {"entry": demand.entry})
        hold_for_approval(actor, demand, grade=grade, note=note)
        return
    _grade("grade", actor, demand, grade=grade, note=note, dispatched=dispatched)
    if dispatched:
        dispatch_demand(actor, demand, executor=executor, team=team)


@transaction.atomic
def confirm_demand(actor: User, demand: Demand, *, grade: str, note: str = "") -> None:
    """The review of an urgent demand that is being done already."""
    _grade("confirm", actor, demand, grade=grade, note=note)


@transaction.atomic
def review_demand(actor: User, demand: Demand, *, grade: str, note: str = "") -> None:
    """Whichever of the two its state asks for."""
    review = confirm_demand if demand.status in Demand.IN_HAND else grade_demand
    review(actor, demand, grade=grade, note=note)


def _grade(
    verb: str, actor: User, demand: Demand, *, grade: str, note: str, dispatched: bool = False
) -> None:
    at = now()
    standard = Standard.in_force(at)
    facts = {"grade": grade, "claimed": demand.claimed, "given": dispatched, "note": note}
    changes: dict[str, Any] = {"grade": grade, "standard": standard, "graded_at": at}
    Demand.FLOW.take(verb, actor, demand, at=at, facts=facts, **changes)
    stop_clock(demand, Kind.REVIEW, at=at)
    regrade_clocks(demand, grade=grade, standard=standard, at=at)
    if demand.entry.needs_approval:
        ask_approval(actor, DEMAND, demand, comment=note)


@transaction.atomic
def regrade_demand(actor: User, demand: Demand, *, grade: str, reason: str) -> None:
    """Change the grade later on: due times move, starts and pauses stay; the standard stays the one that
    was in force when the demand was graded."""
    at = now()
    facts = {"grade": grade, "before": demand.grade, "reason": reason}
    Demand.FLOW.take("regrade", actor, demand, at=at, facts=facts, grade=grade)
    regrade_clocks(demand, grade=grade, standard=demand.standard, at=at)


@transaction.atomic
def send_back_demand(actor: User, demand: Demand, *, reason: str) -> None:
    """Ask the requester to complete it; nothing counts until they have."""
    at = now()
    Demand.FLOW.take("send_back", actor, demand, at=at, facts={"reason": reason})
    pause_for_requester(demand, at)


@transaction.atomic
def reject_demand(actor: User, demand: Demand, *, reason: str) -> None:
    at = now()
    Demand.FLOW.take("reject", actor, demand, at=at, facts={"reason": reason})
    stop_clock(demand, Kind.REVIEW, at=at)
    cancel_clocks(demand, at=at)


@transaction.atomic
def cancel_demand(actor: User, demand: Demand, *, reason: str) -> None:
    """Stop it for good; its open work orders are cancelled with it."""
    at = now()
    Demand.FLOW.check("cancel", actor, demand)
    # The orders first, as whoever works on one has it: the other way round the two would wait for each other.
    orders = list(WorkOrder.objects.of(demand).open().select_for_update())
    Demand.FLOW.take("cancel", actor, demand, at=at, facts={"reason": reason})
    cancel_clocks(demand, at=at)
    for order in orders:
        cancel_order(the_house(), order, reason=reason)
