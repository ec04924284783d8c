"""What the teams hang into the menu."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from houqin.kernel.people.models import Role
from houqin.ui.shell.navigation import NavItem, register
from houqin.work.teams import events
from houqin.work.teams.actions import RUNS_TEAMS
from houqin.work.teams.skills import SKILLS

__all__ = ["SKILLS", "events"]

register(
    NavItem(
        group="resources",
        label=pgettext_lazy("in the menu", "班组"),
        icon="users-group",
        url_name="teams:teams",
        order=35,
        roles=frozenset(RUNS_TEAMS | {Role.COORDINATOR}),
    )
)
