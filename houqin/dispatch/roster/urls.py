from django.urls import path
from django.views.decorators.http import require_safe

from houqin.dispatch.roster import patterns, views
from houqin.dispatch.roster.pages import SWAPS, new_swap

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
    path("calendar/", views.link, name="calendar"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
    path("swaps/", require_safe(SWAPS.page), name="swaps"),
    path("swaps/new/", new_swap, name="new_swap"),
]
