"""What time it is. Actions ask here once and pass the answer on.

The demonstration history and the tests turn this clock; nothing else may.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.utils import timezone

_turned: ContextVar[datetime | None] = ContextVar("turned_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _turned.get() or timezone.now()


def day_of(at: datetime) -> tuple[datetime, datetime]:
    """The house's day around `at`, [midnight, next midnight)."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight, midnight + timedelta(days=1)


@contextmanager
def turned_to(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at `moment` (aware)."""
    token = _turned.set(moment)
    try:
        yield
    finally:
        _turned.reset(token)
