"""The states of an approval and the law that leads from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.flow import SYSTEM, Audience, Flow, Start, Step
from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event

if TYPE_CHECKING:
    from houqin.shared.approvals.models import Approval

OVERSEES = frozenset({Role.MANAGER})


class ApprovalStatus(models.TextChoices):
    RUNNING = "running", _("审批中")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已同意")
    REJECTED = "rejected", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")
    VOID = "void", _("已失效")


S = ApprovalStatus
LIVE = frozenset({S.RUNNING, S.RETURNED})
BOTH = frozenset({"requester", "owner"})  # the domain tells the owner what comes of it
TALKS = OVERSEES | BOTH | {"approver", "asked"}


def _named(approval: Approval, event: Event) -> list[User]:
    return list(User.objects.filter(pk__in=event.facts["people"]))


def _approvers(approval: Approval, event: Event) -> list[User]:
    return [turn.user for turn in approval.turns.select_related("user") if turn.waits(approval)]


FLOW = Flow(
    {  # from, to, by, event, whom to tell
        "reject": Step({S.RUNNING}, S.REJECTED, {"approver"}, "rejected", {"requester"}),
        "send_back": Step({S.RUNNING}, S.RETURNED, {"approver"}, "sent_back", {"requester"}),
        "step_back": Step(
            {S.RUNNING}, None, {"approver"}, "stepped_back", when=lambda approval: approval.step > 0
        ),
        "delegate": Step({S.RUNNING}, None, {"approver"}, "delegated", {"named"}),
        "add_sign": Step({S.RUNNING}, None, {"approver"}, "sign_added", {"named"}),
        "approve": Step({S.RUNNING}, None, {"approver"}, "agreed"),
        "assign": Step(
            {S.RUNNING}, None, OVERSEES, "assigned", {"named"}, when=lambda approval: approval.stuck
        ),
        "urge": Step({S.RUNNING}, None, BOTH, "urged", {"approvers"}),
        "withdraw": Step(LIVE, S.WITHDRAWN, {"requester"}, "withdrawn", {"approvers"}),
        "resubmit": Step({S.RETURNED}, S.RUNNING, {"requester", SYSTEM}, "resubmitted"),
        "comment": Step(set(S), None, TALKS, "commented", {"requester", "approvers"}, moves=False),
        # What follows from it.
        "open": Step({S.RUNNING}, None, {SYSTEM}, "opened", {"named"}),
        "strand": Step({S.RUNNING}, None, {SYSTEM}, "stranded", {"overseers"}),
        "pass": Step({S.RUNNING}, S.APPROVED, {SYSTEM}, "approved", {"requester"}),
        "pass_on": Step({S.RUNNING}, None, {SYSTEM}, "passed_on", {"named"}),
        "void": Step(LIVE | {S.APPROVED}, S.VOID, {SYSTEM}, "voided", {"requester"}),
    },
    kind="approval",
    starts={"ask": Start(S.RUNNING, "asked")},
    audiences={
        "requester": Audience(lambda approval, event: [approval.requester]),
        "named": Audience(_named),
        "approvers": Audience(_approvers),
        "overseers": Audience(lambda approval, event: holders(set(OVERSEES), approval.place)),
    },
)
