"""A cell of a table as what a form would get from its page, and the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _

from houqin.platform.sheets.moments import read_moment
from houqin.platform.sheets.reading import Cell
from houqin.platform.sheets.words import (
    NO,
    YES,
    only_ones,
    plain_name,
    several,
    spellings,
    text_of,
)

NAMES: Final = ("full_name", "name", "title")
CODES: Final = ("code", "number", "username", "letter")
MANY: Final = (forms.ModelMultipleChoiceField, forms.MultipleChoiceField)


class Cells:
    """The cells of one field; the words of its choices are read once."""

    def __init__(self, field: forms.Field) -> None:
        self.field = field
        self._words: dict[str, Any] | None = None

    def posted(self, cell: Cell) -> Any:
        """What the page would have sent. Raises ValueError with a sentence."""
        field, text = self.field, text_of(cell).strip()
        if isinstance(field, MANY):
            return [self._chosen(word) for word in several(text)]
        if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
            return self._chosen(text)
        write = next((write for kind, write in WRITERS if isinstance(field, kind)), None)
        return write(cell, text) if write else text

    def _chosen(self, text: str) -> Any:
        if self._words is None:
            self._words = _words(self.field)
        value = self._words.get(plain_name(text))
        if value is None:
            words = {"label": self.field.label or "", "words": text[:40]}
            raise ValueError(
                _("没有叫“%(words)s”的%(label)s，或有几个同名；同名的请写编码或全称。") % words
            )
        return value


def _words(field: Any) -> dict[str, Any]:
    """Everything a choice may be called → what the page sends for it. Codes come before names."""
    if isinstance(field, forms.ModelChoiceField):
        called = _names_of(list(field.queryset or ()))
        return {words: field.prepare_value(thing) for words, thing in called.items() if words}
    words: dict[str, Any] = {}
    for value, label in flat(field.choices):
        if value not in ("", None):
            words |= {plain_name(spelling): value for spelling in spellings(label)}
            words.setdefault(plain_name(str(value)), value)
    return words


def _names_of(things: list[Any]) -> dict[str, Any]:
    """What each of `things` may be called → the thing; a name that two share names none of them."""
    called = only_ones((str(thing), thing) for thing in things)
    for name in NAMES:
        called |= only_ones((_called(thing, name), thing) for thing in things)
    for name in CODES:
        called |= {plain_name(_called(thing, name)): thing for thing in things}
    return called


def _called(thing: Any, name: str) -> str:
    return str(getattr(thing, name, "") or "")


def flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """The choices of a field, out of their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield value, label


def _yes(cell: Cell, text: str) -> bool:
    words = text.casefold()
    if isinstance(cell, bool) or words in YES or words in NO:
        return cell if isinstance(cell, bool) else words in YES
    raise ValueError(_("“%(words)s”不是“是”或“否”。") % {"words": text[:40]})


def _local(cell: Cell) -> datetime:
    zone = get_current_timezone()
    return read_moment(cell, zone=zone, order="ymd").astimezone(zone)


def _moment(cell: Cell, text: str) -> str:
    return f"{_local(cell):%Y-%m-%dT%H:%M:%S}"


def _day(cell: Cell, text: str) -> str:
    return f"{_local(cell):%Y-%m-%d}"


def _hour(cell: Cell, text: str) -> str:
    return f"{cell:%H:%M}" if isinstance(cell, time | datetime) else text.replace("：", ":")


def _number(cell: Cell, text: str) -> str:
    return text.replace(",", "").replace("，", "").strip("元¥￥ ")


# What the control of a field would send for a cell and its text; the first kind that fits holds.
WRITERS: Final[list[tuple[Any, Callable[[Cell, str], Any]]]] = [
    (forms.BooleanField, _yes),
    (forms.DateTimeField, _moment),
    (forms.DateField, _day),
    (forms.TimeField, _hour),
    (forms.IntegerField | forms.DecimalField, _number),
]


def shown_as(field: Any, value: Any) -> str:
    """The value of a field as a cell from which it can be read again."""
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple):
        return _("、").join(shown_as(field, item) for item in value)
    if isinstance(field, forms.ModelChoiceField):
        return _named(field, value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(words) for key, words in reversed(list(flat(field.choices)))}
        return labels.get(str(value), "")
    if isinstance(field, forms.BooleanField):
        return _("是") if value else _("否")
    return _plain(value)


def _plain(value: Any) -> str:
    """A value that no choice stands behind, as a cell holds it."""
    if isinstance(value, datetime):
        return f"{localtime(value) if value.tzinfo else value:%Y-%m-%d %H:%M}"
    if isinstance(value, date | time | Decimal):
        return str(value)
    return text_of(value)


def _named(field: Any, value: Any) -> str:
    """A row by its code, else by its full name, which are read again without doubt."""
    by = {field.to_field_name or "pk": value}
    thing = value if isinstance(value, Model) else field.queryset.filter(**by).first()
    if thing is None:
        return ""
    names = (_called(thing, name) for name in (*CODES, *NAMES))
    return next(filter(None, names), str(thing))
