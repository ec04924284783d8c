"""A column: one fact of a row, declared once for table, workbook, API, filter and sort."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise, cached_property
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from houqin.ui.lists.kinds import TEXT, Cell, ColumnKind, kind_of

Words = str | Promise


@dataclass(frozen=True)
class Column:
    """One fact of a row. `name` is the way to it from the row ("place", "demand.title"); label and kind come
    from the field of the model where they are left out.

    `value` reads it where no attribute holds it; `cell` draws it in its own way. The cell of a `link` opens
    the row. Where there is no room, columns that give 1 go first and those that give 5 last; 0 stays. A
    column that is not `shown` is in the workbook, and in the table of whoever chooses it. `sort` is the
    lookup to order by, `filter` offers a filter, and `api` is the name of its field ("" for none).
    """

    name: str
    label: Words = ""
    kind: ColumnKind | None = None
    _: KW_ONLY
    value: Callable[[Any], Any] | None = None
    cell: Callable[[Any, datetime], str] | None = None
    link: bool = False
    gives: int = 0
    shown: bool = True
    phone: bool = False
    sort: str | bool = False
    filter: bool = False
    look: str = ""
    width: int = 0
    api: str | None = None

    def bound(self, model: type[models.Model]) -> Column:
        """The column with what the field of `model` says about it."""
        kind, label = self._of_field(field_at(model, self.name))
        sort = self.name.replace(".", "__") if self.sort is True else self.sort or ""
        api = self.name.replace(".", "_") if self.api is None else self.api
        return replace(self, label=label, kind=kind, sort=sort, api=api)

    def _of_field(self, field: models.Field[Any, Any] | None) -> tuple[ColumnKind, Words]:
        """The kind and the label: the column's own before those of the field."""
        if field is None:
            return self.kind or TEXT, self.label or self.name
        return self.kind or kind_of(field), self.label or field.verbose_name

    @property
    def known(self) -> ColumnKind:
        """The kind, of a bound column."""
        assert self.kind is not None, self.name
        return self.kind

    @cached_property
    def classes(self) -> str:
        """The css classes of the head and the cells."""
        hidden = "" if self.known.slot or self.phone else "hide-phone"
        gives = f"gives-{self.gives}" if self.gives else ""
        return " ".join(filter(None, (self.look or self.known.look, gives, hidden)))

    def read(self, row: Any, at: datetime | None = None) -> Cell:
        """The cell of `row` under this column."""
        if self.value is not None:
            return Cell(row, "", self.value(row), at)
        owner, *rest = self.name.split(".")
        holder, value, name = row, getattr(row, owner, None), owner
        for step in rest:
            holder, value, name = value, getattr(value, step, None), step
        return Cell(holder, name, value() if callable(value) else value, at)

    def draw(self, row: Any, at: datetime, url: str) -> SafeString:
        """The `<td>` of `row`; a link opens `url`."""
        cell = self.read(row, at)
        inner: str = conditional_escape(self.cell(row, at) if self.cell else self.known.draw(cell))
        if self.link:
            inner = f'<a href="{escape(url)}" data-open>{inner}</a>'
        return SafeString(f'<td class="{self.classes}"{self._attributes(cell)}>{inner}</td>')

    def _attributes(self, cell: Cell) -> str:
        """The hint, and the label that a phone shows beside the value."""
        hint = f' title="{escape(self.known.hint(cell))}"' if self.known.hint else ""
        return f'{hint} data-label="{escape(str(self.label))}"' if self.phone else hint

    def written(self, row: Any) -> Any:
        """What the workbook holds of `row`."""
        assert self.known.sheet is not None
        return self.known.sheet(self.read(row))

    def schema(self) -> dict[str, Any]:
        """The fields of the API with their types."""
        if not self.api or (self.known.sheet is None and self.value is None):
            return {}
        words = {f"{self.api}_words": str} if self.known.coded else {}
        return {self.api: self.known.schema} | words

    def tell(self, row: Any) -> dict[str, Any]:
        """The fields of the API for `row`."""
        assert self.api
        cell = self.read(row)
        words = {f"{self.api}_words": cell.words} if self.known.coded else {}
        return {self.api: self.known.tell(cell)} | words


def field_at(model: type[models.Model], name: str) -> models.Field[Any, Any] | None:
    """The field of `model` that a dotted name leads to; None where an attribute is no field."""
    field: Any = None
    for step in name.split("."):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return None
        model = field.remote_field.model if field.remote_field else model
    return field if isinstance(field, models.Field) else None
