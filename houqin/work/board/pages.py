"""What the board hangs into the menu."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.ui.shell.navigation import NavItem, register
from houqin.work.orders.models import RUNS_WORK, subject_models


def _undispatched(user: User) -> QuerySet[Any]:
    """What waits for an order, of every kind of subject."""
    kinds = [model._default_manager.to_dispatch(user).values("pk") for model in subject_models()]
    rows: QuerySet[Any] = kinds[0].union(*kinds[1:], all=True) if kinds[1:] else kinds[0]
    return rows


register(
    NavItem(
        group="desk",
        label=_("派工调度"),
        icon="calendar-time",
        url_name="board:board",
        order=18,
        roles=frozenset(RUNS_WORK),
        waiting=_undispatched,
    )
)
