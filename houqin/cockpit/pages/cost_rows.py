"""The orders behind every sum of money."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from houqin.cockpit.pages.rows import campuses, lines, teams
from houqin.cockpit.reports.boards import roles_of
from houqin.cockpit.reports.costs import COSTS, finished_orders, whole
from houqin.cockpit.reports.scope import Scope, span_asked
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.lists import Column, Filter, Listing, View
from houqin.work.orders.models import WorkOrder


class CostRows(Listing):
    """`figure`, `since` and `until` in the address say what, line, campus and team where."""

    def narrowed(self, user: User, asked: QueryDict) -> Any:
        require(user, roles_of("costs"))
        rows = finished_orders(user, Scope.asked(asked), span_asked(asked, now()))
        cost = COSTS.get(asked.get("figure", ""))
        return self._searched(rows.filter(cost.where) if cost else rows, asked)


def _extra(request: PageRequest) -> dict[str, Any]:
    at = now()
    return {
        "now": at,
        "figure": COSTS.get(request.GET.get("figure", "")),
        "span": span_asked(request.GET, at),
        "sums": whole(COST_ROWS.narrowed(request.user, request.GET)),
        "any_chosen": any(request.GET.get(one.key) for one in COST_ROWS.filters),
    }


def _where(rows: Any, value: str) -> Any:
    """`finished_orders` narrows."""
    return rows


COST_ROWS = CostRows(
    model=WorkOrder,
    template="cockpit/cost_rows.html",
    row="cockpit/_cost_row.html",
    title=_("费用明细"),
    columns=(
        Column("rows__no", _("编号"), lambda row: row.number, 16),
        Column("rows__title", _("任务"), lambda row: row.title, 40),
        Column("rows__place gives-3", _("地点"), lambda row: row.place.full_name, 30),
        Column("rows__who gives-4", _("班组"), lambda row: str(row.team or row.executor or ""), 16),
        Column("r gives-4 hide-phone", _("工时（分）"), lambda row: row.labour_minutes, 10),
        Column("r gives-4 hide-phone", _("材料（元）"), lambda row: row.materials_fen / 100, 12),
        Column("r gives-3 hide-phone", _("外委（元）"), lambda row: row.outside_fen / 100, 12),
        Column("r", _("合计（元）"), lambda row: row.spent_fen / 100, 12),
        Column("r gives-1 hide-phone", _("完工"), lambda row: row.done_at, 17),
    ),
    more=(
        Column("", _("执行人"), lambda row: str(row.executor or ""), 14),
        Column("", _("需求"), lambda row: str(row.subject or ""), 16),
    ),
    views=(View("rows", _("明细"), lambda rows, user: rows, "-done_at"),),
    filters=(
        Filter("line", _("条线"), lines, _where),
        Filter("place", _("园区"), campuses, _where),
        Filter("team", _("班组"), teams, _where),
    ),
    search=("number", "title", "executor__name", "team__name", "place__full_name"),
    extra=_extra,
)
