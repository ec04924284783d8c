from django.urls import include, path
from django.views.decorators.http import require_safe

from houqin.work.roster import patterns, views
from houqin.work.roster.pages import CARD, SWAPS, new_swap

app_name = "roster"
urlpatterns = [
    path("", views.roster, name="roster"),
    path("mark/", views.mark, name="mark"),
    path("copy/", views.copy, name="copy"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("patterns/new/", patterns.edit, name="new_pattern"),
    path("patterns/<int:pk>/", patterns.edit, name="pattern"),
    path("teams/<int:team>/sheet/", views.sheet, name="sheet"),
    path("teams/<int:team>/sheet/take/", views.take_in, name="take_in"),
    path("swaps/", require_safe(SWAPS.page), name="swaps"),
    path("swaps/new/", new_swap, name="new_swap"),
    path("swaps/", include(CARD.urls())),
]
