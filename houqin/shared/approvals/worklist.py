"""What waits for one person's approval."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.shared.approvals.models import Approval
from houqin.ui.worklist import Part, Task, Waiting, first_and_count, provide


def waiting_approvals(user: User, at: datetime) -> Waiting:
    """Approvals whose open step asks `user`, the oldest first."""
    rows = Approval.objects.visible_to(user).waiting_for(user)
    nearest, count = first_and_count(rows.select_related("owner").order_by("asked_at", "pk"))
    parts = [Part(_("审批"), count, reverse("approvals:approvals"), 50)]
    return Waiting([_task(approval) for approval in nearest], parts, count)


def _task(approval: Approval) -> Task:
    url = approval.get_absolute_url()
    meta = " · ".join([approval.number, approval.kind_label, str(approval.owner)])
    return Task(title=approval.title, url=url, meta=meta, verb=_("审批"), verb_url=url)


provide("approvals", waiting_approvals)
