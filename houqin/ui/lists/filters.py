"""Filters of a list: chips above it, each with its own part of the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.ui.lists.columns import Column, field_at

Words = str | Promise
Choices = Sequence[tuple[str, Words]]
MOST = 200  # choices of a related table


@dataclass(frozen=True)
class Filter:
    """A choice of values: `narrow(rows, values)` picks the rows of any of them. One that is `single` takes
    one value at a time."""

    key: str
    label: Words
    choices: Callable[[], Choices]
    narrow: Callable[[Any, list[str]], Any]
    single: bool = False
    part = "choices"

    @property
    def keys(self) -> Sequence[str]:
        """The parameters of the address."""
        return (self.key,)

    def values(self, asked: QueryDict) -> list[str]:
        """What is chosen, each once; what nobody offers reads as nothing."""
        wanted = [value for value in asked.getlist(self.key) if value]
        if not wanted:
            return []
        offered = {str(value) for value, _words in self.choices()}
        known = [value for value in dict.fromkeys(wanted) if value in offered]
        return known[-1:] if self.single else known

    def apply(self, rows: Any, values: list[str]) -> Any:
        """The rows that `values`, read from an address, leave."""
        return self.narrow(rows, values)

    def chip(self, asked: QueryDict) -> dict[str, Any]:
        """What the chip shows: the words of what is chosen, and what can be."""
        chosen = set(self.values(asked))
        choices = [
            {"value": str(value), "label": words, "on": str(value) in chosen}
            for value, words in self.choices()
        ]
        words = [str(choice["label"]) for choice in choices if choice["on"]]
        return {"chosen": _summary(words), "choices": choices}


def _summary(words: list[str]) -> str:
    """The first two of what is chosen, and how many there are."""
    more = _("等 %(count)s 项") % {"count": len(words)} if len(words) > 2 else ""
    return _("、").join(words[:2]) + more


@dataclass(frozen=True)
class PlaceFilter(Filter):
    """Campuses and buildings; with everything below them."""

    choices: Callable[[], Choices] = lambda: wide_places()
    narrow: Callable[[Any, list[str]], Any] = lambda rows, values: rows
    path: str = "place__path"

    def apply(self, rows: Any, values: list[str]) -> Any:
        inside = Q(pk__in=[])
        for path in Place.objects.filter(code__in=values).values_list("path", flat=True):
            inside |= Q(**{f"{self.path}__startswith": path})
        return rows.filter(inside)


@dataclass(frozen=True)
class DateFilter(Filter):
    """From one day to another, both of them included; either may be left out."""

    choices: Callable[[], Choices] = tuple
    narrow: Callable[[Any, list[str]], Any] = lambda rows, values: rows
    lookup: str = ""
    moments: bool = True
    part = "dates"

    @property
    def keys(self) -> Sequence[str]:
        return (f"{self.key}_from", f"{self.key}_to")

    def values(self, asked: QueryDict) -> list[str]:
        """The first and the last day, "" where one is left out; nothing without either."""
        days = [day_of(asked.get(key, "")) for key in self.keys]
        return days if any(days) else []

    def apply(self, rows: Any, values: list[str]) -> Any:
        first, last = values
        if first:
            rows = rows.filter(**{f"{self.lookup}__gte": self._bound(first)})
        if last:
            beyond = date.fromisoformat(last) + timedelta(days=1)
            rows = rows.filter(**{f"{self.lookup}__lt": self._bound(beyond.isoformat())})
        return rows

    def chip(self, asked: QueryDict) -> dict[str, Any]:
        first, last = self.values(asked) or ("", "")
        return {"chosen": _stretch_words(first, last), "first": first, "last": last}

    def _bound(self, day: str) -> date:
        at = date.fromisoformat(day)
        zone = get_current_timezone()
        return datetime.combine(at, time.min, zone) if self.moments else at


@dataclass(frozen=True)
class WordFilter(Filter):
    """A name to type, where there are too many to choose from."""

    choices: Callable[[], Choices] = tuple
    narrow: Callable[[Any, list[str]], Any] = lambda rows, values: rows
    lookups: Sequence[str] = ()
    part = "words"

    def values(self, asked: QueryDict) -> list[str]:
        word = asked.get(self.key, "").replace("\0", "").strip()[:60]
        return [word] if word else []

    def apply(self, rows: Any, values: list[str]) -> Any:
        for word in values:
            rows = rows.filter(self._holds(word))
        return rows

    def _holds(self, word: str) -> Q:
        fits = Q()
        for lookup in self.lookups:
            fits |= Q(**{f"{lookup}__icontains": word})
        return fits

    def chip(self, asked: QueryDict) -> dict[str, Any]:
        return {"chosen": "".join(self.values(asked))}


def _stretch_words(first: str, last: str) -> str:
    if first and last:
        return f"{first} – {last}"
    if first:
        return _("%(day)s 起") % {"day": first}
    return _("%(day)s 止") % {"day": last} if last else ""


def day_of(text: str) -> str:
    """A date of the calendar as it is written in an address; "" for anything else."""
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return day.isoformat() if day and 1900 < day.year < 2200 else ""


def is_day(text: str) -> bool:
    """Whether an address may name `text` as a day."""
    return bool(day_of(text))


def wide_places() -> Choices:
    """Campuses with their buildings, by code."""
    kinds = (Place.Kind.CAMPUS, Place.Kind.BUILDING)
    rows = Place.objects.filter(kind__in=kinds).values_list("code", "full_name")
    return list(rows[:MOST])


def filter_of(column: Column, model: type[models.Model]) -> Filter:
    """The filter that the field of a column has by itself."""
    field = field_at(model, column.name)
    assert field is not None, f"{column.name}: give the listing a Filter of its own"
    key, lookup = column.name.replace(".", "_"), column.name.replace(".", "__")
    return _filter_by(field, lookup, key, column.label)


def _filter_by(field: models.Field[Any, Any], lookup: str, key: str, label: Words) -> Filter:
    related = field.remote_field.model if field.remote_field else None
    if related is Place:
        return PlaceFilter(key, label, path=f"{lookup}__path")
    if related is not None and issubclass(related, User):
        return WordFilter(key, label, lookups=(f"{lookup}__name", f"{lookup}__username"))
    if isinstance(field, models.DateField):
        moments = isinstance(field, models.DateTimeField)
        return DateFilter(key, label, lookup=lookup, moments=moments)
    return Filter(key, label, _choices_of(field), _any_of(lookup))


def _any_of(lookup: str) -> Callable[[Any, list[str]], Any]:
    return lambda rows, values: rows.filter(**{f"{lookup}__in": values})


def _choices_of(field: models.Field[Any, Any]) -> Callable[[], Choices]:
    if field.remote_field:
        related = field.remote_field.model._default_manager
        return lambda: [(str(row.pk), str(row)) for row in related.all()[:MOST]]
    if isinstance(field, models.BooleanField):
        return lambda: [("True", _("是")), ("False", _("否"))]
    return lambda: [(str(value), str(words)) for value, words in field.flatchoices]
