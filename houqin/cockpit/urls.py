from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from houqin.cockpit import samples
from houqin.cockpit.actions import MAKERS
from houqin.cockpit.pages import COST_ROWS, FIGURES, ROWS
from houqin.cockpit.reports.boards import BOARDS, SEES_BOARDS
from houqin.cockpit.views import (
    dashboard,
    home,
    revoke_wall,
    search,
    wall,
    wall_by_link,
    wall_links,
)
from houqin.desk.demands.models.standing import RUNS_WORK
from houqin.ui.routes import BUSINESS, EVERYBODY, SIGNED_IN, page

heading = _("工作台和数据")
urlpatterns = [
    page("", home, "home", _("工作台"), to=SIGNED_IN),
    page("search/", search, "search", _("搜索"), to=SIGNED_IN),
    page("dashboard/", dashboard, "dashboard", _("数据看板"), to=SEES_BOARDS),
    page("figures/", require_safe(FIGURES.page), "figures", _("数字背后的需求"), to=BUSINESS),
    page(
        "figures/rows/",
        require_safe(ROWS.page),
        "figure_rows",
        _("数字背后的需求"),
        to=RUNS_WORK,
    ),
    page(
        "figures/costs/",
        require_safe(COST_ROWS.page),
        "cost_rows",
        _("费用明细"),
        to=BOARDS["costs"].roles,
    ),
    page("wall/", wall, "wall", _("大屏"), to=RUNS_WORK),
    page("wall/links/", wall_links, "wall_links", _("管理大屏"), to=MAKERS),
    page(
        "wall/links/<int:pk>/revoke/",
        revoke_wall,
        "revoke_wall",
        _("停用大屏"),
        to=MAKERS,
        sample=samples.wall_link,
    ),
    page(
        "wall/<str:token>/",
        wall_by_link,
        "wall_by_link",
        _("凭链接看大屏"),
        to=EVERYBODY,
        sample=samples.wall_token,
    ),
]
