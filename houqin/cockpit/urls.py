from django.urls import path
from django.views.decorators.http import require_safe

from houqin.cockpit.pages import COST_ROWS, FIGURES, ROWS
from houqin.cockpit.views import (
    dashboard,
    home,
    revoke_wall,
    search,
    wall,
    wall_by_link,
    wall_links,
)

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("dashboard/", dashboard, name="dashboard"),
    path("figures/", require_safe(FIGURES.page), name="figures"),
    path("figures/rows/", require_safe(ROWS.page), name="figure_rows"),
    path("figures/costs/", require_safe(COST_ROWS.page), name="cost_rows"),
    path("wall/", wall, name="wall"),
    path("wall/links/", wall_links, name="wall_links"),
    path("wall/links/<int:pk>/revoke/", revoke_wall, name="revoke_wall"),
    path("wall/<str:token>/", wall_by_link, name="wall_by_link"),
]
