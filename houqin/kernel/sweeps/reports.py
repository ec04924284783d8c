from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from houqin.kernel.prepared import PreparedQuery
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.sweeps.registry import SWEEPS

# A run that is due for longer than this has no worker to run it.
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True)
class Health:
    name: str
    last_finished_at: datetime | None
    late: bool
    error: str


def health(now: datetime) -> list[Health]:
    """How each registered sweep is, by name. One that no worker has ever seen is late."""
    runs = {run.name: run for run in SweepRun.objects.filter(name__in=SWEEPS)}
    return [_health(name, runs.get(name), now) for name in sorted(SWEEPS)]


def troubled(now: datetime) -> int:
    """How many sweeps are late or have failed; what every page shows."""
    fine = {name for (name,) in FINE.rows(now, now - PATIENCE)}
    return len(set(SWEEPS) - fine)


def _fine(now: datetime, due: datetime) -> QuerySet[SweepRun, Any]:
    in_time = Q(lease_until__gte=now) | Q(next_at__gte=due)
    return SweepRun.objects.filter(in_time, last_error="").values_list("name")


FINE: Final = PreparedQuery(_fine, datetime, datetime)


def _health(name: str, run: SweepRun | None, now: datetime) -> Health:
    if run is None:
        return Health(name, None, late=True, error="")
    held = run.lease_until is not None and run.lease_until >= now
    late = not held and run.next_at + PATIENCE < now
    return Health(name, run.last_finished_at, late=late, error=run.last_error)
