"""The kinds of columns: how a value is drawn in a cell, written in a workbook and told by the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from houqin.kernel.choices import choice_words
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.ui import formatting

EMPTY: Final = "—"
GRADES: Final = dict(Grade.choices)


@dataclass(frozen=True)
class Cell:
    """One value of a row: `owner` is the object that holds it under `name`; drawn at the moment `at`."""

    owner: Any
    name: str
    value: Any
    at: datetime | None = None

    @property
    def words(self) -> str:
        """The value of a field with choices as a person reads it."""
        words = choice_words(self.owner, self.name)
        return str("" if self.value is None else self.value) if words is None else words


def _plain(cell: Cell) -> str:
    return escape(cell.words) if cell.words else EMPTY


def _words(cell: Cell) -> str:
    return cell.words


def _value(cell: Cell) -> Any:
    return cell.value


@dataclass(frozen=True)
class ColumnKind:
    """`look` are the css classes of the cell, `width` the characters of the workbook's column. `slot` says
    that a phone has a place for it; another column needs its label there. `schema` is the type of the API's
    field; a `coded` kind tells the code, and beside it the words."""

    look: str = ""
    width: int = 14
    draw: Callable[[Cell], str] = _plain
    sheet: Callable[[Cell], Any] | None = _words
    schema: Any = str
    tell: Callable[[Cell], Any] = _words
    hint: Callable[[Cell], str] | None = None
    slot: bool = False
    coded: bool = False


def state_html(thing: Any, name: str = "status") -> str:
    """The state of an object in words; its class says the tint: TONES = {status: doing|hold|done|back}."""
    tone = getattr(thing, "TONES", {}).get(getattr(thing, name), "")
    words = choice_words(thing, name)
    return format_html('<span class="state{}">{}</span>', f" state--{tone}" if tone else "", words)


def grade_html(code: str, *, tag: bool = False) -> str:
    """A grade by its code: word and shape; `tag` tints it."""
    if code not in GRADES:
        return ""
    look = f" grade--{code}" if code in ("urgent", "important") else ""
    look += " grade--tag" if tag else ""
    return format_html('<span class="grade{}">{}</span>', look, GRADES[code])


def _place(cell: Cell) -> str:
    return escape(cell.value.short_name) if cell.value else EMPTY


def _tell_place(cell: Cell) -> Any:
    return {"code": cell.value.code, "name": cell.value.full_name} if cell.value else None


def _moment(cell: Cell) -> str:
    return formatting.moment(cell.value, cell.at) if cell.value and cell.at else EMPTY


def _day(cell: Cell) -> str:
    return formatting.stretch(cell.value, None) if cell.value else EMPTY


def _money(cell: Cell) -> str:
    return EMPTY if cell.value is None else formatting.money(cell.value)


def _yuan(cell: Cell) -> float | None:
    return None if cell.value is None else cell.value / 100


def _switch(cell: Cell) -> str:
    look = "" if cell.value else " state--back"
    return format_html('<span class="state{}">{}</span>', look, _switch_words(cell))


def _switch_words(cell: Cell) -> str:
    return _("在用") if cell.value else _("停用")


TEXT: Final = ColumnKind()
TITLE: Final = ColumnKind("rows__title", 40, slot=True)
REMARK: Final = ColumnKind("rows__remark", 40)
NUMBER: Final = ColumnKind("rows__no num", 16, slot=True)
PERSON: Final = ColumnKind("rows__who", 14, slot=True)
CHOICE: Final = ColumnKind("", 10, tell=_value, coded=True)
PLACE: Final = ColumnKind(
    "rows__place",
    30,
    _place,
    schema=dict[str, str] | None,
    tell=_tell_place,
    hint=_words,
    slot=True,
)
STATE: Final = ColumnKind(
    "rows__state",
    10,
    lambda cell: state_html(cell.owner, cell.name),
    tell=_value,
    slot=True,
    coded=True,
)
GRADE: Final = ColumnKind(
    "rows__grade", 8, lambda cell: grade_html(cell.value), tell=_value, slot=True, coded=True
)
CLOCK: Final = ColumnKind("rows__clock", sheet=None, slot=True)
ACTION: Final = ColumnKind("r", sheet=None, slot=True)
MOMENT: Final = ColumnKind("num", 17, _moment, _value, datetime | None, _value)
DAY: Final = ColumnKind("num", 12, _day, _value, date | None, _value)
MONEY: Final = ColumnKind("r num", 12, _money, _yuan, int | None, _value)
COUNT: Final = ColumnKind("r num", 10, _plain, _value, int | None, _value)
SWITCH: Final = ColumnKind("rows__state", 10, _switch, _switch_words, bool, _value, slot=True)


def kind_of(field: models.Field[Any, Any]) -> ColumnKind:
    """The kind that a field of a model has by itself."""
    related = field.remote_field.model if field.remote_field else None
    if related is not None:
        return PLACE if related is Place else PERSON if issubclass(related, User) else TEXT
    if isinstance(field, models.BooleanField):
        return SWITCH
    if field.choices:
        return {"status": STATE, "grade": GRADE}.get(field.name, CHOICE)
    if isinstance(field, models.DateTimeField):
        return MOMENT
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.IntegerField):
        return MONEY if field.name.endswith("_fen") else COUNT
    return NUMBER if field.name in ("number", "code") else TEXT
