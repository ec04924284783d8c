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
    by_field = F(lookup).desc(nulls_first=True) if flip else F(lookup).asc(nulls_last=True)
    ordered = rows.order_by(by_field, "-pk" if flip else "pk")
    if key is not None:
        ordered = ordered.filter(_beyond(lookup, value, key, flip))
    read = list(ordered[: size + 1])
    more, read = len(read) > size, read[:size]
    if backwards:
        read.reverse()
    after, before = (key is not None, more) if backwards else (more, key is not None)
    return Page(
        read,
        _write(read[-1], lookup, False) if after and read else "",
        _write(read[0], lookup, True) if before and read else "",
    )


def is_cursor(cursor: str) -> bool:
    """Whether a page of ours may have written `cursor`."""
    return _read(cursor, _plain)[2] is not None


def _beyond(lookup: str, value: Any, key: int, flip: bool) -> Q:
    side = "lt" if flip else "gt"
    same = Q(
        **{f"{lookup}__isnull": True} if value is None else {lookup: value}, **{f"pk__{side}": key}
    )
    if value is None:
        return same | Q(**{f"{lookup}__isnull": False}) if flip else same
    past = Q(**{f"{lookup}__{side}": value})
    return past | same if flip else past | same | Q(**{f"{lookup}__isnull": True})


def _write(row: Any, lookup: str, backwards: bool) -> str:
    value = row
    for step in lookup.split("__"):
        value = getattr(value, step, None)
    plain = value.isoformat() if isinstance(value, date | time) else value
    text = json.dumps([backwards, plain, row.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, reader: Callable[[Any], Any]) -> tuple[bool, Any, int | None]:
    """Anybody may have written it: whatever no page of ours has written reads as no cursor."""
    if not cursor:
        return False, None, None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        backwards, value, key = json.loads(base64.urlsafe_b64decode(padded))
        if isinstance(key, bool) or not -LARGEST <= int(key) < LARGEST:
            return False, None, None
        return bool(backwards), None if value is None else reader(value), int(key)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return False, None, None


def _reader(rows: QuerySet[Any], lookup: str) -> Callable[[Any], Any]:
    """What reads a value of the lookup's field out of a cursor; raises ValueError or TypeError otherwise."""
    model: Any = rows.model
    field: Any = rows.query.annotations.get(lookup)
    for step in () if field is not None else lookup.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model or model
    field = getattr(field, "output_field", field)
    if isinstance(field, models.DateTimeField):
        return lambda value: datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(field, models.DateField):
        return date.fromisoformat
    if isinstance(field, models.TimeField):
        return time.fromisoformat
    return _number if isinstance(field, models.IntegerField | models.BooleanField) else _text


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
