"""The list of those who run work, and the list of those who do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.ui.bulk import Bulk
from houqin.ui.chips import chip_html
from houqin.ui.lists import (
    CLOCK,
    GRADE,
    PERSON,
    REMARK,
    TITLE,
    Blank,
    Column,
    Listing,
    View,
)
from houqin.ui.lists.kinds import grade_html
from houqin.work.orders import papers
from houqin.work.orders.models import WorkOrder, WorkOrderQuerySet
from houqin.work.orders.reports import order_chip

S = WorkOrder.Status
IN_HAND = (S.ACCEPTED, S.WORKING)
Rows = WorkOrderQuerySet


def _clock(order: WorkOrder, at: datetime) -> str:
    return chip_html(order_chip(order, at))


def _grade(order: WorkOrder, at: datetime) -> str:
    return grade_html(getattr(order.subject, "grade", ""))


def _crew(order: WorkOrder, at: datetime) -> str:
    if order.executor and order.team:
        return format_html('{} <span class="muted">{}</span>', order.executor, order.team)
    return format_html("{}", order.executor or order.team or "—")


def _doer(order: WorkOrder) -> str:
    return str(order.executor or order.team or "")


COLUMNS = (
    Column("clock", _("时钟"), CLOCK, cell=_clock),
    Column("subject.grade", _("分级"), GRADE, cell=_grade),
    Column("number", _("编号"), gives=5),
    Column("title", _("任务"), TITLE, link=True),
    Column("place", _("地点"), gives=3, filter=True),
    Column("crew", _("班组 / 执行人"), PERSON, value=_doer, cell=_crew, gives=4, api=""),
    Column("status", _("状态"), filter=True),
    Column("team", _("班组"), shown=False, filter=True),
    Column("executor", _("执行人"), shown=False, filter=True),
    Column("subject", _("需求"), shown=False),
    Column("offered_at", _("派出"), shown=False, sort=True, filter=True),
    Column("accepted_at", _("接单"), shown=False, sort=True),
    Column("done_at", _("完工"), shown=False, sort=True, filter=True),
    Column("labour_minutes", _("工时（分）"), shown=False),
    Column("outside_fen", _("外委费用（元）"), shown=False),
    Column("result", _("处理结果"), REMARK, shown=False),
)

ORDERS = Listing(
    key="orders",
    model=WorkOrder,
    title=_("工单"),
    columns=COLUMNS,
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
    search=("number", "title", "executor__name", "team__name", "place__full_name"),
    placeholder=_("搜编号、任务、执行人、地点"),
    blank=Blank(
        _("这里没有工单"), _("需求受理后派工，工单就出现在这里：谁在做、到哪一步、还剩多少时间。")
    ),
    bulk={"print": Bulk(_("打印派工单"), "printer", answer=papers.ORDER.together)},
    bulk_route="orders:bulk",
)

MINE = Listing(
    key="my_orders",
    model=WorkOrder,
    template="orders/mine.html",
    row="orders/_mine_card.html",
    title=_("我的工单"),
    columns=[replace(column, filter=False) for column in COLUMNS],
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
    size=20,
)


def _mine(rows: Rows, user: User, statuses: Sequence[str]) -> Rows:
    return rows.mine(user).filter(status__in=statuses).by_clock()
