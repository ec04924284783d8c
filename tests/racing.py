"""Many at once: each attempt in a thread with a connection of its own, all at the time of the test."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from django.db import connections

THREADS = 24  # at a time; a PostgreSQL as it is installed lets in a hundred


def race(count: int, attempt: Callable[[int], Any]) -> list[Any]:
    """What came of `attempt(0)` to `attempt(count - 1)`, in this order: what each returned or raised."""
    contexts = [copy_context() for _nth in range(count)]  # a turned clock is turned in every thread

    def turn(nth: int) -> Any:
        try:
            return contexts[nth].run(attempt, nth)
        except Exception as error:  # the test says which ones may be
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(min(count, THREADS)) as pool:
        return list(pool.map(turn, range(count)))


def errors(outcomes: list[Any]) -> list[Exception]:
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def kinds(outcomes: list[Any]) -> set[type]:
    """The classes of what was raised."""
    return {type(error) for error in errors(outcomes)}
