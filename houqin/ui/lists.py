"""One list page: saved views, filters, search, order, keyset paging; declared in a few lines per app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.people.actions import require
from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User
from houqin.ui.bulk import Bulk, read_picked, speak
from houqin.ui.http import PageRequest
from houqin.ui.keyset import read_page
from houqin.ui.routes import BUSINESS, Access, guarded, page, with_parts
from houqin.ui.routes import View as RouteView
from houqin.ui.saved_views.models import SavedView

Words = str | Promise


class Column(NamedTuple):
    """A column of a list: its css class, its head, and what a workbook holds of a row under it. `width` is
    the workbook's, in characters. A plain pair of class and head is drawn and not exported. Where there is
    no room the classes gives-1 (first) to gives-5 (last) take a column away, in its cells too."""

    look: str
    head: Words
    value: Callable[[Any], Any] | None = None
    width: int = 14


@dataclass(frozen=True)
class View:
    """A tab: `narrow(rows, user)` picks the rows, `order` is a field, "-" in front for descending."""

    key: str
    label: Words
    narrow: Callable[[Any, User], Any]
    order: str
    hot: bool = False


@dataclass(frozen=True)
class Filter:
    """A chip: `choices()` lists (value, words), `narrow(rows, value)` picks the rows."""

    key: str
    label: Words
    choices: Callable[[], Sequence[tuple[str, Words]]]
    narrow: Callable[[Any, str], Any]


@dataclass(frozen=True)
class Listing:
    """The list of one model. The template draws one row through `row`; `search` are lookups; `bulk` is what
    may be done to several rows at once, at the route `bulk_route`, which takes the key of it. Columns with a
    value, and those of `more`, which no page has room for, make the workbook of the list."""

    model: Any
    template: str
    row: str
    title: Words
    columns: Sequence[Column | tuple[str, Words]]
    views: Sequence[View]
    filters: Sequence[Filter] = ()
    search: Sequence[str] = ()
    extra: Callable[[PageRequest], dict[str, Any]] = field(default=lambda request: {})
    size: int = 30
    bulk: Mapping[str, Bulk] = field(default_factory=dict)
    bulk_route: str = ""
    more: Sequence[Column] = ()

    def __post_init__(self) -> None:
        LISTINGS[self.template] = self

    @property
    def cells(self) -> list[Column]:
        """The columns of the workbook."""
        return [one for one in (*self.columns, *self.more) if isinstance(one, Column) and one.value]

    def urls(
        self,
        route: str,
        name: str,
        *,
        to: Set[str] = BUSINESS,
        everywhere: bool = False,
        view: RouteView | None = None,
    ) -> list[URLPattern]:
        """The list, and what may be done to several of its rows by those who may do it to one. `view`
        answers in its place where it is more than the list."""
        answer = view or require_safe(self.page)
        listed = page(route, answer, name, self.title, to=to, everywhere=everywhere)
        if not self.bulk:
            return [listed]
        access = with_parts(
            Access(label=self.title, to=to, everywhere=everywhere),
            {
                verb: (
                    format_lazy(_("{rows}：成批{verb}"), rows=self.title, verb=how.label),
                    how.roles or to,
                )
                for verb, how in self.bulk.items()
            },
        )
        together = guarded(require_POST(self.together), access)
        return [path(f"{route}together/<slug:verb>/", together, name="bulk"), listed]

    def view_of(self, asked: QueryDict) -> View:
        return next((one for one in self.views if one.key == asked.get("view")), self.views[0])

    def narrowed(self, user: User, asked: QueryDict) -> Any:
        """The rows that `user` sees and `asked` wants, in no order."""
        everything = self.model.objects.visible_to(user)
        return self._searched(
            self._filtered(self.view_of(asked).narrow(everything, user), asked), asked
        )

    def said(self, asked: QueryDict) -> str:
        """What of an address picks the rows, always in the same words: without the page, and without the
        view that goes without saying."""
        usual = {"view": self.views[0].key}
        kept = {key: value for key, value in asked.items() if value and usual.get(key) != value}
        return urlencode(sorted((key, value) for key, value in kept.items() if key != "cursor"))

    def saved_by(self, user: User, asked: QueryDict) -> dict[str, Any]:
        """The views that `user` keeps of the list, and what could be kept under a name now."""
        said, view = self.said(asked), urlencode({"view": asked.get("view", "")})
        kept = SavedView.objects.of(user, self.template)
        saved = [
            {"pk": one.pk, "name": one.name, "url": "?" + one.query, "on": one.query == said}
            for one in kept
        ]
        new = said not in ("", view) and not any(one["on"] for one in saved)
        return {"saved": saved, "savable": said if new else ""}

    def page(self, request: PageRequest) -> HttpResponse:
        """Answer the list; the same number of queries whatever the number of rows."""
        asked, view = request.GET, self.view_of(request.GET)
        everything = self.model.objects.visible_to(request.user)
        rows = self.narrowed(request.user, asked)
        page = read_page(rows.with_all(), view.order, asked.get("cursor", ""), size=self.size)
        context = {
            "listing": self,
            "view": view,
            "rows": page.rows,
            "page": page,
            "total": rows.count(),
            "query": asked.get("q", ""),
            "tabs_views": self._tabs(request, everything, view),
            "chips": self.chips_of(asked),
            "kept": _without(asked, "cursor", "q"),
            "next_url": _with(asked, cursor=page.next) if page.next else "",
            "previous_url": _with(asked, cursor=page.previous) if page.previous else "",
            "clear_url": _with(QueryDict(), view=view.key),
            "bulk": self.bulk_bar(request.user),
            "here": request.get_full_path(),
            "sheet": self.sheet_of(request.user, asked),
            **self.saved_by(request.user, asked),
        }
        response = render(request, self.template, context | self.extra(request))
        response["Vary"] = "HX-Request"
        return response

    def sheet_of(self, user: User, asked: QueryDict) -> dict[str, str] | None:
        """What the page sends to get its workbook; who runs the house takes none out of it."""
        takes = self.cells and not user.role_codes() & ADMINISTRATORS
        return (
            {"list": self.template, "query": _without(asked, "cursor").urlencode()}
            if takes
            else None
        )

    def bulk_bar(self, user: User) -> list[dict[str, Any]]:
        """What `ui/_bulk.html` draws: what this person may do to several rows."""
        roles = user.role_codes() if self.bulk else set()
        return [
            {
                "url": reverse(self.bulk_route, args=[verb]),
                "label": how.label,
                "icon": how.icon,
                "tone": how.tone,
                "key": how.key,
            }
            for verb, how in self.bulk.items()
            if how.open_to(roles)
        ]

    def together(self, request: PageRequest, verb: str) -> HttpResponse:
        """Do `verb` to every ticked row that this person sees; a POST."""
        how = self.bulk.get(verb)
        if how is None:
            raise Http404
        if how.roles:
            require(request.user, how.roles)
        rows = read_picked(request, self.model.objects.visible_to(request.user).with_all())
        return speak(request, how, rows, reverse(self.bulk_route, args=[verb]))

    def _filtered(self, rows: QuerySet[Any], asked: QueryDict) -> QuerySet[Any]:
        for one in self.filters:
            value = asked.get(one.key, "")
            if value and value in {str(key) for key, _words in one.choices()}:
                rows = one.narrow(rows, value)
        return rows

    def _searched(self, rows: QuerySet[Any], asked: QueryDict) -> QuerySet[Any]:
        """Every word has to be found in one of the searched fields."""
        for word in asked.get("q", "").split()[:6] if self.search else ():
            rows = rows.filter(
                reduce(or_, (Q(**{f"{lookup}__icontains": word}) for lookup in self.search))
            )
        return rows

    def _tabs(self, request: PageRequest, everything: Any, current: View) -> list[dict[str, Any]]:
        return [
            {
                "label": view.label,
                "current": view is current,
                "hot": view.hot,
                "url": _with(_without(request.GET, "cursor"), view=view.key),
                "count": view.narrow(everything, request.user).count(),
            }
            for view in self.views
        ]

    def chips_of(self, asked: QueryDict) -> list[dict[str, Any]]:
        """The filters as `ui/_filters.html` draws them."""
        chips = []
        for one in self.filters:
            value = asked.get(one.key, "")
            choices = [
                {
                    "label": words,
                    "url": _with(_without(asked, "cursor"), **{one.key: str(key)}),
                    "on": str(key) == value,
                }
                for key, words in one.choices()
            ]
            chosen = next((choice["label"] for choice in choices if choice["on"]), "")
            off = _without(asked, "cursor", one.key)
            chips.append(
                {
                    "label": one.label,
                    "chosen": chosen,
                    "choices": choices,
                    "off_url": "?" + off.urlencode(),
                }
            )
        return chips


LISTINGS: dict[str, Listing] = {}  # by template, which no two lists share


def _without(asked: QueryDict, *keys: str) -> QueryDict:
    kept = asked.copy()
    for key in keys:
        kept.pop(key, None)
    return kept


def _with(asked: QueryDict, **values: str) -> str:
    changed = asked.copy()
    for key, value in values.items():
        changed[key] = value
    return "?" + changed.urlencode()
