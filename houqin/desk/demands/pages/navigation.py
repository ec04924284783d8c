from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import STAFF, Demand
from houqin.kernel.people.models import User
from houqin.ui.shell.navigation import NavItem, register

DESK = _("服务台")


def to_review(user: User) -> int:
    return Demand.objects.visible_to(user).reviewable_by(user).count()


register(
    NavItem(DESK, _("需求队列"), "inbox", "demands:demands", order=10, tab=2, tab_label=_("待办"))
)
register(
    NavItem(
        DESK,
        _("审核台"),
        "clipboard-check",
        "demands:review",
        roles=frozenset(STAFF),
        order=15,
        count=to_review,
        hot=True,
    )
)
