"""How many rows several querysets hold, asked of the database in one query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_each(querysets: Sequence[QuerySet[Any]]) -> list[int]:
    """The number of rows of each of `querysets`, in their order; one query for all of them."""
    parts, parameters = [], list[Any]()
    for nth, rows in enumerate(querysets):
        try:
            sql, values = rows.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {nth}, COUNT(*) FROM ({sql}) AS counted")
        parameters.extend(values)
    counts = dict(_rows(" UNION ALL ".join(parts), parameters)) if parts else {}
    return [counts.get(nth, 0) for nth in range(len(querysets))]


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        counts: list[tuple[int, int]] = cursor.fetchall()
        return counts
