"""What hangs on the wall: a few numbers, the clocks that burn, the load of each team. No requester, no phone,
no words that somebody typed: anybody may walk past."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from houqin.cockpit.models import MomentQuerySet
from houqin.cockpit.pages.numbers import percent
from houqin.cockpit.pages.rows import teams
from houqin.cockpit.reports.figures import FIGURES, NOW, counts, standing
from houqin.cockpit.reports.measures import Share
from houqin.cockpit.reports.scope import BoardScope, DateSpan, span_of, with_last
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.standing import to_review
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.related import related
from houqin.kernel.timekeeping import day_of
from houqin.ui.clocks import nearest

BURNING = 9
OPEN = ("open", "open_over", "open_today")
TODAY = ("submitted", "finished")


def wall_of(user: User, place: Place | None, at: datetime) -> dict[str, Any]:
    """What `user` runs at `place` or everywhere; a constant number of queries."""
    scope = BoardScope(place=place.path if place else "", source="all")
    rows, moments = scope.rows(user), scope.moments(user)
    week, today = span_of("week", at), DateSpan(*day_of(at), at)
    return {
        "now": at,
        "place": place,
        "found": standing(rows, OPEN, week) | counts(moments, TODAY, today),
        "waiting": rows.filter(to_review()).count(),
        "on_time": percent(_on_time(moments, week)),
        "burning": _burning(rows, at),
        "teams": _teams(rows, week),
        "theme": "dark",
    }


def _on_time(moments: MomentQuerySet, span: DateSpan) -> float | None:
    judged = counts(moments, ("handling", "handling_late"), span)
    return Share(judged["handling"], judged["handling_late"]).percent


def _burning(rows: Any, at: datetime) -> list[dict[str, Any]]:
    running = FIGURES["open"].of(rows, DateSpan(at, at, at)).filter(next_due_at__isnull=False)
    first = running.with_all().order_by(F("next_due_at").asc(), "pk")[:BURNING]
    return [
        {"demand": demand, "chip": nearest(demand, at), "doers": _doers(demand)} for demand in first
    ]


def _doers(demand: Demand) -> str:
    """The team, not the person, who has it."""
    named = [order.team.name for order in related(demand, "orders") if order.team]
    return named[-1] if named else ""


def _teams(rows: Any, span: DateSpan) -> list[dict[str, Any]]:
    """Open work of each team, urgent and overdue apart, the most loaded first."""
    loads, names = _loads(rows, span), dict(teams())
    most = max((row["open"] for row in loads), default=1)
    for row in loads:
        row |= {"name": names.get(str(row["last_team"] or "none"), ""), "most": most}
    return sorted(loads, key=lambda row: -row["open"])[:8]


def _loads(rows: Any, span: DateSpan) -> list[dict[str, Any]]:
    """What each team has open, counted in one query."""
    chosen = FIGURES["open"].of(rows, span)
    keyed = with_last(chosen, "team").order_by().values("last_team")
    over = NOW["open_over"].count(span)
    urgent = Count("pk", filter=Q(grade=Grade.URGENT))
    return list(keyed.annotate(open=Count("pk"), over=over, urgent=urgent))
