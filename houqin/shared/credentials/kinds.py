"""The kinds of papers, each registered by the app whose holders have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.functional import Promise

from houqin.kernel.people.models import User


@dataclass(frozen=True)
class CredentialKind:
    """A kind of paper. `readers` narrows the papers to those that a user may see; it is told of `remind`
    days before one expires, and on the day after."""

    key: str
    label: str | Promise
    readers: Callable[[User], Q]
    remind: tuple[int, ...] = (60, 30, 7)

    def __post_init__(self) -> None:
        KINDS[self.key] = self

    def next_reminder(self, valid_until: date | None, after: date) -> date | None:
        """The first day later than `after` on which somebody is told."""
        if valid_until is None:
            return None
        days = [valid_until - timedelta(days=ahead) for ahead in (*self.remind, -1)]
        return min((day for day in days if day > after), default=None)


KINDS: dict[str, CredentialKind] = {}
