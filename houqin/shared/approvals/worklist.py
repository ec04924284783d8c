"""What waits for one person's approval."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.shared.approvals.models import Approval, ApprovalQuerySet
from houqin.ui.worklist import WORKLISTS, Task, Worklist


def waiting_approvals(user: User, at: datetime) -> ApprovalQuerySet:
    """Approvals whose open step asks `user`, the oldest first."""
    rows = Approval.objects.visible_to(user).waiting_for(user)
    return rows.select_related("owner").order_by("asked_at", "pk")


def _task(approval: Approval, at: datetime) -> Task:
    url = approval.get_absolute_url()
    meta = " · ".join([approval.number, approval.kind_label, str(approval.owner)])
    return Task(title=approval.title, url=url, meta=meta, verb=_now("审批"), verb_url=url)


WORKLISTS.register(
    Worklist(
        code="approvals",
        label=_("审批"),
        order=50,
        rows=waiting_approvals,
        task=_task,
        route="approvals:approvals",
    )
)
