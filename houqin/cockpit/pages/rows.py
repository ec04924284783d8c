"""The rows behind every number of the boards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from houqin.cockpit.reports import RUNS_WORK
from houqin.cockpit.reports.boards import roles_of
from houqin.cockpit.reports.figures import FIGURES, handed_back_by
from houqin.cockpit.reports.scope import NOBODY, SOURCES, Scope, doers, span_asked
from houqin.desk.catalogue.lines import LINES
from houqin.desk.demands.models import Demand
from houqin.desk.demands.reports import COLUMNS, MORE_COLUMNS
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.lists import Filter, Listing, View, Words
from houqin.work.teams.models import Team


def lines() -> Sequence[tuple[str, Words]]:
    return [(line.code, line.name) for line in LINES.values()]


def campuses() -> Sequence[tuple[str, Words]]:
    return list(Place.objects.filter(depth=1).values_list("path", "name"))


def teams() -> Sequence[tuple[str, Words]]:
    named = [(str(pk), name) for pk, name in Team.objects.order_by("pk").values_list("pk", "name")]
    return [*named, (NOBODY, _("未派工"))]


def people() -> Sequence[tuple[str, Words]]:
    """Whoever is in a team, and whoever has an order without being in one."""
    named = [(str(pk), name) for pk, name in doers().values_list("pk", "name")]
    return [*named, (NOBODY, _("还没有人接"))]


def _by_scope(rows: Any, value: str) -> Any:
    """These narrow through `Scope`, as the boards do, so that a number and its rows cannot differ."""
    return rows


SCOPE = (
    Filter("line", _("条线"), lines, _by_scope),
    Filter("place", _("园区"), campuses, _by_scope),
    Filter("team", _("班组"), teams, _by_scope),
    Filter("source", _("来源"), lambda: list(SOURCES.items()), _by_scope),
    Filter("person", _("执行人"), people, _by_scope),
)


class FigureRows(Listing):
    """`figure`, `since` and `until` in the address say what; `day` and `hour` pick a cell of the load, and
    `back` those that a person handed back."""

    def narrowed(self, user: User, asked: QueryDict) -> Any:
        scope = Scope.asked(asked)
        require(user, roles_of(scope.board) & RUNS_WORK)
        rows = super().narrowed(user, asked)
        figure, span = FIGURES.get(asked.get("figure", "")), span_asked(asked, now())
        if figure:
            rows = rows.filter(figure.where(span))
        for key, lookup in (("day", "submitted_at__iso_week_day"), ("hour", "submitted_at__hour")):
            said = asked.get(key, "")
            if said.isascii() and said.isdigit():
                rows = rows.filter(**{lookup: int(said[:4])})
        back = asked.get("back", "")
        if back == NOBODY:
            rows = rows.filter(pk__in=handed_back_by(executor=None))
        elif back.isascii() and back.isdigit():
            rows = rows.filter(pk__in=handed_back_by(executor=int(back[:9])))
        return scope.narrow(rows, user)


def _own(rows: Any, user: User) -> Any:
    return Scope(source="all").narrow(rows, user)


def _extra(request: PageRequest) -> dict[str, Any]:
    at = now()
    figure = FIGURES.get(request.GET.get("figure", ""))
    return {
        "now": at,
        "figure": figure,
        "span": None if figure is None or figure.standing else span_asked(request.GET, at),
        "any_chosen": any(request.GET.get(one.key) for one in ROWS.filters),
    }


ROWS = FigureRows(
    model=Demand,
    template="cockpit/rows.html",
    row="cockpit/_request_row.html",
    title=_("数字背后的需求"),
    columns=COLUMNS,
    more=MORE_COLUMNS,
    views=(View("rows", _("明细"), _own, "-submitted_at"),),
    filters=(
        Filter(
            "grade", _("分级"), lambda: Grade.choices, lambda rows, value: rows.filter(grade=value)
        ),
        *SCOPE,
    ),
    search=("number", "title", "requester__name", "place__full_name"),
    extra=_extra,
)
