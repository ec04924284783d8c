"""Keyset paging: a page costs the same wherever it lies, and no row is shown twice or skipped."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursors of the pages beside it ("" where there is none)."""

    rows: list[Any]
    next: str
    previous: str


def read_page(rows: QuerySet[Any], order: str, cursor: str, *, size: int = 30) -> Page:
    """The page of `rows` at `cursor`, by `order` (a moment or a text, "-" before it for descending) and key.

    Empty values come last in ascending order. A cursor that makes no sense reads as the first page.
    """
    field, descending = order.lstrip("-"), order.startswith("-")
    texts = {one.name for one in rows.model._meta.fields if isinstance(one, CharField)}
    backwards, value, key = _read(cursor, text=field in texts)
    flip = descending != backwards
    by_field = F(field).desc(nulls_first=True) if flip else F(field).asc(nulls_last=True)
    ordered = rows.order_by(by_field, "-pk" if flip else "pk")
    if key is not None:
        ordered = ordered.filter(_beyond(field, value, key, flip))
    found = list(ordered[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    after, before = (key is not None, more) if backwards else (more, key is not None)
    return Page(
        found,
        _write(found[-1], field, False) if after and found else "",
        _write(found[0], field, True) if before and found else "",
    )


def is_cursor(cursor: str) -> bool:
    """Whether a page of ours may have said `cursor`."""
    return _read(cursor)[2] is not None


def _beyond(field: str, value: datetime | str | None, key: int, flip: bool) -> Q:
    side = "lt" if flip else "gt"
    same = Q(
        **{f"{field}__isnull": True} if value is None else {field: value}, **{f"pk__{side}": key}
    )
    if value is None:
        return same | Q(**{f"{field}__isnull": False}) if flip else same
    past = Q(**{f"{field}__{side}": value})
    return past | same if flip else past | same | Q(**{f"{field}__isnull": True})


def _write(row: Any, field: str, backwards: bool) -> str:
    value: datetime | str | None = getattr(row, field)
    said = [backwards, value.isoformat() if isinstance(value, datetime) else value, row.pk]
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def _read(cursor: str, *, text: bool = False) -> tuple[bool, datetime | str | None, int | None]:
    """Anybody may have written it: whatever no page of ours has said reads as no cursor."""
    if not cursor:
        return False, None, None
    try:
        backwards, said, key = json.loads(
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        )
        if said is not None and not (text and isinstance(said, str) and "\0" not in said):
            said = datetime.fromisoformat(said).astimezone(UTC)
        return bool(backwards), said, int(key)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return False, None, None
