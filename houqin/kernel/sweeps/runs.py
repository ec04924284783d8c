"""The runs of a sweep: one worker claims it, and writes down when it is due next."""

from __future__ import annotations

from datetime import datetime, timedelta

from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.sweeps.registry import SWEEPS, Sweep

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=10)


def enroll(now: datetime) -> None:
    """Give each registered sweep its row; a new one is due at once."""
    rows = [SweepRun(name=name, next_at=now) for name in SWEEPS]
    SweepRun.objects.bulk_create(rows, ignore_conflicts=True)


def claim(sweep: Sweep, now: datetime) -> SweepRun | None:
    """Take the run of `sweep` if it is due and free; of any number of workers one gets it."""
    due = SweepRun.objects.due(now).filter(name=sweep.name)
    return due.claim(now, last_started_at=now).first()


def finish(run: SweepRun, now: datetime, *, count: int, more: bool) -> None:
    """Write down a run that went well and give it back. Raises LeaseLost."""
    run.finish(
        next_at=now if more else now + SWEEPS[run.name].every,
        last_finished_at=now,
        last_count=count,
        last_error="",
        failures=0,
    )


def fail(run: SweepRun, now: datetime, *, error: str) -> None:
    """Write down a run that went wrong and try again later, each time after twice the wait.

    Raises LeaseLost.
    """
    # The exponent is bounded because a sweep that fails all night would overflow a timedelta.
    wait = min(FIRST_WAIT * 2 ** min(run.failures, 10), LONGEST_WAIT)
    run.finish(next_at=now + wait, last_error=error, failures=run.failures + 1)
