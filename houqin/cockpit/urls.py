from django.urls import path
from django.views.decorators.http import require_safe

from houqin.cockpit.pages import FIGURES
from houqin.cockpit.views import home, search

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("figures/", require_safe(FIGURES.page), name="figures"),
]
