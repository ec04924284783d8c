"""Related rows that are read beside the rows of a list."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

from django.db.models import Model, Prefetch, QuerySet

BESIDE: Final = "_beside"


def beside(name: str, rows: QuerySet[Any] | None = None) -> Prefetch[str, Any, str]:
    """What `prefetch_related` takes so that `related` finds the rows of the relation `name`; `rows` says how
    they are read.

    An ordinary prefetch builds a manager and a filtered queryset for every row, only to keep a list in it:
    on a list of thirty demands that was a third of the page.
    """
    return Prefetch(name, rows, to_attr=_kept(name))


def undrawn(relation: str, model: type[Model], drawn: Set[str]) -> list[str]:
    """What `defer` takes so that of the `model` at `relation` only the fields that are `drawn` are read."""
    fields = (field.name for field in model._meta.concrete_fields if not field.primary_key)
    return [f"{relation}__{name}" for name in fields if name not in drawn]


def related(row: Model, name: str) -> list[Any]:
    """The rows of the relation `name`: those that were read `beside`, else asked for now."""
    kept: list[Any] | None = row.__dict__.get(_kept(name))
    return list(getattr(row, name).all()) if kept is None else kept


def forget_related(row: Model) -> None:
    """Have what was read beside `row` asked for anew."""
    for name in [name for name in row.__dict__ if name.endswith(BESIDE)]:
        del row.__dict__[name]


def _kept(name: str) -> str:
    return f"{name}{BESIDE}"
