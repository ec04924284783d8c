"""How many rows several querysets hold, asked of the database in one query that counts no further than
anybody reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNTED: Final = 999  # exactly; of more it is only known that there are more


def count_each(querysets: Sequence[QuerySet[Any]], *, most: int = COUNTED) -> list[int]:
    """The number of rows of each of `querysets`, in their order, `most` + 1 for any larger number; one query
    for all of them."""
    return CountQuery(querysets, most=most).counts()


def bounded(count: int) -> str:
    """The number as it is shown: 999+ where it has not been counted to the end."""
    return f"{COUNTED}+" if count > COUNTED else str(count)


class CountQuery:
    """The one query that counts several querysets; its SQL is written when it is made."""

    def __init__(self, querysets: Sequence[QuerySet[Any]], *, most: int = COUNTED) -> None:
        self._size = len(querysets)
        parts, self._parameters = [], list[Any]()
        for nth, rows in enumerate(querysets):
            try:
                sql, values = rows.order_by().values("pk").query.sql_with_params()
            except EmptyResultSet:
                continue
            parts.append(f"SELECT {nth}, COUNT(*) FROM ({sql} LIMIT {most + 1}) AS counted")
            self._parameters.extend(values)
        self._sql = " UNION ALL ".join(parts)

    def counts(self) -> list[int]:
        """How many rows each of them has now, in their order."""
        counts = dict(self._rows()) if self._sql else {}
        return [counts.get(nth, 0) for nth in range(self._size)]

    def _rows(self) -> list[tuple[int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._parameters)
            counts: list[tuple[int, int]] = cursor.fetchall()
            return counts
