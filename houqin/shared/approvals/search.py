"""How approvals are found by whoever searches: by number, by what is asked and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.platform.search.registry import Indexed, Shown, Text, register
from houqin.shared.approvals.flow import LIVE
from houqin.shared.approvals.models import Approval
from houqin.ui.formatting import money


def _text(approval: Approval, thread: Sequence[str], inner: Sequence[str]) -> Text:
    facts = [str(fact) for fact in approval.shown.values()]
    people = [str(approval.owner), str(approval.requester)]
    return Text(
        number=approval.number,
        title=approval.title,
        body="\n".join([*people, *facts]),
        thread=thread,
        inner=inner,
        open=approval.status in LIVE,
        at=approval.asked_at,
    )


def _shown(approval: Approval, user: User) -> Shown:
    amount = [] if approval.amount_fen is None else [money(approval.amount_fen)]
    return Shown(
        url=approval.get_absolute_url(),
        number=approval.number,
        title=approval.title,
        facts=[approval.kind_label, *amount, str(approval.owner)],
        thing=approval,
    )


register(
    Indexed(
        kind="approval",
        label=_("审批"),
        icon="certificate",
        order=35,
        model=Approval,
        rows=lambda: Approval.objects.select_related("owner", "requester"),
        text=_text,
        shown=_shown,
        inner_to=lambda user: Approval.objects.visible_to(user),
    )
)
