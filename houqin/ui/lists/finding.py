"""What the box that searches everything knows of a list: the words of its columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from houqin.kernel.people.models import User
from houqin.platform.search.registry import Indexed, Shown, Text, register
from houqin.ui.lists.columns import Column
from houqin.ui.lists.listing import Listing


def make_findable(
    listing: Listing,
    kind: str,
    *,
    icon: str,
    at: str,
    open_states: Collection[str],
    facts: Sequence[str],
    order: int = 100,
) -> None:
    """Let the rows of `listing` be found by number, title and whatever its columns say in words.

    `at` names the field by which the newest come first, `facts` the columns that are shown beside the title.
    """

    def text(row: Any, said: Sequence[str], inner: Sequence[str]) -> Text:
        words = [_words(column, row) for column in listing.sheet]
        return Text(
            number=row.number,
            title=row.title,
            body="\n".join(dict.fromkeys(filter(None, words))),
            thread=said,
            inner=inner,
            open=row.status in open_states,
            at=getattr(row, at),
        )

    def shown(row: Any, user: User) -> Shown:
        named = [column for column in listing.facts if column.name in facts]
        words = [_words(column, row) for column in named]
        return Shown(row.get_absolute_url(), row.title, row.number, list(filter(None, words)), row)

    register(
        Indexed(
            kind=kind,
            label=listing.model._meta.verbose_name,
            icon=icon,
            order=order,
            model=listing.model,
            rows=lambda: listing.model.objects.with_all(),
            text=text,
            shown=shown,
            inner_to=lambda user: listing.model.objects.none(),
        )
    )


def _words(column: Column, row: Any) -> str:
    """What a cell says in words; a moment is nothing to search for."""
    value = column.written(row)
    return "" if value is None or isinstance(value, date | bool) else str(value)
