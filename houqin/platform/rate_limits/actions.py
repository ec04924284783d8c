"""What happens too often is counted, and whoever goes on has to wait.

Counted in the database, so that any number of processes agree (ADR 0039).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from houqin.platform.rate_limits.models import Counted, RateCounter


@dataclass(frozen=True)
class Limit:
    """At most `most` tries within `window` of the first; then one waits until the window ends.

    With `back_off` one waits as long as it says for the number of tries beyond `most`, and the count starts
    anew only when `window` has passed since the last try.
    """

    most: int
    window: timedelta
    back_off: Callable[[int], timedelta] | None = None


@dataclass(frozen=True)
class Measure:
    """The row in which something is counted, and its limit."""

    limit: Limit
    model: type[Counted]
    key: Mapping[str, str]


def measure(kind: str, who: str, limit: Limit) -> Measure:
    """Count what `who` does of one kind, apart from all others."""
    digest = hashlib.sha256(f"{kind}\n{who.casefold()}".encode()).hexdigest()
    return Measure(limit, RateCounter, {"key": digest})


@transaction.atomic
def admit(measures: Sequence[Measure], at: datetime) -> datetime | None:
    """Count one try by each of `measures` before it is made; None, or until when none is taken.

    Checked and counted under a lock, so that many tries at once are not more than the limit. Callers name
    the kinds in one order, so that no two wait for each other.
    """
    rows = [(_locked(measure, at), measure.limit) for measure in measures]
    waits = [row.locked_until for row, _limit in rows if row.locked_until and row.locked_until > at]
    if waits:
        return max(waits)
    for row, limit in rows:
        _count(row, limit, at)
    return None


def take_back(measures: Sequence[Measure]) -> None:
    """The try that was just counted does not count after all."""
    for measure in measures:
        counted = measure.model._default_manager.filter(**measure.key, count__gt=0)
        counted.update(count=F("count") - 1, locked_until=None)


def forget_ended(model: type[Counted], at: datetime) -> int:
    """Remove the rows that count no longer; how many."""
    return model._default_manager.filter(ends_at__lt=at).delete()[0]


def _locked(measure: Measure, at: datetime) -> Counted:
    """The row of `measure`, locked until the end of the transaction."""
    rows = measure.model._default_manager
    row = rows.select_for_update().filter(**measure.key).first()
    if row is None:
        rows.bulk_create([measure.model(**measure.key, ends_at=at)], ignore_conflicts=True)
        row = rows.select_for_update().get(**measure.key)
    return row


def _count(row: Counted, limit: Limit, at: datetime) -> None:
    anew = row.ends_at <= at
    row.count = 1 if anew else row.count + 1
    if anew or limit.back_off:
        row.ends_at = at + limit.window
    row.locked_until = None
    if row.count >= limit.most:
        wait = limit.back_off and limit.back_off(row.count - limit.most)
        row.locked_until = at + wait if wait else row.ends_at
    row.save(update_fields=["count", "ends_at", "locked_until"])
