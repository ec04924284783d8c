"""The list of those who run work, and the list of those who do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.ui.bulk import Bulk
from houqin.ui.http import PageRequest
from houqin.ui.lists import Column, Filter, Listing, View, Words
from houqin.work.orders import papers
from houqin.work.orders.models import WorkOrder, WorkOrderQuerySet
from houqin.work.teams.models import Team

S = WorkOrder.Status
IN_HAND = (S.ACCEPTED, S.WORKING)
Rows = WorkOrderQuerySet


def _clock(request: PageRequest) -> dict[str, Any]:
    return {"now": now()}


def _teams() -> Sequence[tuple[str, Words]]:
    return [(str(pk), name) for pk, name in Team.objects.order_by("pk").values_list("pk", "name")]


def _campuses() -> Sequence[tuple[str, Words]]:
    return list(Place.objects.filter(depth=1).values_list("path", "name"))


ORDERS = Listing(
    model=WorkOrder,
    template="orders/orders.html",
    row="orders/_order_row.html",
    title=_("工单"),
    columns=(
        ("rows__clock", _("时钟")),
        ("rows__grade", _("分级")),
        Column("rows__no gives-5", _("编号"), lambda row: row.number, 16),
        Column("rows__title", _("任务"), lambda row: row.title, 40),
        Column("rows__place gives-3", _("地点"), lambda row: row.place.full_name, 30),
        ("rows__who gives-4", _("班组 / 执行人")),
        Column("rows__state", _("状态"), lambda row: row.get_status_display(), 10),
    ),
    more=(
        Column("", _("班组"), lambda row: str(row.team or "")),
        Column("", _("执行人"), lambda row: str(row.executor or "")),
        Column("", _("需求"), lambda row: str(row.subject or ""), 16),
        Column("", _("派出"), lambda row: row.offered_at, 17),
        Column("", _("接单"), lambda row: row.accepted_at, 17),
        Column("", _("完工"), lambda row: row.done_at, 17),
        Column("", _("工时（分）"), lambda row: row.labour_minutes, 10),
        Column("", _("外委费用（元）"), lambda row: row.outside_fen / 100, 14),
        Column("", _("处理结果"), lambda row: row.result, 40),
    ),
    views=(
        View("open", _("全部未结"), lambda rows, user: rows.open().by_clock(), "due_at"),
        View(
            "offered",
            _("待接单"),
            lambda rows, user: rows.filter(status=S.OFFERED).by_clock(),
            "due_at",
            True,
        ),
        View(
            "working",
            _("处理中"),
            lambda rows, user: rows.filter(status__in=IN_HAND).by_clock(),
            "due_at",
        ),
        View(
            "held", _("已挂起"), lambda rows, user: rows.filter(status=S.HELD).by_clock(), "due_at"
        ),
        View("done", _("已完工"), lambda rows, user: rows.filter(status=S.DONE), "-done_at"),
        View("all", _("全部"), lambda rows, user: rows, "-offered_at"),
    ),
    filters=(
        Filter("team", _("班组"), _teams, lambda rows, value: rows.filter(team=value)),
        Filter(
            "status", _("状态"), lambda: S.choices, lambda rows, value: rows.filter(status=value)
        ),
        Filter(
            "campus",
            _("园区"),
            _campuses,
            lambda rows, value: rows.filter(place__path__startswith=value),
        ),
    ),
    search=("number", "title", "executor__name", "team__name", "place__full_name"),
    extra=_clock,
    bulk={"print": Bulk(_("打印派工单"), "printer", answer=papers.ORDER.together)},
    bulk_route="orders:bulk",
)

MINE = Listing(
    model=WorkOrder,
    template="orders/mine.html",
    row="orders/_mine_card.html",
    title=_("我的工单"),
    columns=(),
    more=ORDERS.cells,
    views=(
        View("open", _("未结"), lambda rows, user: _mine(rows, user, WorkOrder.OPEN), "due_at"),
        View(
            "offered", _("待接"), lambda rows, user: _mine(rows, user, [S.OFFERED]), "due_at", True
        ),
        View("doing", _("在办"), lambda rows, user: _mine(rows, user, IN_HAND), "due_at"),
        View("held", _("挂起"), lambda rows, user: _mine(rows, user, [S.HELD]), "due_at"),
        View(
            "done", _("已完"), lambda rows, user: rows.mine(user).filter(status=S.DONE), "-done_at"
        ),
    ),
    extra=_clock,
    size=20,
)


def _mine(rows: Rows, user: User, statuses: Sequence[str]) -> Rows:
    return rows.mine(user).filter(status__in=statuses).by_clock()
