"""What time it is. Actions ask here once and pass the answer on.

The demonstration history and the tests turn this clock; nothing else may.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_turned: ContextVar[datetime | None] = ContextVar("turned_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _turned.get() or timezone.now()


@contextmanager
def turned_to(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at `moment` (aware)."""
    token = _turned.set(moment)
    try:
        yield
    finally:
        _turned.reset(token)
