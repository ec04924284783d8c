from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import RUNS_DEMANDS, STAFF, Demand, DemandQuerySet
from houqin.kernel.people.models import User
from houqin.ui.shell.navigation import NavItem, register


def to_review(user: User) -> DemandQuerySet:
    return Demand.objects.visible_to(user).reviewable_by(user)


register(
    NavItem("own", _("我的需求"), "ticket", "demands:demands", query="view=mine", order=20, tab=2)
)
register(
    NavItem(
        "desk",
        _("需求队列"),
        "inbox",
        "demands:demands",
        order=10,
        daily=frozenset(RUNS_DEMANDS),
        tab=2,
        tab_label=_("待办"),
    )
)
register(
    NavItem(
        "desk",
        _("审核台"),
        "clipboard-check",
        "demands:review",
        roles=frozenset(STAFF),
        order=15,
        waiting=to_review,
        hot=True,
    )
)
