"""The roster as a table: one row for each person, one column for each day; the same number of queries for any
number of people and days."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from houqin.kernel.people.models import Absence, User
from houqin.kernel.places.models import Place
from houqin.kernel.worktime.models import schedule_at
from houqin.work.roster.models import RUNS_ROSTER, SEES_ROSTER, Shift, shifts_of
from houqin.work.teams.models import Member, Team

WEEK, MONTH = "week", "month"


@dataclass(frozen=True)
class RosterSpan:
    """The days that are shown; `before` and `after` are days of the neighbouring ones."""

    kind: str
    days: list[date]

    @classmethod
    def around(cls, day: date, kind: str) -> RosterSpan:
        if kind == MONTH:
            return cls(
                kind,
                [day.replace(day=nth + 1) for nth in range(monthrange(day.year, day.month)[1])],
            )
        monday = day - timedelta(days=day.weekday())
        return cls(kind, [monday + timedelta(days=nth) for nth in range(7)])

    @property
    def first(self) -> date:
        return self.days[0]

    @property
    def before(self) -> date:
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.days[-1] + timedelta(days=1)

    def stretch(self) -> tuple[datetime, datetime]:
        return _midnight(self.first), _midnight(self.after)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True)
class RosterCell:
    """One day of one person. `away` says that they are on leave, `rest` that nobody usually works then."""

    key: str
    day: date
    shifts: list[Shift]
    away: bool
    rest: bool
    today: bool


@dataclass(frozen=True)
class Row:
    member: Member
    cells: list[RosterCell]
    hours: int


def teams_for(user: User) -> QuerySet[Team]:
    """The teams whose roster `user` reads: their own, and those at places whose roster they see."""
    seen = Team.objects.filter(user.reach(SEES_ROSTER, place="place"))
    own = Team.objects.filter(crew__user=user)
    return (
        (seen | own)
        .filter(active=True)
        .distinct()
        .select_related("place")
        .order_by("place__path", "pk")
    )


def may_keep(user: User, team: Team) -> bool:
    """Whether `user` writes the roster of `team`."""
    return bool(user.roles_at(team.place) & RUNS_ROSTER)


def rows_of(team: Team, span: RosterSpan, today: date) -> list[Row]:
    """One row for each member, by name."""
    crew = list(
        team.crew.filter(user__is_active=True).select_related("user").order_by("user__name", "pk")
    )
    people = [member.user_id for member in crew]
    start, end = span.stretch()
    begun: dict[tuple[int, date], list[Shift]] = defaultdict(list)
    for shift in shifts_of(people, start, end):
        begun[shift.user_id, timezone.localtime(shift.starts_at).date()].append(shift)
    away = _leave_days(people, span)
    timetable = schedule_at(team.place).timetable()
    rest = {day: not timetable.is_working_day(day) for day in span.days}
    return [_row(member, span, begun, away, rest, today) for member in crew]


def _row(
    member: Member,
    span: RosterSpan,
    begun: dict[tuple[int, date], list[Shift]],
    away: set[tuple[int, date]],
    rest: dict[date, bool],
    today: date,
) -> Row:
    cells = [
        RosterCell(
            f"{member.pk}:{day:%Y-%m-%d}",
            day,
            begun[member.user_id, day],
            (member.user_id, day) in away,
            rest[day],
            day == today,
        )
        for day in span.days
    ]
    worked = [shift for cell in cells for shift in cell.shifts if not shift.on_call]
    return Row(
        member,
        cells,
        round(sum((shift.ends_at - shift.starts_at).total_seconds() for shift in worked) / 3600),
    )


def _leave_days(people: list[int], span: RosterSpan) -> set[tuple[int, date]]:
    start, end = span.stretch()
    leave = Absence.objects.filter(user__in=people, starts_at__lt=end, ends_at__gt=start)
    return {
        (absence.user_id, day)
        for absence in leave
        for day in span.days
        if absence.starts_at < _midnight(day + timedelta(days=1))
        and absence.ends_at > _midnight(day)
    }


@dataclass(frozen=True)
class Gap:
    """A stretch in which nobody is on call for `place`."""

    place: Place
    start: datetime
    end: datetime


def gaps_in_duty(user: User, start: datetime, end: datetime) -> list[Gap]:
    """The stretches without a duty officer at the campuses whose roster `user` keeps and where there is a
    duty at all."""
    kept = (place for place in Place.objects.filter(depth=1) if user.roles_at(place) & RUNS_ROSTER)
    campuses = {place.path: place for place in kept}
    on_duty = Shift.objects.filter(on_call=True, place__path__in=campuses)
    known = set(on_duty.order_by().values_list("place__path", flat=True).distinct())
    stretches: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for path, first, last in on_duty.between(start, end).values_list(
        "place__path", "starts_at", "ends_at"
    ):
        stretches[path].append((first, last))
    return [
        gap for path in sorted(known) for gap in _gaps(campuses[path], stretches[path], start, end)
    ]


def _gaps(
    place: Place, duty: list[tuple[datetime, datetime]], start: datetime, end: datetime
) -> list[Gap]:
    gaps, covered = [], start
    for first, last in sorted(duty):
        if first > covered:
            gaps.append(Gap(place, covered, first))
        covered = max(covered, last)
    return gaps + ([Gap(place, covered, end)] if covered < end else [])
