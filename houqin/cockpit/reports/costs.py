"""What the work cost, from what the work orders record: labour, materials, outside work. Money is fen.

Each number is a sum over the orders that its list shows; both ask the same condition. What a person wrote
down when they finished is the record; labour is minutes, because no rate of pay is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    Count,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houqin.cockpit.reports.boards import roles_of
from houqin.cockpit.reports.scope import BoardScope, DateSpan, is_of
from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.orders.models import WorkOrder

Rows = Any


@dataclass(frozen=True)
class Cost:
    """`where` picks the orders, `amount` is summed over them; `money` says whether that is fen."""

    label: str | Promise
    meaning: str | Promise
    where: Q
    amount: str
    money: bool = True


COSTS = {
    "spent": Cost(_("费用"), _("材料加外委，按完工的日子算。"), Q(spent_fen__gt=0), "spent_fen"),
    "material": Cost(
        _("材料"), _("每行用料的数量乘单价，四舍五入到分。"), Q(material_fen__gt=0), "material_fen"
    ),
    "outside": Cost(_("外委"), _("请外面单位做的费用。"), Q(outside_fen__gt=0), "outside_fen"),
    "labour": Cost(
        _("工时"), _("完工时登记的工时，不折算成钱。"), Q(labour_minutes__gt=0), "labour_minutes", False
    ),
    "done": Cost(_("完工工单"), _("这段时间完工的工单，返工和帮忙的也算。"), Q(), "one", False),
}  # fmt: skip


def finished_orders(user: User, scope: BoardScope, span: DateSpan) -> Rows:
    """The orders that were finished in the stretch where `user` sees costs, with what each cost. They count
    for the line of their demand, for their own place and their own team."""
    reached = user.reach(roles_of("costs"), place="place")
    rows = WorkOrder.objects.visible_to(user).filter(reached, status=WorkOrder.Status.DONE)
    rows = rows.filter(done_at__gte=span.since, done_at__lt=span.until)
    return _narrowed(rows, scope).annotate(
        spent_fen=F("material_fen") + F("outside_fen"), one=Value(1)
    )


def _narrowed(rows: Rows, scope: BoardScope) -> Rows:
    if scope.line:
        rows = _with_line(rows).filter(line=scope.line)
    if scope.place:
        rows = rows.filter(place__path__startswith=scope.place)
    return rows.filter(is_of("team", scope.team)) if scope.team else rows


def _with_line(rows: Rows) -> Rows:
    kind = ContentType.objects.get_for_model(Demand)
    demands = Demand.objects.filter(pk=OuterRef("subject_id")).values("entry__category__line_code")
    line = Case(When(subject_type=kind, then=Subquery(demands[:1])), default=None)
    return rows.annotate(line=line)


DIMENSIONS: dict[str, Callable[[Rows], Rows]] = {
    "line": lambda rows: _with_line(rows).annotate(key=F("line")),
    "place": lambda rows: rows.annotate(key=Substr("place__path", 1, Place.steplen)),
    "team": lambda rows: rows.annotate(key=F("team")),
}


def whole(rows: Rows) -> dict[str, tuple[int, int]]:
    """For each of COSTS, how many orders and what they add up to; one query."""
    return _read(rows.order_by().aggregate(**_wanted()))


def compared(rows: Rows, by: str) -> dict[Any, dict[str, tuple[int, int]]]:
    """The same for each line, campus or team that finished any; one query."""
    keyed = DIMENSIONS[by](rows).order_by().values("key")
    return {row["key"]: _read(row) for row in keyed.annotate(**_wanted())}


def course(rows: Rows, span: DateSpan) -> list[tuple[DateSpan, dict[str, tuple[int, int]]]]:
    """The same for each step of the stretch in which any was finished; one query."""
    steps = span.steps()
    nth = Case(*(When(done_at__lt=step.until, then=nth) for nth, step in enumerate(steps)))
    grouped = rows.order_by().values(nth=nth).annotate(**_wanted())
    return [(steps[row["nth"]], _read(row)) for row in sorted(grouped, key=lambda row: row["nth"])]


def _wanted() -> dict[str, Any]:
    many = {f"{key}_orders": Count("pk", filter=cost.where) for key, cost in COSTS.items()}
    return many | {f"{key}_sum": Sum(cost.amount, default=0) for key, cost in COSTS.items()}


def _read(row: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    return {key: (row[f"{key}_orders"], int(row[f"{key}_sum"])) for key in COSTS}
