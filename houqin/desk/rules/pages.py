"""What the rules hang into the menu, and how their events are said."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.desk.rules.actions import EDITS
from houqin.kernel.trail.messages import say
from houqin.ui.shell.navigation import NavItem, register

say("rule.saved", _("派工规则“%(name)s”"), icon="route")
register(
    NavItem(
        group="setup",
        label=_("派工规则"),
        icon="route",
        url_name="rules:rules",
        order=810,
        roles=frozenset(EDITS),
    )
)
