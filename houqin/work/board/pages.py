"""What the board hangs into the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.ui.shell.navigation import NavItem, register
from houqin.work.orders.models import RUNS_WORK, subject_models


def _undispatched(user: User) -> int:
    return sum(model._default_manager.to_dispatch(user).count() for model in subject_models())


register(
    NavItem(
        group="desk",
        label=_("派工调度"),
        icon="calendar-time",
        url_name="board:board",
        order=18,
        roles=frozenset(RUNS_WORK),
        count=_undispatched,
    )
)
