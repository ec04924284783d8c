"""The initial review (R2.2) and the grade (R2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.dispatch.actions import cancel_order
from houqin.dispatch.models import WorkOrder
from houqin.kernel.clock.actions import cancel_clocks, regrade_clocks, stop_clock
from houqin.kernel.clock.models import Clock, Grade, Kind, PromisedTime, Standard
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.worktime.models import schedule_at
from houqin.kernel.worktime.promise import Unit, due
from houqin.kernel.worktime.timetable import Timetable
from houqin.servicedesk.actions.dispatching import dispatch_request
from houqin.servicedesk.actions.intake import pause_for_requester
from houqin.servicedesk.models import Request


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


def preview_grades(request: Request, at: datetime) -> list[GradePreview]:
    """The due times of each grade, before one is chosen: clocks run from submission, so a late grading can
    be over at once."""
    promises = {(one.grade, one.kind): one for one in standard_for(request, at).promises.all()}
    clocks = {clock.kind: clock for clock in request.clocks.order_by("round").prefetch_related("pauses")}
    timetable = schedule_at(request.place).timetable()
    return [_preview(grade, promises, clocks, timetable, at) for grade in Grade]


def standard_for(request: Request, at: datetime) -> Standard:
    """What a grade that is chosen at `at` goes by: the version in force, or, once the request is graded, the
    one that was in force then."""
    return request.standard if request.graded_at else Standard.in_force(at)


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
        dues[kind] = due(timetable, Unit(promise.unit), promise.amount, clock.started_at, clock.spans(at))
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
def grade_request(
    actor: User, request: Request, *, grade: str, note: str = "", approved: str = "", **taker: Any
) -> None:
    """Accept the request with a grade. From now on it keeps the standard that is in force now.

    `approved` says who has approved it; Refused without it where the catalogue asks for an approval. With
    `executor` or `team` it is given to them in the same breath.
    """
    _grade("grade", actor, request, grade, note, approved, given=any(taker.values()))
    if any(taker.values()):
        dispatch_request(actor, request, **taker)


@transaction.atomic
def confirm_request(actor: User, request: Request, *, grade: str, note: str = "", approved: str = "") -> None:
    """The review of an urgent request that is being done already."""
    _grade("confirm", actor, request, grade, note, approved)


@transaction.atomic
def review_request(actor: User, request: Request, *, grade: str, note: str = "") -> None:
    """Whichever of the two its state asks for."""
    _grade("confirm" if request.status in Request.IN_HAND else "grade", actor, request, grade, note)


def _grade(
    verb: str, actor: User, request: Request, grade: str, note: str, approved: str = "", **facts: Any
) -> None:
    at = now()
    Request.FLOW.check(verb, actor, request)
    needed = request.entry.approval
    if needed and not approved:
        said = {"entry": request.entry, "who": needed}
        raise Refused(_("“%(entry)s”须经%(who)s审批，请逐件受理并写明谁在何时同意。") % said)
    standard = Standard.in_force(at)
    Request.FLOW.take(verb, actor, request, grade=grade, standard=standard, graded_at=at)
    stop_clock(request, Kind.REVIEW, at=at)
    regrade_clocks(request, grade=grade, standard=standard, at=at)
    if approved:
        approval = _("%(who)s审批：%(approved)s") % {"who": needed, "approved": approved}
        note = "\n".join(filter(None, [approval, note]))
    record(actor, "request.graded", request, at=at, grade=grade, claimed=request.claimed, note=note, **facts)


@transaction.atomic
def regrade_request(actor: User, request: Request, *, grade: str, reason: str) -> None:
    """Change the grade later on: due times move, starts and pauses stay; the standard stays the one that
    was in force when the request was graded."""
    at = now()
    before = request.grade
    Request.FLOW.take("regrade", actor, request, grade=grade)
    regrade_clocks(request, grade=grade, standard=request.standard, at=at)
    record(actor, "request.regraded", request, at=at, grade=grade, before=before, reason=reason)


@transaction.atomic
def send_back_request(actor: User, request: Request, *, reason: str) -> None:
    """Ask the requester to complete it; nothing counts until they have."""
    at = now()
    Request.FLOW.take("send_back", actor, request)
    pause_for_requester(request, at)
    record(actor, "request.sent_back", request, at=at, reason=reason)


@transaction.atomic
def reject_request(actor: User, request: Request, *, reason: str) -> None:
    at = now()
    Request.FLOW.take("reject", actor, request)
    stop_clock(request, Kind.REVIEW, at=at)
    cancel_clocks(request, at=at)
    record(actor, "request.rejected", request, at=at, reason=reason)


@transaction.atomic
def cancel_request(actor: User, request: Request, *, reason: str) -> None:
    """Stop it for good; its open work orders are cancelled with it."""
    at = now()
    Request.FLOW.check("cancel", actor, request)
    # The orders first, as whoever works on one has it: the other way round the two would wait for each other.
    orders = list(WorkOrder.objects.of(request).open().select_for_update())
    Request.FLOW.take("cancel", actor, request)
    cancel_clocks(request, at=at)
    for order in orders:
        cancel_order(the_house(), order, reason=reason)
    record(actor, "request.cancelled", request, at=at, reason=reason)
