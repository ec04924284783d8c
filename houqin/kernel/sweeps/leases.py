"""Who runs a sweep now. Every step is one compare-and-set UPDATE, so that any number of workers on any number
of machines agree without talking to each other, on SQLite as on PostgreSQL.

A lease ends by itself after LEASE when its worker died. A worker that comes back from the dead holds an old
token and changes nothing. The clocks of the machines must agree to well within LEASE (NTP does).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from houqin.kernel.sweeps.models import SweepRun, SweepRunQuerySet
from houqin.kernel.sweeps.registry import SWEEPS, Sweep

LEASE = timedelta(minutes=3)
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True)
class Lease:
    sweep: Sweep
    token: str

    def row(self) -> SweepRunQuerySet:
        """The run, as long as this lease holds it."""
        return SweepRun.objects.filter(name=self.sweep.name, lease_token=self.token)


def enroll(now: datetime) -> None:
    """Give each registered sweep its row; a new one is due at once."""
    rows = [SweepRun(name=name, next_at=now) for name in SWEEPS]
    SweepRun.objects.bulk_create(rows, ignore_conflicts=True)


def claim(sweep: Sweep, now: datetime) -> Lease | None:
    """Take the lease of `sweep` if it is due and free; of any number of workers one gets it."""
    lease = Lease(sweep, secrets.token_hex(16))
    free = SweepRun.objects.due(now).filter(name=sweep.name).order_by()
    taken = free.update(lease_token=lease.token, lease_until=now + LEASE, last_started_at=now)
    return lease if taken else None


def renew(lease: Lease, now: datetime) -> bool:
    """Hold on for another LEASE; False when it was lost to another worker."""
    return bool(lease.row().update(lease_until=now + LEASE))


def finish(lease: Lease, now: datetime, *, count: int, more: bool) -> bool:
    """Write down a run that went well and give the lease back; False when it was lost before."""
    return bool(
        lease.row().update(
            next_at=now if more else now + lease.sweep.every,
            lease_until=None,
            lease_token="",
            last_finished_at=now,
            last_count=count,
            last_error="",
            failures=0,
        )
    )


def fail(lease: Lease, now: datetime, *, error: str) -> bool:
    """Write down a run that went wrong and try again later, each time after twice the wait."""
    failures = lease.row().values_list("failures", flat=True).first()
    if failures is None:
        return False
    # The exponent is bounded because a sweep that fails all night would overflow a timedelta.
    wait = min(FIRST_WAIT * 2 ** min(failures, 10), LONGEST_WAIT)
    return bool(
        lease.row().update(
            next_at=now + wait,
            lease_until=None,
            lease_token="",
            last_error=error,
            failures=failures + 1,
        )
    )
