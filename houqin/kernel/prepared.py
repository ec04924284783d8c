"""Queries that every request asks: Django writes their SQL once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = int | datetime


class PreparedQuery:
    """A query of values whose SQL is kept: to write it takes Django far longer than to ask it.

    `build(*values)` makes it with `values_list`, from one value of each of `kinds`, in the same way whatever
    they are. Rows come as the driver gives them: keys, texts and numbers.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type[Value]) -> None:
        self._build, self._kinds = build, kinds

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """What the database answers for `values`."""
        sql, constants, places = self._written
        parameters = list(constants)
        for place, nth in places.items():
            parameters[place] = _adapted(values[nth])
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    @cached_property
    def _written(self) -> tuple[str, Sequence[Any], dict[int, int]]:
        """The SQL, its parameters, and at which places of them which of the values stands."""
        examples = [_example(kind, nth) for nth, kind in enumerate(self._kinds)]
        sql, parameters = self._build(*examples).query.sql_with_params()
        adapted = [_adapted(example) for example in examples]
        places = {
            place: adapted.index(parameter)
            for place, parameter in enumerate(parameters)
            if parameter in adapted
        }
        return sql, parameters, places


def _example(kind: type[Value], nth: int) -> Value:
    """A value unlike all others of the query."""
    return 1_000_003 + nth if kind is int else datetime(2001, 1, 1, tzinfo=UTC) + timedelta(nth)


def _adapted(value: Value) -> Any:
    """The value as the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
