from django.utils.translation import gettext_lazy as _

from houqin.cockpit.reports.boards import SEES_BOARDS
from houqin.ui.shell.navigation import NavItem, register

register(
    NavItem(
        group="",
        label=_("工作台"),
        icon="layout-dashboard",
        url_name="home",
        order=0,
        tab=1,
        tab_label=_("首页"),
    )
)
register(
    NavItem(
        _("分析"),
        _("数据看板"),
        "chart-bar",
        "dashboard",
        roles=frozenset(map(str, SEES_BOARDS)),
        order=500,
    )
)
