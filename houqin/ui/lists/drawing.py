"""What the page of a list shows: its rows as cells, the tabs, the chips, the heads that sort."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.html import conditional_escape, escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.keyset import Page
from houqin.ui.lists.columns import Column
from houqin.ui.lists.filters import Filter
from houqin.ui.lists.kinds import NUMBER, PLACE, STATE, TITLE, Cell
from houqin.ui.saved_views.models import ChosenColumns, SavedView

if TYPE_CHECKING:
    from houqin.ui.lists.listing import Listing, View


PICK = (
    '<td class="rows__pick"><input class="form-check-input" type="checkbox" name="pick" value="{}"'
    ' form="bulk" aria-label="{}"></td>'
)
# A list offers hundreds of choices: a template for each would be a tenth of the page.
LINK = '<a class="menu__item" href="{}"{}>{}</a>'
BOX = (
    '<label class="menu__item"><input class="form-check-input" type="checkbox" name="{}" value="{}"{}>'
    " {}</label>"
)
HEADING = (NUMBER, TITLE, STATE)  # what the head of a card shows by itself


def draw_page(listing: Listing, request: PageRequest) -> dict[str, Any]:
    """The context of `ui/list.html`."""
    view, bulk = listing.view_of(request.GET), listing.bulk_bar(request.user)
    return {
        "listing": listing,
        "view": view,
        **_rows_of(listing, request, bulk),
        "bulk": bulk,
        **_tabs_of(listing, request, view),
        **_filters_of(listing, request.GET, view),
        **_tools_of(listing, request),
        **saved_by(listing, request.user, request.GET),
    }


def _rows_of(
    listing: Listing, request: PageRequest, bulk: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """One page of the rows, drawn under the columns that the person has chosen."""
    asked, user, at = request.GET, request.user, now()
    columns = chosen_columns(listing, user)
    page = listing.read(user, asked, cursor=asked.get("cursor", ""), size=listing.size)
    return {
        "now": at,
        "rows": page.rows,
        "page": page,
        "heads": heads(columns, asked),
        "lines": lines(listing, columns, page.rows, at, picked=bool(bulk)),
        "columns_menu": _columns_menu(listing, columns),
        **_turns(page, asked),
    }


def _turns(page: Page, asked: QueryDict) -> dict[str, str]:
    """Where the pages beside `page` are; "" where there is none."""
    return {
        "next_url": _with(asked, cursor=page.next) if page.next else "",
        "previous_url": _with(asked, cursor=page.previous) if page.previous else "",
    }


def _tabs_of(listing: Listing, request: PageRequest, view: View) -> dict[str, Any]:
    tabs = _tabs(listing, request, view)
    total = next((tab["count"] for tab in tabs if tab["current"]), None)
    return {"tabs_views": tabs, "total": total}


def _filters_of(listing: Listing, asked: QueryDict, view: View) -> dict[str, Any]:
    """What is searched and filtered, and where all of it is taken off."""
    return {
        "query": asked.get("q", ""),
        "any_chosen": any(asked.get(key) for chip in listing.filters for key in chip.keys),
        "chips": chips_of(listing, asked),
        "kept": _without(asked, "cursor", "q"),
        "clear_url": _with(QueryDict(), view=view.key),
    }


def _tools_of(listing: Listing, request: PageRequest) -> dict[str, Any]:
    """What can be done with the list: to ticked rows, by its buttons, as a workbook."""
    buttons = listing.buttons(request)
    return {
        "buttons": buttons,
        "buttons_on_phone": any(button.post or button.phone for button in buttons),
        "here": request.get_full_path(),
        "sheet": sheet_of(listing, request.user, request.GET),
    }


def chosen_columns(listing: Listing, user: User) -> list[Column]:
    """The columns that `user` has chosen, in the order of the declaration; those shown at first otherwise."""
    if listing.row:
        return []
    names = ChosenColumns.objects.names(user, listing.key)
    shown = [column for column in listing.facts if _is_shown(column, names)]
    return shown or list(listing.facts)


def _is_shown(column: Column, names: Collection[str]) -> bool:
    """Whether a table has `column`, of whoever chose those of `names`, or none."""
    return column.link or (column.name in names if names else column.shown)


def heads(columns: Sequence[Column], asked: QueryDict) -> list[dict[str, Any]]:
    """The head of each column, with the address that sorts by it and how it is sorted now."""
    return [
        {"classes": column.classes, "label": column.label, **_sorting(column, asked)}
        for column in columns
    ]


def _sorting(column: Column, asked: QueryDict) -> dict[str, str]:
    """Where a press on the head of `column` leads, and how it is sorted now."""
    if not column.sort:
        return {"url": "", "sorted": ""}
    up, down = column.name, f"-{column.name}"
    order = asked.get("sort", "")
    url = _with(_without(asked, "cursor"), sort=down if order == up else up)
    return {"url": url, "sorted": {up: "ascending", down: "descending"}.get(order, "")}


def lines(
    listing: Listing, columns: Sequence[Column], rows: Sequence[Any], at: datetime, *, picked: bool
) -> list[SafeString]:
    """The `<tr>` of each row, with a box to tick where rows can be `picked`; nothing where a listing has a
    template for its rows."""
    if not columns:
        return []
    opens, words = any(column.link for column in columns), _("选择 %(row)s")

    def line(row: Any) -> SafeString:
        url = listing.row_url(row) if opens else ""
        cells = "".join(column.draw(row, at, url) for column in columns)
        box = PICK.format(row.pk, escape(words % {"row": row})) if picked else ""
        return SafeString(f"<tr data-row>{box}{cells}</tr>")

    return [line(row) for row in rows]


def facts_of(listing: Listing, row: Any, at: datetime) -> list[dict[str, Any]]:
    """The facts of `row` for its card: each column that has something to say and is not in the heading."""
    cells = ((column, column.read(row, at)) for column in listing.facts if _is_fact(column))
    return [
        {"label": column.label, "value": _fact(column, cell, row, at)}
        for column, cell in cells
        if cell.value not in (None, "")
    ]


def _is_fact(column: Column) -> bool:
    return column.known not in HEADING and column.known.sheet is not None


def _fact(column: Column, cell: Cell, row: Any, at: datetime) -> str:
    """What a card says under the label of `column`; a place with the whole way to it."""
    if column.known is PLACE:
        return str(cell.value)
    return conditional_escape(column.cell(row, at) if column.cell else column.known.draw(cell))


def _tabs(listing: Listing, request: PageRequest, current: View) -> list[dict[str, Any]]:
    asked, user = _without(request.GET, "cursor"), request.user
    counts = listing.counted(user, asked) if listing.counts else [None] * len(listing.views)
    return [
        {
            "label": view.label,
            "current": view is current,
            "hot": view.hot,
            "url": _with(asked, view=view.key),
            "count": count,
        }
        for view, count in zip(listing.views, counts, strict=True)
    ]


def chips_of(listing: Listing, asked: QueryDict) -> list[dict[str, Any]]:
    """The filters as `ui/_filters.html` draws them."""
    return [_chip(chip, asked) for chip in listing.filters]


def _chip(chip: Filter, asked: QueryDict) -> dict[str, Any]:
    off = _without(asked, "cursor", *chip.keys)
    facts = chip.chip(asked)
    choices = facts.pop("choices", ())
    options = _links(chip.key, choices, off) if chip.single else _boxes(chip.key, choices)
    return {
        "label": chip.label,
        "key": chip.key,
        "keys": chip.keys,
        "part": f"ui/_filter_{chip.part}.html",
        "single": chip.single,
        "kept": off,
        "off_url": "?" + off.urlencode(),
        "options": SafeString("\n".join(options)),
        **facts,
    }


def _links(key: str, choices: Iterable[dict[str, Any]], off: QueryDict) -> Iterator[str]:
    """Each choice as the address that chooses it alone."""
    for choice in choices:
        url, on = _with(off, **{key: choice["value"]}), choice["on"]
        yield LINK.format(
            escape(url), ' aria-current="true"' if on else "", escape(choice["label"])
        )


def _boxes(key: str, choices: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Each choice as a box to tick."""
    for choice in choices:
        value, on = escape(choice["value"]), " checked" if choice["on"] else ""
        yield BOX.format(escape(key), value, on, escape(choice["label"]))


def sheet_of(listing: Listing, user: User, asked: QueryDict) -> dict[str, str] | None:
    """What the page sends to get its workbook; who runs the house takes none out of it."""
    if not listing.sheet or user.role_codes() & ADMINISTRATORS:
        return None
    return {"list": listing.key, "query": _without(asked, "cursor").urlencode()}


def saved_by(listing: Listing, user: User, asked: QueryDict) -> dict[str, Any]:
    """The views that `user` keeps of the list, and what could be kept under a name now."""
    query, view = listing.query_of(asked), urlencode({"view": asked.get("view", "")})
    saved = [_saved(kept, query) for kept in SavedView.objects.of(user, listing.key)]
    new = query not in ("", view) and not any(kept["on"] for kept in saved)
    return {"saved": saved, "savable": query if new else ""}


def _saved(kept: SavedView, query: str) -> dict[str, Any]:
    """The chip of a saved view; it is `on` where `query` is what the page shows."""
    return {"pk": kept.pk, "name": kept.name, "url": f"?{kept.query}", "on": kept.query == query}


def _columns_menu(listing: Listing, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The columns to choose from; nothing where there is no choice."""
    if listing.row or not listing.sheet:
        return []
    shown = {column.name for column in columns}
    return [
        {"name": column.name, "label": column.label, "on": column.name in shown}
        for column in listing.facts
        if not column.link
    ]


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
