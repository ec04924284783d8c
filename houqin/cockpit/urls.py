from django.urls import path
from django.views.decorators.http import require_safe

from houqin.cockpit.pages import FIGURES, ROWS
from houqin.cockpit.views import dashboard, home, search

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("dashboard/", dashboard, name="dashboard"),
    path("figures/", require_safe(FIGURES.page), name="figures"),
    path("figures/rows/", require_safe(ROWS.page), name="figure_rows"),
]
