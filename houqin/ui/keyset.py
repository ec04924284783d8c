"""Keyset paging: a page costs the same wherever it lies, and no row is shown twice or skipped."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet

LARGEST = 2**63
NO_CURSOR = False, None, None  # whether it leads backwards, the value and the key of a row


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursors of the pages beside it ("" where there is none)."""

    rows: list[Any]
    next: str
    previous: str


def read_page(rows: QuerySet[Any], order: str, cursor: str, *, size: int = 30) -> Page:
    """The page of `rows` at `cursor`, by `order` (a lookup, "-" before it for descending) and key.

    Empty values come last in ascending order. A cursor that makes no sense reads as the first page.
    """
    lookup, descending = order.lstrip("-"), order.startswith("-")
    backwards, value, key = _read(cursor, _reader(rows, lookup))
    flip = descending != backwards
    ordered = _ordered(rows, lookup, flip)
    if key is not None:
        ordered = ordered.filter(_beyond(lookup, value, key, flip, _may_be_empty(rows, lookup)))
    read = list(ordered[: size + 1])
    more, read = len(read) > size, read[:size]
    if not backwards:
        return _page(read, lookup, after=more, before=key is not None)
    return _page(read[::-1], lookup, after=key is not None, before=more)


def _ordered(rows: QuerySet[Any], lookup: str, descending: bool) -> QuerySet[Any]:
    if descending:
        return rows.order_by(F(lookup).desc(nulls_first=True), "-pk")
    return rows.order_by(F(lookup).asc(nulls_last=True), "pk")


def _page(rows: list[Any], lookup: str, *, after: bool, before: bool) -> Page:
    """The page of `rows`, with cursors to what comes after and before it."""
    following = _write(rows[-1], lookup, False) if after and rows else ""
    previous = _write(rows[0], lookup, True) if before and rows else ""
    return Page(rows, following, previous)


def is_cursor(cursor: str) -> bool:
    """Whether a page of ours may have written `cursor`."""
    return _read(cursor, _plain)[2] is not None


def _beyond(lookup: str, value: Any, key: int, flip: bool, may_be_empty: bool) -> Q:
    """The rows past the one with `value` and `key`; `flip` reads in descending order. Wherever it can it
    begins with a plain bound, by which an index is entered: no database does so by an OR."""
    side = "lt" if flip else "gt"
    same_value = {f"{lookup}__isnull": True} if value is None else {lookup: value}
    same = Q(**same_value, **{f"pk__{side}": key})
    if value is None:
        return same | Q(**{f"{lookup}__isnull": False}) if flip else same
    past = Q(**{f"{lookup}__{side}": value}) | same
    if may_be_empty and not flip:
        return past | Q(**{f"{lookup}__isnull": True})
    return Q(**{f"{lookup}__{side}e": value}) & past


def _may_be_empty(rows: QuerySet[Any], lookup: str) -> bool:
    """Whether some row may have no value there."""
    if "__" in lookup or lookup in rows.query.annotations:
        return True
    return bool(_field(rows, lookup).null)


def _write(row: Any, lookup: str, backwards: bool) -> str:
    value = _value(row, lookup)
    plain = value.isoformat() if isinstance(value, date | time) else value
    text = json.dumps([backwards, plain, row.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _value(row: Any, lookup: str) -> Any:
    for step in lookup.split("__"):
        row = getattr(row, step, None)
    return row


def _read(cursor: str, reader: Callable[[Any], Any]) -> tuple[bool, Any, int | None]:
    """Anybody may have written it: whatever no page of ours has written reads as no cursor."""
    try:
        return _decoded(cursor, reader) if cursor else NO_CURSOR
    except (ValueError, TypeError, OverflowError, RecursionError):
        return NO_CURSOR


def _decoded(cursor: str, reader: Callable[[Any], Any]) -> tuple[bool, Any, int | None]:
    padded = cursor + "=" * (-len(cursor) % 4)
    backwards, value, key = json.loads(base64.urlsafe_b64decode(padded))
    if isinstance(key, bool) or not -LARGEST <= int(key) < LARGEST:
        return NO_CURSOR
    return bool(backwards), None if value is None else reader(value), int(key)


def _reader(rows: QuerySet[Any], lookup: str) -> Callable[[Any], Any]:
    """What reads a value of the lookup's field out of a cursor; raises ValueError or TypeError otherwise."""
    field = _field(rows, lookup)
    if isinstance(field, models.DateTimeField):
        return lambda value: datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(field, models.DateField):
        return date.fromisoformat
    if isinstance(field, models.TimeField):
        return time.fromisoformat
    return _number if isinstance(field, models.IntegerField | models.BooleanField) else _text


def _field(rows: QuerySet[Any], lookup: str) -> Any:
    """The field that `lookup` leads to from `rows`, or of what annotates them under that name."""
    field: Any = rows.query.annotations.get(lookup)
    if field is not None:
        return getattr(field, "output_field", field)
    model: Any = rows.model
    for step in lookup.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model or model
    return field


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or not -LARGEST <= value < LARGEST:
        raise ValueError(value)
    return value


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) else _text(value)
