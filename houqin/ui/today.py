"""What is on today: each domain adds its part, a front desk shows all of them; none knows another."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from houqin.kernel.people.models import User
from houqin.kernel.registry import Registered, Registry, Text


@dataclass(frozen=True)
class TodayRow:
    """One line: what it is, `beside` it what one has to know; `thing` may carry a status."""

    title: str
    beside: str
    url: str = ""
    thing: Any = None


@dataclass(frozen=True)
class TodayPart(Registered):
    """One part of the page, in its order. `rows(user, roles, at)` reads it for the places where `user` holds
    one of `roles`; `url_name` leads to the whole list; `empty` is said when there is nothing."""

    rows: Callable[[User, Set[str], datetime], Sequence[TodayRow]] = lambda user, roles, at: ()
    url_name: str = ""
    empty: Text = ""


TODAY: Registry[TodayPart] = Registry("parts of today")
