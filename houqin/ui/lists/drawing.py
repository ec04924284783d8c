"""What the page of a list shows: its rows as cells, the tabs, the chips, the heads that sort."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.html import conditional_escape
from django.utils.http import urlencode

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.lists.columns import Column
from houqin.ui.lists.kinds import NUMBER, PLACE, STATE, TITLE
from houqin.ui.saved_views.models import ChosenColumns, SavedView

if TYPE_CHECKING:
    from houqin.ui.lists.listing import Listing, View


HEADING = (NUMBER, TITLE, STATE)  # what the head of a card shows by itself


def draw_page(listing: Listing, request: PageRequest) -> dict[str, Any]:
    """The context of `ui/list.html`."""
    asked, user, at = request.GET, request.user, now()
    view, columns = listing.view_of(asked), chosen_columns(listing, user)
    page = listing.read(user, asked, cursor=asked.get("cursor", ""), size=listing.size)
    tabs = _tabs(listing, request, view)
    return {
        "listing": listing,
        "view": view,
        "now": at,
        "rows": page.rows,
        "page": page,
        "heads": heads(columns, asked),
        "lines": lines(listing, columns, page.rows, at),
        "total": next((tab["count"] for tab in tabs if tab["current"]), None),
        "query": asked.get("q", ""),
        "any_chosen": any(asked.get(key) for chip in listing.filters for key in chip.keys),
        "tabs_views": tabs,
        "chips": chips_of(listing, asked),
        "kept": _without(asked, "cursor", "q"),
        "next_url": _with(asked, cursor=page.next) if page.next else "",
        "previous_url": _with(asked, cursor=page.previous) if page.previous else "",
        "clear_url": _with(QueryDict(), view=view.key),
        "bulk": listing.bulk_bar(user),
        "buttons": listing.buttons(request),
        "here": request.get_full_path(),
        "sheet": sheet_of(listing, user, asked),
        "columns_menu": _columns_menu(listing, columns),
        **saved_by(listing, user, asked),
    }


def chosen_columns(listing: Listing, user: User) -> list[Column]:
    """The columns that `user` has chosen, in the order of the declaration; those shown at first otherwise."""
    if listing.row:
        return []
    names = ChosenColumns.objects.names(user, listing.key)
    shown = [
        column
        for column in listing.facts
        if column.link or (column.name in names if names else column.shown)
    ]
    return shown or list(listing.facts)


def heads(columns: Sequence[Column], asked: QueryDict) -> list[dict[str, Any]]:
    """The head of each column, with the address that sorts by it and how it is sorted now."""
    order = asked.get("sort", "")
    drawn = []
    for column in columns:
        up = order == column.name
        url = _with(_without(asked, "cursor"), sort=f"-{column.name}" if up else column.name)
        sorted_now = "ascending" if up else "descending" if order == f"-{column.name}" else ""
        drawn.append(
            {
                "classes": column.classes,
                "label": column.label,
                "url": url if column.sort else "",
                "sorted": sorted_now if column.sort else "",
            }
        )
    return drawn


def lines(
    listing: Listing, columns: Sequence[Column], rows: Sequence[Any], at: datetime
) -> list[dict[str, Any]]:
    """Each row with its drawn cells; nothing where a listing has a template for its rows."""
    if not columns:
        return []
    opens = any(column.link for column in columns)
    return [
        {"row": row, "cells": [column.draw(row, at, url) for column in columns]}
        for row in rows
        for url in [listing.row_url(row) if opens else ""]
    ]


def facts_of(listing: Listing, row: Any, at: datetime) -> list[dict[str, Any]]:
    """The facts of `row` for its card: each column that has something to say and is not in the heading."""
    facts = []
    for column in listing.facts:
        cell = column.read(row, at)
        if column.known in HEADING or column.known.sheet is None or cell.value in (None, ""):
            continue
        drawn = column.cell(row, at) if column.cell else column.known.draw(cell)
        value = str(cell.value) if column.known is PLACE else conditional_escape(drawn)
        facts.append({"label": column.label, "value": value})
    return facts


def _tabs(listing: Listing, request: PageRequest, current: View) -> list[dict[str, Any]]:
    asked, user = _without(request.GET, "cursor"), request.user
    wanted = listing.wanted(asked)
    return [
        {
            "label": view.label,
            "current": view is current,
            "hot": view.hot,
            "url": _with(asked, view=view.key),
            "count": listing.filtered(user, asked, view, wanted).count()
            if listing.counts
            else None,
        }
        for view in listing.views
    ]


def chips_of(listing: Listing, asked: QueryDict) -> list[dict[str, Any]]:
    """The filters as `ui/_filters.html` draws them."""
    drawn = []
    for chip in listing.filters:
        off = _without(asked, "cursor", *chip.keys)
        facts = chip.chip(asked)
        for choice in facts.get("choices", ()) if chip.single else ():
            choice["url"] = _with(off, **{chip.key: choice["value"]})
        drawn.append(
            {
                "label": chip.label,
                "key": chip.key,
                "keys": chip.keys,
                "part": f"ui/_filter_{chip.part}.html",
                "single": chip.single,
                "kept": off,
                "off_url": "?" + off.urlencode(),
                **facts,
            }
        )
    return drawn


def sheet_of(listing: Listing, user: User, asked: QueryDict) -> dict[str, str] | None:
    """What the page sends to get its workbook; who runs the house takes none out of it."""
    if not listing.sheet or user.role_codes() & ADMINISTRATORS:
        return None
    return {"list": listing.key, "query": _without(asked, "cursor").urlencode()}


def saved_by(listing: Listing, user: User, asked: QueryDict) -> dict[str, Any]:
    """The views that `user` keeps of the list, and what could be kept under a name now."""
    query, view = listing.query_of(asked), urlencode({"view": asked.get("view", "")})
    saved = [
        {"pk": kept.pk, "name": kept.name, "url": "?" + kept.query, "on": kept.query == query}
        for kept in SavedView.objects.of(user, listing.key)
    ]
    new = query not in ("", view) and not any(kept["on"] for kept in saved)
    return {"saved": saved, "savable": query if new else ""}


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
