"""What waits for the auditor: the audit chain and its checks, changes of the rules, what was taken out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.trail.messages import SAYINGS
from houqin.kernel.trail.models import Event
from houqin.platform.audit_chain.models import Check
from houqin.platform.audit_chain.reports import SealStanding, standing
from houqin.platform.sheets.models import Export
from houqin.setup.administration.duties import AdminTask, Duties
from houqin.setup.audit.reports import line_of
from houqin.ui.formatting import moment

LATELY: Final = timedelta(days=7)
CHECKED_WITHIN: Final = timedelta(days=2)  # it is checked daily
RULES: Final = ("role.", "standard.", "policy.", "calendar.", "service.", "hook.")
SHOWN: Final = 8


def auditor_duties(user: User, at: datetime) -> Duties:
    chain = standing(at)
    return Duties(
        list(_chain(chain, at)),
        [*_checks(chain, at), *_exports(at)],
        _("核验发现改动、很久没有核验、记录没有按时封存，都会列在这里。"),
        lines=_changes(at),
        lines_url=reverse("setup:trail"),
    )


def _chain(chain: SealStanding, at: datetime) -> Iterator[AdminTask]:
    page = reverse("setup:seals")
    if chain.last and chain.last.wrong:
        title = _("最近一次核验发现 %(count)d 处改动") % {"count": chain.last.wrong}
        yield AdminTask(title, moment(chain.last.at, at), page, _("查看"), "alert-triangle", "bad")
    if chain.seal and (chain.last is None or chain.last.at < at - CHECKED_WITHIN):
        yield _unchecked(chain, page)
    if chain.late:
        yield _unsealed(chain)


def _unchecked(chain: SealStanding, page: str) -> AdminTask:
    title = _("审计记录两天以上没有核验") if chain.last else _("审计记录还没有核验过")
    meta = _("后台每天核验一次，也可以现在核验。")
    return AdminTask(title, meta, page, _("去核验"), "shield-check")


def _unsealed(chain: SealStanding) -> AdminTask:
    title = _("%(count)d 件记录没有按时封存") % {"count": chain.waiting}
    meta = _("封存由后台任务完成；请系统管理员检查运行状况。")
    return AdminTask(title, meta, reverse("setup:health"), _("查看"), "clock-pause", "bad")


def _checks(chain: SealStanding, at: datetime) -> list[dict[str, Any]]:
    return [
        {"label": _("最近一次核验"), "url": reverse("setup:seals"), **_outcome(chain.last, at)},
        {"label": _("已封存"), "value": _("%(count)d 件") % {"count": chain.events}},
        {"label": _("还没封存"), "value": chain.waiting, "tone": "warn" if chain.late else ""},
    ]


def _outcome(last: Check | None, at: datetime) -> dict[str, str]:
    """When the trail was checked last, and what came of it."""
    if last is None:
        return {"value": _("还没有"), "tone": ""}
    words, tone = (_("发现改动"), "bad") if last.wrong else (_("全部一致"), "good")
    return {"value": f"{moment(last.at, at)} · {words}", "tone": tone}


def _exports(at: datetime) -> list[dict[str, Any]]:
    """How much was taken out of the house as workbooks, and by how many."""
    words = _("%(files)d 份，%(people)d 人，共 %(rows)d 行") % _taken_out(at - LATELY)
    url = reverse("setup:trail") + "?event=sheet.exported"
    return [{"label": _("7 天内导出"), "value": words, "url": url}]


def _taken_out(since: datetime) -> dict[str, int]:
    done = Export.objects.filter(at__gte=since, status=Export.Status.DONE)
    return done.aggregate(
        files=Count("pk"), people=Count("user", distinct=True), rows=Coalesce(Sum("rows"), 0)
    )


def _changes(at: datetime) -> list[dict[str, Any]]:
    """The latest changes of roles, standards, policies and ways in and out."""
    names = [name for name in SAYINGS if name.startswith(RULES)]
    events = Event.objects.filter(name__in=names).select_related("actor")
    return [
        line_of(event) for event in events.prefetch_related("target").order_by("-at", "-pk")[:SHOWN]
    ]
