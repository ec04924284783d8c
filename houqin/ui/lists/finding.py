"""What the box that searches everything knows of a list: the words of its columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from houqin.kernel.people.models import User
from houqin.platform.search.registry import Indexed, Shown, Text, register
from houqin.ui.lists.columns import Column
from houqin.ui.lists.listing import Listing


@dataclass(frozen=True, kw_only=True)
class Findable:
    """The rows of `listing` as they are found: by number, title and whatever its columns say in words.

    `at` names the field by which the newest come first, `facts` the columns shown beside the title, and
    `open_states` are those of rows that are not settled.
    """

    listing: Listing
    kind: str
    icon: str
    at: str
    open_states: Collection[str]
    facts: Sequence[str]
    order: int = 100

    def __post_init__(self) -> None:
        model = self.listing.model
        register(
            Indexed(
                kind=self.kind,
                label=model._meta.verbose_name,
                icon=self.icon,
                order=self.order,
                model=model,
                rows=lambda: model.objects.with_all(),
                text=self.text,
                shown=self.shown,
                inner_to=lambda user: model.objects.none(),
            )
        )

    def text(self, row: Any, thread: Sequence[str], inner: Sequence[str]) -> Text:
        """What is indexed of `row`."""
        words = [_words(column, row) for column in self.listing.sheet]
        return Text(
            number=row.number,
            title=row.title,
            body="\n".join(dict.fromkeys(filter(None, words))),
            thread=thread,
            inner=inner,
            open=row.status in self.open_states,
            at=getattr(row, self.at),
        )

    def shown(self, row: Any, user: User) -> Shown:
        """How `row` looks when it is found."""
        named = [column for column in self.listing.facts if column.name in self.facts]
        words = [_words(column, row) for column in named]
        return Shown(row.get_absolute_url(), row.title, row.number, list(filter(None, words)), row)


def _words(column: Column, row: Any) -> str:
    """What a cell says in words; a moment is nothing to search for."""
    value = column.written(row)
    return "" if value is None or isinstance(value, date | bool) else str(value)
