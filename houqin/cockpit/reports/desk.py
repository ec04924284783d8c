"""The figures of the workbench. Reads only; each says what it counts, and `figures/` lists its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Min, Q
from django.utils.timezone import localtime

from houqin.cockpit.moments import VERDICTS
from houqin.desk.demands.models import Demand, DemandQuerySet
from houqin.desk.demands.models.standing import (
    RUNS_WORK,
    due_today,
    overdue,
    to_dispatch,
    to_review,
)
from houqin.kernel.clock.models import Clock, Grade, Kind
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import day_of
from houqin.kernel.worktime.models import schedule_at
from houqin.kernel.worktime.timetable import Timetable

MOST_DRAWN = 8  # of what is due in one hour, each a dot


def run_by(user: User, rows: DemandQuerySet) -> DemandQuerySet:
    """Those of `rows` which lie where `user` runs the work: what the figures of a post are about."""
    return rows.filter(user.reach(RUNS_WORK, place="place"))


def month_of(at: datetime) -> datetime:
    """The first moment of the month of `at`."""
    return day_of(at)[0].replace(day=1)


def ended(kind: str, since: datetime, until: datetime, *results: str) -> Q:
    """Demands with a clock of `kind` that was judged in [since, until)."""
    clocks = Clock.objects.filter(
        target_type=ContentType.objects.get_for_model(Demand),
        kind=kind,
        result__in=results or VERDICTS,
        stopped_at__gte=since,
        stopped_at__lt=until,
    )
    return Q(pk__in=clocks.values("target_id"))


@dataclass(frozen=True)
class DeskStanding:
    """How the desk stands now: counts of demands, and the nearest due time among those to review."""

    to_review: int
    oldest_review_due: datetime | None
    to_dispatch: int
    overdue: int
    longest_over: datetime | None
    due_today: dict[str, int]  # by grade

    @property
    def due_today_total(self) -> int:
        return sum(self.due_today.values())


def standing(user: User, at: datetime) -> DeskStanding:
    """The counts of now, over everything that `user` runs; one query, which reads open demands alone."""
    today = {grade: Count("pk", filter=due_today(at) & Q(grade=grade)) for grade in Grade.values}
    figures = run_by(user, Demand.objects.visible_to(user).open()).aggregate(
        to_review=Count("pk", filter=to_review()),
        oldest_review_due=Min("next_due_at", filter=to_review()),
        to_dispatch=Count("pk", filter=to_dispatch()),
        overdue=Count("pk", filter=overdue(at)),
        longest_over=Min("next_due_at", filter=overdue(at)),
        **today,
    )
    return DeskStanding(due_today={grade: figures.pop(grade) for grade in Grade.values}, **figures)


@dataclass(frozen=True)
class MonthFigures:
    """What was achieved in a stretch of time. `response` is None when nobody responded to anything."""

    handled: int
    on_time: int
    responded: int
    response: timedelta | None

    @property
    def on_time_percent(self) -> float | None:
        return 100 * self.on_time / self.handled if self.handled else None


def achieved(user: User, since: datetime, until: datetime) -> MonthFigures:
    """From the frozen results of clocks that ended in [since, until); two queries.

    A demand counts once: it was handled on time when none of its handling clocks that ended then was
    breached, so that a late rework counts against it. `response` is the mean time from submission to the
    first acceptance of a work order, as it passed for the requester: day and night, holidays too.
    """
    mine = run_by(user, Demand.objects.visible_to(user))
    late = ended(Kind.HANDLING, since, until, Clock.Result.BREACHED)
    figures = mine.filter(ended(Kind.HANDLING, since, until)).aggregate(
        handled=Count("pk"), on_time=Count("pk", filter=~late)
    )
    return MonthFigures(**figures, **_response(mine, since, until))


def _response(rows: DemandQuerySet, since: datetime, until: datetime) -> dict[str, Any]:
    """How many of `rows` were responded to in [since, until), and after how long in the mean."""
    judged = Q(clocks__kind=Kind.RESPONSE, clocks__result__in=VERDICTS)
    judged &= Q(clocks__stopped_at__gte=since, clocks__stopped_at__lt=until)
    taken = ExpressionWrapper(
        F("clocks__stopped_at") - F("clocks__started_at"), output_field=DurationField()
    )
    return rows.filter(judged).aggregate(responded=Count("pk"), response=Avg(taken))


@dataclass(frozen=True)
class Hour:
    """One hour of today with the grades of what is due in it; `rest` when it holds no working time."""

    hour: int
    rest: bool
    current: bool
    grades: list[str]

    @property
    def drawn(self) -> list[str]:
        """Those that have room, the nearest first."""
        return self.grades if len(self.grades) <= MOST_DRAWN else self.grades[: MOST_DRAWN - 2]

    @property
    def more(self) -> int:
        """How many have none."""
        return len(self.grades) - len(self.drawn)


@dataclass(frozen=True)
class DueToday:
    """What is due today by the hour of the working day; `outside` is due before it opens or after."""

    hours: list[Hour]
    outside: int
    total: int


def due_by_hour(user: User, at: datetime, timetable: Timetable | None) -> DueToday:
    """The demands of `due_today`, each in the hour of its due time; one query."""
    due = _due_hours(user, at)
    open_hours, current = _open_hours(timetable, at), localtime(at).hour
    every = range(min(open_hours, default=0), max(open_hours, default=-1) + 1)
    hours = [
        Hour(hour, hour not in open_hours, hour == current, _grades(due, hour)) for hour in every
    ]
    return DueToday(hours, len(due) - sum(len(hour.grades) for hour in hours), len(due))


def _due_hours(user: User, at: datetime) -> list[tuple[int, str]]:
    """The hour and the grade of each demand that is due today, the nearest first."""
    rows = run_by(user, Demand.objects.visible_to(user)).filter(due_today(at))
    due = rows.order_by("next_due_at", "pk").values_list("next_due_at", "grade")
    return [(localtime(when).hour, grade) for when, grade in due]


def _grades(due: list[tuple[int, str]], hour: int) -> list[str]:
    return [grade for due_hour, grade in due if due_hour == hour]


def _open_hours(timetable: Timetable | None, at: datetime) -> set[int]:
    """The hours of the day of `at` that hold working time; a close at 17:30 lies in 17, one at 18:00 too,
    so that what is due at the close has its place."""
    intervals = timetable.intervals(localtime(at).date()) if timetable else []
    spans = [(localtime(start), localtime(end)) for start, end in intervals]
    open_hours = {hour for start, end in spans for hour in range(start.hour, end.hour + 1)}
    closes = {end.hour for _start, end in spans[:-1] if end.minute == 0}
    opens = {start.hour for start, _end in spans}
    return open_hours - (closes - opens)


def timetable_of_the_house() -> Timetable | None:
    """The house's own working time; None while there is none yet."""
    try:
        return schedule_at(None).timetable()
    except Refused:
        return None
