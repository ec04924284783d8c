from __future__ import annotations

from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from houqin.ui.routes import BUSINESS, Sample, View, Words, page
from houqin.work.teams import samples, views
from houqin.work.teams.actions import RUNS_TEAMS
from houqin.work.teams.skills import SKILLS
from houqin.work.teams.views import SEES


def _of_team(route: str, view: View, name: str, label: Words, sample: Sample) -> URLPattern:
    """A page of one team, which those who look after its place see and those who run it change."""
    return page(route, view, name, label, to=BUSINESS, sees=SEES, may=RUNS_TEAMS, sample=sample)


MEMBER = "<int:pk>/members/<int:member>/"
app_name, heading = "teams", _("班组")
urlpatterns = [
    page("", views.teams, "teams", _("班组"), to=SEES),
    page("new/", views.edit, "new_team", _("新建班组"), to=RUNS_TEAMS),
    *SKILLS.pages("skills/"),
    page("<int:pk>/", views.edit, "team", _("修改班组"), to=RUNS_TEAMS, sample=samples.team),
    _of_team("<int:pk>/join/", views.join, "join", _("加人"), samples.team),
    _of_team(MEMBER, views.train, "member", _("修改工种"), samples.member),
    _of_team(f"{MEMBER}papers/", views.papers, "papers", _("登记证照"), samples.member),
    _of_team(f"{MEMBER}leave/", views.leave, "leave", _("离开班组"), samples.member),
]
