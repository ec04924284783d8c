"""The rows behind every number of the boards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.cockpit.moments import bring_up_to_date
from houqin.cockpit.reports.boards import roles_of
from houqin.cockpit.reports.figures import FIGURES, handed_back_by
from houqin.cockpit.reports.scope import NOBODY, SOURCES, BoardScope, DateSpan, doers, span_asked
from houqin.desk.catalogue.lines import LINES
from houqin.desk.demands.columns import COLUMNS
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.standing import RUNS_WORK
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.lists import Blank, Filter, Listing, PageAction, View
from houqin.work.teams.models import Team


def lines() -> Sequence[tuple[str, Any]]:
    return [(line.code, line.name) for line in LINES.values()]


def campuses() -> Sequence[tuple[str, Any]]:
    return list(Place.objects.filter(depth=1).values_list("path", "name"))


def teams() -> Sequence[tuple[str, Any]]:
    named = [(str(pk), name) for pk, name in Team.objects.order_by("pk").values_list("pk", "name")]
    return [*named, (NOBODY, _("未派工"))]


def people() -> Sequence[tuple[str, Any]]:
    """Whoever is in a team, and whoever has an order without being in one."""
    named = [(str(pk), name) for pk, name in doers().values_list("pk", "name")]
    return [*named, (NOBODY, _("还没有人接"))]


def _by_scope(rows: Any, values: list[str]) -> Any:
    """These narrow through `Scope`, as the boards do, so that a number and its rows cannot differ."""
    return rows


SCOPE = (
    Filter("line", _("条线"), lines, _by_scope, single=True),
    Filter("place", _("园区"), campuses, _by_scope, single=True),
    Filter("team", _("班组"), teams, _by_scope, single=True),
    Filter("source", _("来源"), lambda: list(SOURCES.items()), _by_scope, single=True),
    Filter("person", _("执行人"), people, _by_scope, single=True),
)


class FigureRows(Listing):
    """`figure`, `since` and `until` in the address say what; `day` and `hour` pick a cell of the load, and
    `back` those that a person handed back."""

    def filtered(self, user: User, asked: QueryDict) -> Any:
        scope = BoardScope.asked(asked)
        require(user, roles_of(scope.board) & RUNS_WORK)
        rows = super().filtered(user, asked)
        bring_up_to_date()
        if figure := FIGURES.get(asked.get("figure", "")):
            rows = figure.of(rows, span_asked(asked, now()))
        rows = _handed_back(_in_cell(rows, asked), asked.get("back", ""))
        return scope.narrow(rows, user)


def _in_cell(rows: Any, asked: QueryDict) -> Any:
    """The rows of one cell of the load: submitted on that day of the week, in that hour."""
    for key, lookup in (("day", "submitted_at__iso_week_day"), ("hour", "submitted_at__hour")):
        value = asked.get(key, "")
        if _is_number(value):
            rows = rows.filter(**{lookup: int(value[:4])})
    return rows


def _handed_back(rows: Any, person: str) -> Any:
    """The rows that `person` handed back, a key or NOBODY; all of them for anything else."""
    if person == NOBODY:
        return rows.filter(pk__in=handed_back_by(executor=None))
    if _is_number(person):
        return rows.filter(pk__in=handed_back_by(executor=int(person[:9])))
    return rows


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _own(rows: Any, user: User) -> Any:
    return BoardScope(source="all").narrow(rows, user)


def _extra(request: PageRequest) -> dict[str, Any]:
    figure = FIGURES.get(request.GET.get("figure", ""))
    span = None if figure is None or figure.standing else span_asked(request.GET, now())
    return behind(figure, span)


def behind(figure: Any, span: DateSpan | None, board: str = "") -> dict[str, Any]:
    """The head of a list behind a number: what it counts, of which stretch, and the way back."""
    words = [str(figure.meaning)] if figure else []
    if span:
        words.append(_now("%(since)s 起，%(until)s 前。") % span.parameters())
    return {
        "page_title": figure.label if figure else "",
        "about": " ".join(words),
        "back_url": reverse("dashboard") + board,
    }


NOTHING = Blank(_("这个数字是 0"), _("没有符合的；去掉一个条件，或者回到看板换一段时间。"))


def to_board(request: PageRequest) -> Sequence[PageAction]:
    """The way back to the boards."""
    return [PageAction(_("数据看板"), reverse("dashboard"), "chart-bar")]


ROWS = FigureRows(
    key="figure_rows",
    model=Demand,
    title=_("数字背后的需求"),
    columns=[replace(column, filter=column.name == "grade") for column in COLUMNS],
    views=(View("rows", _("明细"), _own, "-submitted_at"),),
    own_filters=SCOPE,
    search=("number", "title", "requester__name", "place__full_name"),
    actions=to_board,
    blank=NOTHING,
    extra=_extra,
)
