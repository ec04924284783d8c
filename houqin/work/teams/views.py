"""Pages of teams and trades."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.people.actions import require
from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.shared.credentials.actions import NewCredential
from houqin.shared.credentials.forms import CredentialForm
from houqin.shared.credentials.models import Credential
from houqin.shared.credentials.reports import described
from houqin.ui.form_pages import answer_form
from houqin.ui.http import PageRequest
from houqin.work.teams import actions
from houqin.work.teams.actions import EDITS_SKILLS, RUNS_TEAMS
from houqin.work.teams.credentials import TRADE_PAPERS
from houqin.work.teams.forms import MemberForm, SkillsForm, TeamForm
from houqin.work.teams.models import Member, Team

SEES = RUNS_TEAMS | {Role.COORDINATOR}


@require_safe
def teams(request: PageRequest) -> HttpResponse:
    """Every team at places where one runs or gives out work, with its people and what they master."""
    crew = (
        Member.objects.select_related("user")
        .prefetch_related("skills")
        .order_by("user__name", "pk")
    )
    rows = teams_of(request.user).select_related("place").prefetch_related(Prefetch("crew", crew))
    may = bool(request.user.role_codes() & RUNS_TEAMS)
    skills = bool(request.user.roles_at(None) & EDITS_SKILLS)
    return render(request, "teams/teams.html", {"teams": rows, "may": may, "skills": skills})


def teams_of(user: User) -> QuerySet[Team]:
    """The teams that `user` reads here, those that were dissolved last."""
    return Team.objects.filter(user.reach(SEES, place="place")).order_by(
        "-active", "place__path", "pk"
    )


def _team(request: PageRequest, pk: int) -> Team:
    team = get_object_or_404(teams_of(request.user).select_related("place"), pk=pk)
    require(request.user, RUNS_TEAMS, team.place)
    return team


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """The form of one team, new without `pk`."""
    team = _team(request, pk) if pk else None
    return answer_form(
        request,
        TeamForm(request.POST or None, actor=request.user, target=team),
        lambda cleaned: actions.save_team(request.user, team, **cleaned),
        title=team or _("新建班组"),
        back=reverse("teams:teams"),
        done=_("班组“%(name)s”已保存。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: PageRequest, pk: int) -> HttpResponse:
    """Take somebody in."""
    team = _team(request, pk)
    return answer_form(
        request,
        MemberForm(request.POST or None, actor=request.user, target=team),
        lambda cleaned: actions.put_in_team(request.user, team, **cleaned).user,
        title=_("加人：%(team)s") % {"team": team},
        back=reverse("teams:teams"),
        done=_("%(name)s已加入班组。"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def train(request: PageRequest, pk: int, member: int) -> HttpResponse:
    """Which trades a member masters."""
    team = _team(request, pk)
    crew_member = get_object_or_404(team.crew.select_related("user"), pk=member)
    form = SkillsForm(
        request.POST if request.method == "POST" else None, actor=request.user, target=crew_member
    )
    if request.method != "POST" or not form.is_valid():
        return _member_page(request, crew_member, form, _paper_form(request, crew_member))
    actions.put_in_team(request.user, team, user=crew_member.user, **form.cleaned_data)
    messages.success(request, _("%(name)s的工种已保存。") % {"name": crew_member.user})
    return redirect("teams:teams")


@require_POST
def papers(request: PageRequest, pk: int, member: int) -> HttpResponse:
    """Put a paper of the member on file, or take the one that `end` names off it."""
    team = _team(request, pk)
    crew_member = get_object_or_404(team.crew.select_related("user", "team__place"), pk=member)
    if "end" in request.POST:
        shown = Credential.objects.visible_to(request.user).of(crew_member.user)
        key = request.POST["end"]
        paper = get_object_or_404(shown, pk=int(key) if key.isdecimal() else 0)
        actions.take_off_paper(request.user, crew_member, paper)
        return redirect("teams:member", pk, member)
    form = _paper_form(request, crew_member, request.POST, request.FILES)
    if not form.is_valid():
        skills = SkillsForm(actor=request.user, target=crew_member)
        return _member_page(request, crew_member, skills, form)
    actions.file_paper(request.user, crew_member, NewCredential(**form.cleaned_data))
    return redirect("teams:member", pk, member)


def _paper_form(request: PageRequest, member: Member, *data: Any) -> CredentialForm:
    return CredentialForm(*data, actor=request.user, target=member, kinds=TRADE_PAPERS)


def _member_page(
    request: PageRequest, member: Member, form: SkillsForm, paper_form: CredentialForm
) -> HttpResponse:
    papers = Credential.objects.visible_to(request.user).of(member.user).longest_last()
    context = {
        "form": form,
        "title": member.user,
        "hint": member.team,
        "back_url": reverse("teams:teams"),
        "papers": described(papers, timezone.localtime(now()).date()),
        "paper_form": paper_form,
        "papers_url": reverse("teams:papers", args=[member.team_id, member.pk]),
    }
    refused = form.is_bound or paper_form.is_bound
    return render(request, "teams/member.html", context, status=422 if refused else 200)


@require_POST
def leave(request: PageRequest, pk: int, member: int) -> HttpResponse:
    team = _team(request, pk)
    crew_member = get_object_or_404(team.crew.select_related("user", "team__place"), pk=member)
    actions.take_out_of_team(request.user, crew_member)
    messages.success(
        request, _("%(name)s已离开%(team)s。") % {"name": crew_member.user, "team": team}
    )
    return redirect("teams:teams")
