"""A cell of a table as what a form would get from its page, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
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
        if isinstance(field, forms.BooleanField):
            return _yes(cell, text)
        if isinstance(field, forms.DateTimeField):
            return f"{_local(cell):%Y-%m-%dT%H:%M:%S}"
        if isinstance(field, forms.DateField):
            return f"{_local(cell):%Y-%m-%d}"
        if isinstance(field, forms.TimeField):
            return f"{cell:%H:%M}" if isinstance(cell, time | datetime) else text.replace("：", ":")
        if isinstance(field, forms.IntegerField | forms.DecimalField):
            return text.replace(",", "").replace("，", "").strip("元¥￥ ")
        return text

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
        things = list(field.queryset or ())
        called = only_ones((str(thing), thing) for thing in things)
        for name in NAMES:
            called |= only_ones((_called(thing, name), thing) for thing in things)
        for name in CODES:
            called |= {plain_name(_called(thing, name)): thing for thing in things}
        return {words: field.prepare_value(thing) for words, thing in called.items() if words}
    words: dict[str, Any] = {}
    for value, label in flat(field.choices):
        if value not in ("", None):
            words |= {plain_name(spelling): value for spelling in spellings(label)}
            words.setdefault(plain_name(str(value)), value)
    return words


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


def shown_as(field: Any, value: Any) -> str:
    """The value of a field as a cell from which it can be read again."""
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple):
        return _("、").join(shown_as(field, item) for item in value)
    if isinstance(field, forms.ModelChoiceField):
        return _named(field, value)
    if isinstance(field, forms.ChoiceField):
        return next(
            (str(words) for key, words in flat(field.choices) if str(key) == str(value)), ""
        )
    if isinstance(field, forms.BooleanField):
        return _("是") if value else _("否")
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
    return next(
        (_called(thing, name) for name in (*CODES, *NAMES) if _called(thing, name)), str(thing)
    )
