"""One list: tabs, filters, search, sort, keyset paging; declared in a few lines per app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.counting import count_each
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.ui.bulk import Bulk, read_picked, speak
from houqin.ui.http import PageRequest
from houqin.ui.keyset import Page, read_page
from houqin.ui.lists.columns import Column
from houqin.ui.lists.drawing import draw_page
from houqin.ui.lists.filters import Filter, filter_of
from houqin.ui.routes import BUSINESS, Access, guarded, page, with_parts
from houqin.ui.routes import View as RouteView

Words = str | Promise
Wanted = Sequence[tuple[Filter, list[str]]]


@dataclass(frozen=True)
class View:
    """A tab: `narrow(rows, user)` picks the rows, `order` is a field, "-" in front for descending."""

    key: str
    label: Words
    narrow: Callable[[Any, User], Any]
    order: str
    hot: bool = False


@dataclass(frozen=True)
class PageAction:
    """A button in the head of a page; a `post` is sent at once. One that is not for the
    `phone` is hidden there."""

    label: Words
    url: str
    icon: str
    primary: bool = False
    post: bool = False
    count: int = 0
    phone: bool = True


@dataclass(frozen=True)
class Blank:
    """What an empty list says: what would be here, and where one begins."""

    title: Words
    text: Words = ""
    url_name: str = ""
    button: Words = ""
    icon: str = "plus"
    image: str = "blank-list.svg"


SEARCH = _("搜编号、内容、地点、人员")
NOTHING = Blank(_("这里还没有内容"), _("有了就会列在这里。"))


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The list of one model. `key` is its identity: saved views, chosen columns and exports name it.

    `search` are lookups; `bulk` is what may be done to several rows at once, at the route `bulk_route`,
    which takes the key of it. `undrawn` are fields of related things that no row shows, which are not read.
    Huge lists leave `counts` out. A listing that draws no table has a `row` template and a `template` of its
    own.
    """

    key: str
    model: Any
    title: Words
    columns: Sequence[Column]
    views: Sequence[View]
    undrawn: Sequence[str] = ()
    own_filters: Sequence[Filter] = ()
    search: Sequence[str] = ()
    placeholder: Words = SEARCH
    about: Words = ""
    actions: Callable[[PageRequest], Sequence[PageAction]] = lambda request: ()
    blank: Blank = NOTHING
    extra: Callable[[PageRequest], dict[str, Any]] = field(default=lambda request: {})
    size: int = 30
    counts: bool = True
    bulk: Mapping[str, Bulk] = field(default_factory=dict)
    bulk_route: str = ""
    template: str = "ui/list.html"
    row: str = ""

    def __post_init__(self) -> None:
        assert self.key not in LISTINGS, self.key
        LISTINGS[self.key] = self

    @cached_property
    def facts(self) -> Sequence[Column]:
        """The columns with what the model says about them."""
        return [column.bound(self.model) for column in self.columns]

    @cached_property
    def sheet(self) -> Sequence[Column]:
        """The columns of the workbook."""
        return [column for column in self.facts if column.known.sheet]

    @cached_property
    def filters(self) -> Sequence[Filter]:
        """The filters of its columns and its own, in this order."""
        derived = [filter_of(column, self.model) for column in self.facts if column.filter]
        return [*derived, *self.own_filters]

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
        together = guarded(require_POST(self.together), self._bulk_access(to, everywhere))
        return [path(f"{route}together/<slug:verb>/", together, name="bulk"), listed]

    def _bulk_access(self, to: Set[str], everywhere: bool) -> Access:
        words = _("{rows}：成批{verb}")
        parts = {
            verb: (format_lazy(words, rows=self.title, verb=action.label), action.roles or to)
            for verb, action in self.bulk.items()
        }
        return with_parts(Access(label=self.title, to=to, everywhere=everywhere), parts)

    def row_url(self, row: Any) -> str:
        """Where a row is opened."""
        return str(row.get_absolute_url())

    def buttons(self, request: PageRequest) -> Sequence[PageAction]:
        """What stands in the head of the page."""
        return self.actions(request)

    def view_of(self, asked: QueryDict) -> View:
        """The tab that an address names; the first without one."""
        return next((view for view in self.views if view.key == asked.get("view")), self.views[0])

    def order_of(self, asked: QueryDict) -> str:
        """The lookup to order by, "-" in front for descending: the asked column, else the tab's own."""
        name = asked.get("sort", "")
        for column in self.facts:
            if column.sort and column.name == name.lstrip("-"):
                return f"-{column.sort}" if name.startswith("-") else str(column.sort)
        return self.view_of(asked).order

    def wanted(self, asked: QueryDict) -> Wanted:
        """The filters that an address asks for, with the values of each."""
        return [(chip, values) for chip in self.filters if (values := chip.values(asked))]

    def filtered(self, user: User, asked: QueryDict) -> Any:
        """The rows of all tabs that `user` sees and that the filters and words leave, in no order."""
        rows = self.model.objects.visible_to(user)
        for chip, values in self.wanted(asked):
            rows = chip.apply(rows, values)
        return self.searched(rows, asked)

    def narrowed(self, user: User, asked: QueryDict) -> Any:
        """The rows that `user` sees and `asked` wants, in no order."""
        return self.view_of(asked).narrow(self.filtered(user, asked), user)

    def counted(self, user: User, asked: QueryDict) -> list[int]:
        """How many rows each tab has, in the order of the tabs; one query."""
        rows = self.filtered(user, asked)
        return count_each([view.narrow(rows, user) for view in self.views])

    def searched(self, rows: QuerySet[Any], asked: QueryDict) -> QuerySet[Any]:
        """Every word has to be found in one of the searched fields."""
        for word in asked.get("q", "").split()[:6] if self.search else ():
            lookups = (Q(**{f"{lookup}__icontains": word}) for lookup in self.search)
            rows = rows.filter(reduce(or_, lookups))
        return rows

    def read(self, user: User, asked: QueryDict, *, cursor: str, size: int) -> Page:
        """One page of the rows, in order."""
        rows = self.narrowed(user, asked).with_all().defer(*self.undrawn)
        return read_page(rows, self.order_of(asked), cursor, size=size)

    def query_of(self, asked: QueryDict) -> str:
        """What of an address picks the rows, always in the same words: without the page, and without the
        view that goes without saying."""
        usual = ("view", self.views[0].key)
        pairs = [(key, value) for key, values in asked.lists() for value in values if value]
        return urlencode(sorted(pair for pair in pairs if pair[0] != "cursor" and pair != usual))

    def page(self, request: PageRequest) -> HttpResponse:
        """Answer the list; the same number of queries whatever the number of rows."""
        context = draw_page(self, request) | self.extra(request)
        response = render(request, self.template, context)
        response["Vary"] = "HX-Request"
        return response

    def bulk_bar(self, user: User) -> list[dict[str, Any]]:
        """What `ui/_bulk.html` draws: what this person may do to several rows."""
        roles = user.role_codes() if self.bulk else set()
        return [
            {
                "url": reverse(self.bulk_route, args=[verb]),
                "label": action.label,
                "icon": action.icon,
                "tone": action.tone,
                "key": action.key,
            }
            for verb, action in self.bulk.items()
            if action.open_to(roles)
        ]

    def together(self, request: PageRequest, verb: str) -> HttpResponse:
        """Do `verb` to every ticked row that this person sees; a POST."""
        action = self.bulk.get(verb)
        if action is None:
            raise Http404
        if action.roles:
            require(request.user, action.roles)
        rows = read_picked(request, self.model.objects.visible_to(request.user).with_all())
        return speak(request, action, rows, reverse(self.bulk_route, args=[verb]))


LISTINGS: dict[str, Listing] = {}  # by key
