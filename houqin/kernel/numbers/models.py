from datetime import datetime

from django.db import connection, models, transaction
from django.utils.timezone import localtime


class Counter(models.Model):
    """The last number given out for one kind of paper in one year."""

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="one_counter_per_kind_and_year")
        ]


def next_number(kind: str, at: datetime) -> str:
    """Give out the next number of `kind` in the local year of `at`, as people say it: XQ-2026-000123.

    Gapless: the counter moves in the caller's transaction, so a rollback gives the number back, and the
    row lock makes writers queue. Raises TransactionManagementError outside a transaction, where another
    writer could read the same number.
    """
    return reserve_numbers(kind, at, 1)[0]


def reserve_numbers(kind: str, at: datetime, count: int) -> list[str]:
    """Give out the next `count` numbers of that year at once, in order; gapless as `next_number` is."""
    year = localtime(at).year
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A number is given out with the paper that it is for."
        )
    last = _count_on(kind, year, count)
    if last is None:
        Counter.objects.bulk_create([Counter(kind=kind, year=year)], ignore_conflicts=True)
        last = _count_on(kind, year, count)
    assert last is not None
    return [f"{kind}-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]


def _count_on(kind: str, year: int, count: int) -> int | None:
    """Move the counter on and read it in one statement; None when there is none yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE numbers_counter SET last = last + %s WHERE kind = %s AND year = %s RETURNING last",
            [count, kind, year],
        )
        rows = cursor.fetchall()
    return int(rows[0][0]) if rows else None
