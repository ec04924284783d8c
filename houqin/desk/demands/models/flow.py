"""The states of a demand and the law that leads from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models.audiences import AUDIENCES
from houqin.desk.demands.models.roles import STAFF, TALKS
from houqin.kernel.clock.models import Grade
from houqin.kernel.flow import SYSTEM, Flow, Start, Step
from houqin.kernel.people.models import Role

if TYPE_CHECKING:
    from houqin.desk.demands.models.demand import Demand


class DemandStatus(models.TextChoices):
    SUBMITTED = "submitted", _("待初审")
    PENDING = "pending", _("待审批")
    RETURNED = "returned", _("待补充")
    REJECTED = "rejected", _("已驳回")
    CANCELLED = "cancelled", _("已取消")
    GRADED = "graded", _("待派工")
    DISPATCHED = "dispatched", _("已派工")
    RESPONDED = "responded", _("已接单")
    WORKING = "working", _("处理中")
    ON_HOLD = "on_hold", _("已挂起")
    DONE = "done", _("待验收")
    REWORK = "rework", _("返工")
    ACCEPTED = "accepted", _("已验收")
    CLOSED = "closed", _("已归档")
    MERGED = "merged", _("已并入")


S = DemandStatus
IN_HAND = frozenset({S.DISPATCHED, S.RESPONDED, S.WORKING, S.ON_HOLD, S.REWORK})
GIVEN = IN_HAND | {S.GRADED}  # what its work orders may move
OPEN = frozenset({S.SUBMITTED, S.PENDING, S.RETURNED, S.GRADED, S.DONE}) | IN_HAND
UNSEEN = frozenset({S.SUBMITTED, S.PENDING, S.RETURNED, S.GRADED})  # nobody has been sent yet
BOTH_SIDES = frozenset({"executors", "coordinators", "requester"})


def _is_graded(demand: Demand) -> bool:
    return demand.graded_at is not None


def _is_not_graded(demand: Demand) -> bool:
    return demand.graded_at is None


def _is_of_caller(demand: Demand) -> bool:
    return bool(demand.caller)


def _may_be_dispatched(demand: Demand) -> bool:
    return demand.status != S.SUBMITTED or demand.claimed == Grade.URGENT


def _may_be_rated(demand: Demand) -> bool:
    return not demand.rated and demand.channel != "import"


STEPS = {  # from, to, by, event, whom to tell
    "grade": Step({S.SUBMITTED}, S.GRADED, STAFF, "graded", {"requester"}),
    "confirm": Step(
        IN_HAND | {S.DONE}, None, STAFF, "graded", {"requester"}, when=_is_not_graded
    ),
    "send_back": Step({S.SUBMITTED}, S.RETURNED, STAFF, "sent_back", {"requester"}),
    "resubmit": Step(
        {S.RETURNED}, S.SUBMITTED, {"requester"}, "resubmitted", {"coordinators"}
    ),
    # For a caller who has no account: on the phone, and the record says so.
    "resubmit_for": Step(
        {S.RETURNED}, S.SUBMITTED, STAFF, "resubmitted", {"coordinators"}, when=_is_of_caller
    ),
    "dispatch": Step(  # the order that it makes tells of it
        {S.SUBMITTED} | GIVEN, None, STAFF | {Role.LEAD, Role.DUTY, SYSTEM}, when=_may_be_dispatched
    ),
    "regrade": Step(GIVEN, None, STAFF, "regraded", BOTH_SIDES, when=_is_graded),
    "sign": Step({S.DONE}, S.ACCEPTED, {"requester", Role.HEAD}, "signed", BOTH_SIDES),
    "refuse": Step({S.DONE}, S.REWORK, {"requester", Role.HEAD}, "refused", BOTH_SIDES),
    "sign_for": Step({S.DONE}, S.ACCEPTED, STAFF, "signed_for", BOTH_SIDES, when=_is_of_caller),
    "refuse_for": Step({S.DONE}, S.REWORK, STAFF, "refused", BOTH_SIDES, when=_is_of_caller),
    "rate": Step({S.ACCEPTED, S.CLOSED}, S.CLOSED, {"requester"}, "rated", when=_may_be_rated),
    "comment": Step(set(S), None, TALKS, "commented", BOTH_SIDES | {"watchers"}, moves=False),
    "copy": Step(
        set(S), None, {"requester", Role.HEAD, Role.LEAD} | STAFF, "copied", {"named"}, moves=False
    ),
    "leave": Step(set(S), None, {"watcher"}, "uncopied", moves=False),
    "urge": Step(
        {S.SUBMITTED, S.PENDING} | GIVEN, None, {"requester"}, "urged", {"takers", "coordinators"}
    ),
    "supervise": Step(
        OPEN, None, {Role.MANAGER}, "supervised", {"coordinators", "leads"},
        when=lambda demand: not demand.supervised,
    ),
    "answer": Step(
        set(S), None, {Role.COORDINATOR, Role.LEAD}, "answered", {"supervisor"},
        when=lambda demand: demand.supervised,
    ),
    "merge": Step(UNSEEN, S.MERGED, STAFF, "merged"),
    "withdraw": Step(UNSEEN, S.CANCELLED, {"requester"}, "withdrawn", {"watchers"}),
    "reject": Step({S.SUBMITTED}, S.REJECTED, STAFF, "rejected", {"requester", "watchers"}),
    "cancel": Step(
        {S.PENDING, S.RETURNED, S.DONE} | GIVEN, S.CANCELLED, STAFF | {SYSTEM}, "cancelled",
        {"requester", "watchers"},
    ),
    # What an approval brings about: the chosen grade waits for it.
    "await_approval": Step({S.SUBMITTED}, S.PENDING, {SYSTEM}, "approval_asked", {"requester"}),
    "grade_approved": Step({S.PENDING}, S.GRADED, {SYSTEM}, "graded", {"requester"}),
    "reject_unapproved": Step(
        {S.PENDING}, S.REJECTED, {SYSTEM}, "rejected", {"requester", "watchers"}
    ),
    "review_again": Step({S.PENDING}, S.SUBMITTED, {SYSTEM}, "approval_ended", {"coordinators"}),
    # What the work orders bring about, and what time does.
    "orders_offered": Step({S.SUBMITTED} | GIVEN, S.DISPATCHED, {SYSTEM}, "dispatched"),
    "orders_accepted": Step(GIVEN, S.RESPONDED, {SYSTEM}, "responded"),
    "orders_working": Step(GIVEN, S.WORKING, {SYSTEM}, "working"),
    "orders_held": Step(GIVEN, S.ON_HOLD, {SYSTEM}, "on_hold"),
    "orders_done": Step(GIVEN, S.DONE, {SYSTEM}, "done", {"watchers"}),
    "orders_gone": Step(IN_HAND, S.GRADED, {SYSTEM}, "unassigned", when=_is_graded),
    "orders_gone_early": Step(IN_HAND, S.SUBMITTED, {SYSTEM}, "unassigned", when=_is_not_graded),
    "pass_on": Step(OPEN, None, {SYSTEM}, "passed_on", {"named"}),  # whoever asked for it leaves
    # What it was asked for (a meeting) takes place at another time.
    "retime": Step(OPEN, None, {SYSTEM}, "retimed", {"executors", "coordinators"}),
    "deem": Step({S.DONE}, S.ACCEPTED, {SYSTEM}, "deemed", {"requester"}),
    "archive": Step({S.ACCEPTED}, S.CLOSED, {SYSTEM}, "archived"),
}  # fmt: skip

FLOW = Flow(
    STEPS,
    kind="demand",
    starts={"submit": Start(S.SUBMITTED, "submitted", {"coordinators"})},
    tells={
        "noted": {"executors", "coordinators", "named"},
        "supervision_late": {"coordinators", "leads", "supervisors"},
        "supervision_passed_on": {"named"},
        "improvement_noted": {"managers"},
    },
    audiences=AUDIENCES,
)
