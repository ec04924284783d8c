"""The words of fields with choices."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.choices import CallableChoiceIterator


def choice_words(row: Any, name: str) -> str | None:
    """What `row` says in its field `name`, in the reader's language; None where that has no choices.

    Django's get_…_display makes a dictionary of translated words at each call; this one is made once.
    """
    if not isinstance(row, models.Model):
        display = getattr(row, f"get_{name}_display", None)
        return str(display()) if display else None
    field = _field(type(row), name)
    if field is None:
        return None
    value = getattr(row, name)
    # What apps register later is asked for each time.
    registered = isinstance(field.choices, CallableChoiceIterator)
    labels = dict(field.flatchoices) if registered else _labels(field)
    return str(labels.get(value, "" if value is None else value))


@cache
def _field(model: type[models.Model], name: str) -> models.Field[Any, Any] | None:
    """The field with choices of that name."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) and field.choices is not None else None


@cache
def _labels(field: models.Field[Any, Any]) -> Mapping[Any, Any]:
    return dict(field.flatchoices)
