"""The dispatch board: what waits, who does what when, and how far everything is. Reads only; what is dropped
goes to the verbs of orders and demands."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.work.board.timeline import BoardDay, Lane, lanes, teams_run_by
from houqin.work.orders.models import WorkOrder, subject_models
from houqin.work.roster.models import Shift

S = WorkOrder.Status
VIEWS = ("timeline", "columns", "table")
COLUMNS = ((S.OFFERED, S.WAITING), (S.ACCEPTED,), (S.WORKING,), (S.HELD,), (S.DONE,))
SHOWN = 30  # cards in one column; the list of orders has them all
TICK = 300  # seconds after which the board is drawn anew although nothing has happened


@require_safe
def board(request: PageRequest) -> HttpResponse:
    """The whole page; the part that lives asks `live` again and again."""
    return render(request, "board/board.html", _context(request))


def _state(request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
    """A tag that changes with whatever the board shows: five small questions instead of drawing it."""
    user = request.user
    assert isinstance(user, User)
    at = now()
    orders = WorkOrder.objects.visible_to(user)
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    seen: list[Any] = [
        user.pk,
        translation.get_language(),
        request.GET.urlencode(),
        int(at.timestamp()) // TICK,
    ]
    for rows in (orders.open(), orders.filter(status=S.DONE, done_at__gte=day)):
        seen += rows.aggregate(sum=Sum("version"), last=Max("pk"), keys=Sum("pk")).values()
    for model in subject_models():
        waiting = model._default_manager.to_dispatch(user)
        seen += waiting.aggregate(sum=Sum("version"), last=Max("pk"), keys=Sum("pk")).values()
    shifts = Shift.objects.visible_to(user).filter(
        ends_at__gt=day, starts_at__lt=day + timedelta(days=8)
    )
    seen += shifts.aggregate(last=Max("pk"), keys=Sum("pk"), end=Max("ends_at")).values()
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'


@require_safe
@cache_control(private=True, no_cache=True)
@condition(etag_func=_state)
def live(request: PageRequest) -> HttpResponse:
    """What changes on the board; 304 while nothing has."""
    return render(request, "board/_live.html", _context(request))


def _context(request: PageRequest) -> dict[str, Any]:
    at = now()
    today = timezone.localtime(at).date()
    asked = request.GET
    view = asked.get("view") if asked.get("view") in VIEWS else VIEWS[0]
    day = BoardDay(_day(asked.get("day", ""), today))
    teams = teams_run_by(request.user)
    team = next((candidate for candidate in teams if str(candidate.pk) == asked.get("team")), None)
    context: dict[str, Any] = {
        "view": view,
        "views": VIEWS,
        "day": day,
        "today": today,
        "now": at,
        "teams": teams,
        "team": team,
        "before": day.day - timedelta(days=1),
        "after": day.day + timedelta(days=1),
        "waiting": _waiting(request.user),
        "query": _query(view, day, team),
        "board_url": f"{request.path.removesuffix('live/')}?{_query(view, day, team)}",
    }
    if view == "columns":
        return context | {"columns": _columns(request.user, team, at)}
    shown = lanes(request.user, [team] if team else teams, day)
    return context | {"now_slot": day.now(at)} | _who_is_there(shown)


def _who_is_there(shown: list[Lane]) -> dict[str, Any]:
    """The lanes, how many people have a shift and how full their day is."""
    loads = [lane.load for lane in shown if lane.shifts]
    mean = round(sum(loads) / len(loads)) if loads else 0
    return {"lanes": shown, "present": len(loads), "load": mean}


def _day(asked: str, today: date) -> date:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return day if 2000 <= day.year <= 2199 else today


def _query(view: Any, day: BoardDay, team: Any) -> str:
    return f"view={view}&day={day.day:%Y-%m-%d}&team={team.pk if team else ''}"


def _waiting(user: User) -> list[Any]:
    """What waits for a work order, the nearest clock first."""
    rows: list[Any] = []
    for model in subject_models():
        rows += (
            model._default_manager.to_dispatch(user)
            .with_all()
            .order_by("next_due_at", "pk")[:SHOWN]
        )
    return rows


def _columns(user: User, team: Any, at: Any) -> list[dict[str, Any]]:
    """One column for each state that work goes through; of what is done, today's."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    columns = []
    for states in COLUMNS:
        rows = WorkOrder.objects.visible_to(user).filter(status__in=states)
        rows = rows.filter(team=team) if team else rows
        done = states == (S.DONE,)
        rows = rows.filter(done_at__gte=midnight).order_by("-done_at") if done else rows.by_clock()
        columns.append(
            {
                "state": states[0],
                "label": S(states[0]).label,
                "rows": rows.with_all()[:SHOWN],
                "count": rows.count(),
            }
        )
    return columns
