"""The queue of demands, and the archive: the same list with another view (R2.7: found again)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.lines import LINES
from houqin.desk.demands.columns import COLUMNS, UNDRAWN
from houqin.desk.demands.models import STAFF, Demand, DemandQuerySet, Watcher
from houqin.desk.demands.pages.bulk import TOGETHER
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import day_of, now
from houqin.ui.http import PageRequest
from houqin.ui.lists import Blank, Filter, Listing, PageAction, View

S = Demand.Status


def _due_today(rows: DemandQuerySet, user: User) -> DemandQuerySet:
    at = now()
    return rows.open().filter(next_due_at__gte=at, next_due_at__lt=day_of(at)[1])


def _overdue(rows: DemandQuerySet, user: User) -> DemandQuerySet:
    return rows.open().filter(next_due_at__lt=now())


def _pressed(rows: DemandQuerySet, user: User) -> DemandQuerySet:
    return rows.open().filter(Q(supervised=True) | Q(urges__gt=0))


def _watched(rows: DemandQuerySet, user: User) -> DemandQuerySet:
    return rows.filter(pk__in=Watcher.objects.filter(user=user).values("demand"))


VIEWS = [
    View("open", _("全部未结"), lambda rows, user: rows.open(), "next_due_at"),
    View("review", _("待初审"), lambda rows, user: rows.to_review(), "next_due_at"),
    View("graded", _("待派工"), lambda rows, user: rows.filter(status=S.GRADED), "next_due_at"),
    View("today", _("今天到期"), _due_today, "next_due_at"),
    View("over", _("已超时"), _overdue, "next_due_at", hot=True),
    View("done", _("待验收"), lambda rows, user: rows.filter(status=S.DONE), "next_due_at"),
    View("pressed", _("催办督办"), _pressed, "next_due_at", hot=True),
    View("mine", _("我发起的"), lambda rows, user: rows.filter(requester=user), "-submitted_at"),
    View("watched", _("我关注的"), _watched, "-submitted_at"),
    View("archive", _("已归档"), lambda rows, user: rows.archived(), "-submitted_at"),
]


def _lines() -> Sequence[tuple[str, Any]]:
    return [(line.code, line.name) for line in LINES.values()]


def _of_lines(rows: DemandQuerySet, values: list[str]) -> DemandQuerySet:
    return rows.filter(entry__category__line_code__in=values)


def _buttons(request: PageRequest) -> Sequence[PageAction]:
    if not request.user.role_codes() & STAFF:
        return ()
    url = reverse("intake:demands_import")
    return [PageAction(_("从文件导入"), url, "file-import", phone=False)]


QUEUE = Listing(
    key="demands",
    model=Demand,
    title=_("需求队列"),
    columns=COLUMNS,
    undrawn=UNDRAWN,
    views=VIEWS,
    own_filters=[Filter("line", _("条线"), _lines, _of_lines)],
    search=["number", "title", "body", "place__full_name", "requester__name", "caller"],
    actions=_buttons,
    blank=Blank(
        _("还没有未结的需求"),
        _("报修、保洁、会议、用车这类要后勤办的事，提交后都排在这里，时钟最近的在最前面。"),
        "channels:new_demand",
        _("提一件需求"),
    ),
    bulk=TOGETHER,
    bulk_route="demands:bulk",
)
