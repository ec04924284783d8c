"""Pages of the roster: the table, the sheet that comes in, the patterns, the calendar link."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.work.roster import actions
from houqin.work.roster.models import RUNS_ROSTER, ShiftPattern
from houqin.work.roster.table import (
    MONTH,
    WEEK,
    RosterSpan,
    gaps_in_duty,
    may_keep,
    rows_of,
    teams_for,
)
from houqin.work.teams.models import Member, Team

RUBBER = "x"  # the brush that takes away


@require_safe
def roster(request: PageRequest) -> HttpResponse:
    """The table of one team for a week or a month."""
    at = now()
    today = timezone.localtime(at).date()
    span = RosterSpan.around(
        _day(request.GET.get("day", ""), today), _kind(request.GET.get("span", ""))
    )
    teams = list(teams_for(request.user))
    team = next(
        (candidate for candidate in teams if str(candidate.pk) == request.GET.get("team")),
        teams[0] if teams else None,
    )
    keeps = team is not None and may_keep(request.user, team)
    start, end = span.stretch()
    context = {
        "teams": teams,
        "team": team,
        "span": span,
        "today": today,
        "now": at,
        "keeps": keeps,
        "rows": rows_of(team, span, today) if team else [],
        "brush": request.GET.get("brush", ""),
        "patterns": list(ShiftPattern.objects.visible_to(request.user).filter(active=True)),
        "gaps": gaps_in_duty(request.user, max(start, at), end) if end > at else [],
        "month": span.kind == MONTH,
        "runs": bool(request.user.role_codes() & RUNS_ROSTER),
    }
    return render(request, "roster/roster.html", context)


def _day(asked: str, today: date) -> date:
    """The day that the address names, today where it names none; not so far away that dates end."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return day if 2000 <= day.year <= 2199 else today


def _kind(asked: str) -> str:
    return MONTH if asked == MONTH else WEEK


@require_POST
def mark(request: PageRequest) -> HttpResponse:
    """Put the chosen pattern into the cell that was pressed."""
    key, _colon, day = request.POST.get("cell", "").partition(":")
    member = _member(request, key)
    brush = request.POST.get("brush", "")
    patterns = ShiftPattern.objects.visible_to(request.user)
    pattern = patterns.filter(active=True, letter=brush).first()
    if pattern is None and brush != RUBBER:
        raise Refused(_("请先在上面选一个班次，再点格子。"))
    when = _day(day, date.min)
    if when == date.min:
        raise Http404
    actions.mark_day(request.user, member, day=when, pattern=pattern)
    return _back_to(request, member.team, when, brush=brush)


def _member(request: PageRequest, key: str) -> Member:
    crew = Member.objects.filter(team__in=teams_for(request.user)).select_related(
        "user", "team__place"
    )
    return get_object_or_404(crew, pk=int(key) if key.isdecimal() else 0)


def _back_to(request: PageRequest, team: Team, day: date, **more: str) -> HttpResponse:
    asked: dict[str, Any] = {
        "team": team.pk,
        "day": day.isoformat(),
        "span": _kind(request.POST.get("span", "")),
    }
    query = "&".join(f"{name}={value}" for name, value in (asked | more).items())
    return HttpResponseRedirect(f"{reverse('roster:roster')}?{query}")


@require_POST
def copy(request: PageRequest) -> HttpResponse:
    team = _team(request, request.POST.get("team", ""))
    monday = RosterSpan.around(
        _day(request.POST.get("day", ""), timezone.localtime(now()).date()), WEEK
    ).first
    count = actions.copy_week(request.user, team, monday=monday)
    sentence = ngettext("照抄了 %(count)d 个班。", "照抄了 %(count)d 个班。", count)
    messages.success(request, sentence % {"count": count})
    return _back_to(request, team, monday)


def _team(request: PageRequest, key: str) -> Team:
    team = get_object_or_404(teams_for(request.user), pk=int(key) if key.isdecimal() else 0)
    require(request.user, RUNS_ROSTER, team.place)
    return team
