"""Work that time starts. Apps write it in their `sweeps.py`; the worker runs it.

    @sweep(every=timedelta(seconds=30), title=_("时限到点提醒"))
    def ring_alarms(now: datetime) -> int: ...

A sweep claims its own due rows by compare-and-set and is idempotent: after a crash, or when a lease ran out,
it runs again. It handles at most BATCH rows, in less than the lease lasts, and returns how many; a full batch
is followed by the next at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

BATCH = 200

Work = Callable[[datetime], int]


@dataclass(frozen=True)
class Sweep:
    """`batch` is the count from which a run is taken for full: there may be more to do now. `title` says
    to an administrator what it does."""

    name: str
    every: timedelta
    run: Work
    batch: int
    title: str | Promise


SWEEPS: dict[str, Sweep] = {}


def sweep(
    *,
    every: timedelta,
    title: str | Promise = "",
    name: str | None = None,
    batch: int = BATCH,
) -> Callable[[Work], Work]:
    """Register the decorated function under `name`, by default “app.function”.

    Raises ImproperlyConfigured for an interval below a second and for a name that is taken.
    """

    def register(work: Work) -> Work:
        known_as = name or f"{work.__module__.split('.')[-2]}.{work.__name__}"
        taken = SWEEPS.get(known_as)
        if taken and taken.run.__module__ != work.__module__:
            raise ImproperlyConfigured(f"Two sweeps are called {known_as}.")
        if every < timedelta(seconds=1):
            raise ImproperlyConfigured(f"The sweep {known_as} would run more than once a second.")
        SWEEPS[known_as] = Sweep(known_as, every, work, batch, title or known_as)
        return work

    return register
