"""Several conditions of which one has to hold, for a database that plans each way differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Manager, Q, QuerySet


def one_of(conditions: Iterable[Q]) -> Q:
    """Rows that fulfil one of `conditions`, looked at one after the other: for whoever sees much of all."""
    return reduce(or_, conditions)


def found_by(rows: Manager[Any] | QuerySet[Any], conditions: Sequence[Q]) -> Q:
    """The same rows, found by the index of each of `conditions`: for whoever sees few of very many, which no
    database finds through an OR."""
    first, *others = [rows.filter(condition).order_by().values("pk") for condition in conditions]
    return Q(pk__in=first.union(*others))
