"""The numbers of the menu, in one query whose SQL is kept for whoever asks again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django.utils.timezone import localtime

from houqin.kernel.counting import CountQuery
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.shell.navigation import Waiting


class Viewer:
    """A user as `waiting` rows depend on them: who they are and stand in for, what they hold, and the day.

    Two are equal when all of that is: the same query counts for both.
    """

    def __init__(self, user: User, day: date) -> None:
        self.user = user
        self._all = (user.pk, tuple(user.faces), tuple(user.grants), day)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Viewer) and self._all == other._all

    def __hash__(self) -> int:
        return hash(self._all)


def numbers_of(user: User, waiting: Sequence[Waiting]) -> dict[Waiting, int]:
    """How many rows each of `waiting` has for `user` now."""
    counts = _query(tuple(waiting), Viewer(user, localtime(now()).date())).counts()
    return dict(zip(waiting, counts, strict=True))


@lru_cache(maxsize=512)
def _query(waiting: tuple[Waiting, ...], viewer: Viewer) -> CountQuery:
    return CountQuery([rows(viewer.user) for rows in waiting])
