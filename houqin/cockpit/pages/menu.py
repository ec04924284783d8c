from django.utils.translation import gettext_lazy as _

from houqin.cockpit.reports.boards import SEES_BOARDS
from houqin.kernel.people.models import Role
from houqin.ui.shell.navigation import NavItem, register

register(
    NavItem(
        group="own",
        label=_("工作台"),
        icon="layout-dashboard",
        url_name="home",
        order=0,
        tab=1,
        tab_label=_("首页"),
        personal=True,
    )
)
register(
    NavItem(
        "insight",
        _("数据看板"),
        "chart-bar",
        "dashboard",
        roles=frozenset(map(str, SEES_BOARDS)),
        daily=frozenset({Role.MANAGER, Role.FINANCE}),
    )
)
