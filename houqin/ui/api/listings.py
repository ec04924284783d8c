"""The list of a page as a list of the API: the same views, filters, search and order, by keyset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, create_model

from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.problems import Trouble
from houqin.ui.keyset import is_cursor
from houqin.ui.lists import Filter, Listing
from houqin.ui.lists.filters import is_day

MOST = 100
MOST_KEY = 2**63 - 1
DATES = "A day such as 2026-11-23; included."
WORDS = "Part of a name."
SORT = "A column to sort by, with - in front for descending, in place of the view's own order."
SEARCH = "Words that all have to be found."
FILTER = "Only rows of this value; a value that does not exist is answered with those that do."


class Asked(Schema):
    """What every list can be asked for."""

    cursor: str = Field(
        "", max_length=400, description="`next` of the page before; empty for the first."
    )
    limit: int = Field(30, ge=1, le=MOST)


class Listed(Schema):
    next: str = Field("", description="The cursor of the page after this one; empty on the last.")


def asked_of(listing: Listing, name: str) -> type[Asked]:
    """The parameters of `listing`: its views, its filters and, where it can be searched, `q`."""
    fields: dict[str, Any] = {"view": _view_parameter(listing)}
    for chip in listing.filters:
        fields |= {key: _parameter(chip) for key in chip.keys}
    if columns := _sortable(listing):
        fields["sort"] = (str, Field("", max_length=60, description=SORT, examples=columns[:1]))
    if listing.search:
        fields["q"] = (str, Field("", max_length=300, description=SEARCH))
    return create_model(name, __base__=Asked, **fields)


def _view_parameter(listing: Listing) -> tuple[Any, Any]:
    keys = [view.key for view in listing.views]
    return str, Field(keys[0], json_schema_extra={"enum": list(keys)}, description="Which rows.")


def _sortable(listing: Listing) -> list[str]:
    """The columns by which rows may be sorted."""
    return [column.name for column in listing.facts if column.sort]


def _parameter(chip: Filter) -> tuple[Any, Any]:
    if chip.part == "choices" and not chip.single:
        return list[str], Field([], max_length=40, description=FILTER)
    words = {"dates": DATES, "words": WORDS}.get(chip.part, FILTER)
    return str, Field("", max_length=60, description=words)


def read_listing(
    request: ApiRequest, listing: Listing, asked: Asked, row: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    """A page of what the caller may see, each through `row`; a constant number of queries.

    Raises Trouble (422) for a view, a filter's value or a cursor that does not exist.
    """
    query = check(request, asked)
    if query["view"] not in (views := [tab.key for tab in listing.views]):
        raise Trouble(422, errors=[("view", _no_choice(views))])
    _check(listing, query)
    page = listing.read(request.user, request.GET, cursor=asked.cursor, size=asked.limit)
    return {"items": [row(record) for record in page.rows], "next": page.next}


def check(request: ApiRequest, asked: Asked) -> dict[str, Any]:
    """What is asked for, by name. Raises Trouble (422) for a parameter that the list does not have: who has
    mistyped a filter would take all rows for the answer."""
    query = asked.model_dump()
    if unknown := [name for name in request.GET if name not in query]:
        raise Trouble(422, errors=[(name, _("没有这样的参数。")) for name in unknown])
    return query


def _check(listing: Listing, query: dict[str, Any]) -> None:
    for chip in listing.filters:
        _check_filter(chip, query)
    columns = _sortable(listing)
    if query.get("sort") and query["sort"].removeprefix("-") not in columns:
        raise Trouble(422, errors=[("sort", _no_choice(columns))])
    if query["cursor"] and not is_cursor(query["cursor"]):
        raise _no_cursor()


def _check_filter(chip: Filter, query: dict[str, Any]) -> None:
    if chip.part == "dates":
        _check_days(chip.keys, query)
    elif chip.part == "choices" and (wanted := query[chip.key]):
        _check_choice(chip, [wanted] if isinstance(wanted, str) else wanted)


def _check_days(keys: Sequence[str], query: dict[str, Any]) -> None:
    wrong = [key for key in keys if query[key] and not is_day(query[key])]
    if wrong:
        raise Trouble(422, errors=[(key, _("请写成 2026-11-23 这样的日期。")) for key in wrong])


def _check_choice(chip: Filter, wanted: Sequence[str]) -> None:
    known = [str(value) for value, _words in chip.choices()]
    if set(wanted) - {*known, ""}:
        raise Trouble(422, errors=[(chip.key, _no_choice(known[:40]))])


def read_key(cursor: str) -> int:
    """The primary key that a cursor by key stands for. Raises Trouble (422) when it is none."""
    if not (cursor.isascii() and cursor.isdecimal()) or int(cursor) > MOST_KEY:
        raise _no_cursor()
    return int(cursor)


def _no_cursor() -> Trouble:
    """A client that is answered with the first page instead would read for ever."""
    return Trouble(422, errors=[("cursor", _("请用上一页答复里的 next，或留空从头读。"))])


def _no_choice(known: list[str]) -> str:
    return _("没有这个选项，可用的有：%(known)s") % {"known": _("、").join(known)}
