"""The orders behind every sum of money."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.cockpit.pages.rows import NOTHING, behind, campuses, lines, teams, to_board
from houqin.cockpit.reports.boards import roles_of
from houqin.cockpit.reports.costs import COSTS, finished_orders, whole
from houqin.cockpit.reports.scope import BoardScope, span_asked
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.formatting import money
from houqin.ui.http import PageRequest
from houqin.ui.lists import MONEY, PERSON, TITLE, Column, Filter, Listing, View
from houqin.work.orders.models import WorkOrder


class CostRows(Listing):
    """`figure`, `since` and `until` in the address say what, line, campus and team where."""

    def filtered(self, user: User, asked: QueryDict) -> Any:
        require(user, roles_of("costs"))
        rows = finished_orders(user, BoardScope.asked(asked), span_asked(asked, now()))
        cost = COSTS.get(asked.get("figure", ""))
        return self.searched(rows.filter(cost.where) if cost else rows, asked)


def _extra(request: PageRequest) -> dict[str, Any]:
    figure, span = COSTS.get(request.GET.get("figure", "")), span_asked(request.GET, now())
    head = behind(figure, span, "?board=costs")
    spent = whole(COST_ROWS.narrowed(request.user, request.GET))["spent"][1]
    return head | {"about": f"{head['about']} {_now('合计')} {money(spent)}"}


def _where(rows: Any, values: list[str]) -> Any:
    """`finished_orders` narrows."""
    return rows


def _spent(row: Any, at: datetime) -> str:
    return format_html("<b>{}</b>", money(row.spent_fen))


COST_ROWS = CostRows(
    key="cost_rows",
    model=WorkOrder,
    title=_("费用明细"),
    columns=(
        Column("number", _("编号")),
        Column("title", _("任务"), TITLE, link=True),
        Column("place", _("地点"), gives=3),
        Column("team", _("班组"), PERSON, value=lambda row: row.team or row.executor, gives=4),
        Column("labour_minutes", _("工时（分）"), gives=4),
        Column("material_fen", _("材料（元）"), MONEY, gives=4),
        Column("outside_fen", _("外委（元）"), gives=3),
        Column("spent_fen", _("合计（元）"), MONEY, cell=_spent, phone=True),
        Column("done_at", _("完工"), gives=1, sort=True),
        Column("executor", _("执行人"), shown=False),
        Column("subject", _("需求"), shown=False),
    ),
    views=(View("rows", _("明细"), lambda rows, user: rows, "-done_at"),),
    own_filters=(
        Filter("line", _("条线"), lines, _where, single=True),
        Filter("place", _("园区"), campuses, _where, single=True),
        Filter("team", _("班组"), teams, _where, single=True),
    ),
    search=("number", "title", "executor__name", "team__name", "place__full_name"),
    actions=to_board,
    blank=NOTHING,
    extra=_extra,
)
