"""审批单: an approval on paper, with what was approved, each step with its opinions, and the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.kernel.people.models import User
from houqin.platform.paper.form import Form, Part, band, facts, picture_of, signatures, stamp, wide
from houqin.platform.paper.registry import Paper, register
from houqin.shared.approvals.actions import matter_in
from houqin.shared.approvals.models import Approval, Turn
from houqin.shared.approvals.reports import course, facts_shown

BESIDE = 3  # signatures in a row


def approval_form(user: User, approval: Approval, at: datetime) -> Form:
    """What was shown when it was asked, and how it was decided so far."""
    stops = course(approval, matter_in(approval), at)
    pairs = [(fact["label"], str(fact["value"] or "")) for fact in facts_shown(approval)]
    shown = [(label, value) for label, value in pairs if value != approval.title]
    parts = [
        band(_("一、审批事项")),
        wide(_("内容"), approval.title),
        facts(
            (_("审批事项"), approval.kind_label),
            (_("状态"), approval.get_status_display()),
            (_("送审时间"), stamp(approval.asked_at)),
            (_("结束时间"), stamp(approval.ended_at)),
            *shown,
        ),
        band(_("二、审批过程")),
        *(wide(f"{nth}. {stop['words']}", _opinions(stop)) for nth, stop in enumerate(stops, 1)),
        *_signed(stops),
    ]
    numbers = [(_("编号："), approval.number), (_("内容摘要："), approval.digest[:16])]
    return Form(_("审批单"), numbers, approval.get_absolute_url(), _("扫码打开审批"), parts)


def _opinions(stop: dict[str, Any]) -> str:
    """What each said at this step, a line for each; who would be asked, where nobody has been yet."""
    opinions = [_opinion(turn) for turn in stop["turns"]]
    return "\n".join(opinions) or _("、").join(str(person) for person in stop["people"])


def _opinion(turn: Turn) -> str:
    who = str(turn.user)
    if turn.by and turn.by != turn.user:
        who += _("（%(who)s 代）") % {"who": turn.by}
    return "  ".join(filter(None, [who, turn.get_verdict_display(), stamp(turn.at), turn.comment]))


def _signed(stops: list[dict[str, Any]]) -> Iterator[Part]:
    turns = [turn for stop in stops for turn in stop["turns"] if turn.signed_name]
    for start in range(0, len(turns), BESIDE):
        yield signatures(*(_signature(turn) for turn in turns[start : start + BESIDE]))


def _signature(turn: Turn) -> tuple[str, Any, str]:
    drawn = picture_of(turn.signature) if turn.signature else None
    return _("%(who)s 签字：") % {"who": turn.user}, drawn or turn.signed_name, stamp(turn.at)


APPROVAL = register(Paper("approval", gettext_lazy("审批单"), Approval, approval_form))
