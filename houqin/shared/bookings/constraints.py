"""What the database holds for every model of bookings."""

from collections.abc import Sequence

from django.db.migrations import RunPython

from houqin.kernel.constraints import no_overlap


def exclusive(table: str, *, keys: Sequence[str]) -> RunPython:
    """The operation of a migration: no two held bookings of `table` with equal `keys` overlap."""
    return no_overlap(
        table,
        constraint_of(table),
        keys=keys,
        start="starts_at",
        end="ends_at",
        where="{row}.hold <> 'free'",
    )


def constraint_of(table: str) -> str:
    return f"{table}_exclusive"
