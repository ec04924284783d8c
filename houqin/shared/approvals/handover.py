"""What passes to a successor: the approvals that wait for somebody."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.handover import Handing, hand
from houqin.kernel.people.models import User
from houqin.shared.approvals.actions import pass_on_turn
from houqin.shared.approvals.flow import OVERSEES
from houqin.shared.approvals.models import Approval, Turn


def _turns(person: User) -> QuerySet[Any]:
    mine = Turn.objects.waiting().filter(user=person, approval__status=Approval.Status.RUNNING)
    return mine.filter(lap=F("approval__lap")).select_related("approval", "user").order_by("pk")


hand(
    Handing(
        "approvals",
        _("待审批"),
        _("审批交给"),
        _turns,
        lambda actor: actor.reach(OVERSEES, place="approval__place"),
        pass_on_turn,
        lambda turn: (turn.approval.get_absolute_url(), f"{turn.approval} {turn.approval.title}"),
    )
)
