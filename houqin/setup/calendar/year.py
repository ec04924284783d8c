"""One year of a working calendar at a glance, and what there is to know about it."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from houqin.kernel.worktime.hours import hours_stored
from houqin.kernel.worktime.models import PlaceSchedule, Schedule, ScheduleDay
from houqin.kernel.worktime.national import spoken
from houqin.kernel.worktime.notice import HolidayNotice
from houqin.kernel.worktime.timetable import DayRule, Pattern, Timetable

NOTICE_MONTH: Final = (
    11  # the State Council has announced each year's holidays in October or November
)

KINDS: Final = {
    "work": _("工作日"),
    "rest": _("周末"),
    "off": _("放假"),
    "makeup": _("调休上班"),
}
MARKS: Final = {"off": _("休"), "makeup": _("班")}


@dataclass(frozen=True)
class CalendarDay:
    """`kind` is a key of KINDS; `special` has other hours than its weekday; `expected` is by law only, the
    notice of that year being yet to come."""

    date: date
    kind: str
    name: str
    hours: str
    special: bool
    expected: bool

    @property
    def mark(self) -> str:
        return str(MARKS.get(self.kind, ""))

    @cached_property
    def words(self) -> str:
        return " ".join(filter(None, (str(KINDS[self.kind]), spoken(self.name), self.hours)))


def runs(numbers: list[int]) -> str:
    """Rising numbers with what lies between left out: 1–3, 7."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(str, part)) for part in parts)


@dataclass(frozen=True)
class CalendarMonth:
    """The weeks of a month, Monday first; None where a week reaches out of it."""

    first: date
    weeks: list[list[CalendarDay | None]]

    @property
    def named(self) -> list[tuple[str, str]]:
        """Each name that days of the month bear, with its days: 春节 5–10."""
        named: dict[str, list[int]] = {}
        for day in (day for week in self.weeks for day in week if day and day.name):
            named.setdefault(day.name, []).append(day.date.day)
        return [(spoken(name), runs(days)) for name, days in named.items()]


@dataclass(frozen=True)
class Year:
    number: int
    provisional: bool
    months: list[CalendarMonth]
    counts: dict[str, int]  # by KINDS


def year_of(timetable: Timetable, number: int) -> Year:
    """Every day of a year as `timetable` sees it."""
    expected = timetable.published_through is not None and number > timetable.published_through
    weeks_of = calendar.Calendar().monthdatescalendar
    months = [
        CalendarMonth(
            date(number, month, 1),
            [
                [day_of(timetable, day, expected) if day.month == month else None for day in week]
                for week in weeks_of(number, month)
            ],
        )
        for month in range(1, 13)
    ]
    days = (day for month in months for week in month.weeks for day in week if day)
    counted = Counter(day.kind for day in days)
    return Year(number, expected, months, {kind: counted[kind] for kind in KINDS})


def day_of(timetable: Timetable, day: date, expected: bool = False) -> CalendarDay:
    """What `timetable` says of one date."""
    rule = timetable.days.get(day)
    pattern, usual = timetable.pattern(day), timetable.week.get(day.weekday(), ())
    return CalendarDay(
        date=day,
        kind=_kind(rule, pattern, usual),
        name=rule.name if rule else "",
        hours=hours_words(pattern),
        special=bool(rule and rule.intervals is not None and pattern),
        expected=expected and rule is not None,
    )


def _kind(rule: DayRule | None, pattern: Pattern, usual: Pattern) -> str:
    if pattern:
        return "work" if usual else "makeup"
    return "off" if rule else "rest"


def hours_words(pattern: Pattern) -> str:
    """08:30–12:00 13:30–17:30, as the forms read it too; "" for no hours."""
    return " ".join(f"{start}–{end}" for start, end in hours_stored(pattern))


def week_words(timetable: Timetable) -> list[tuple[int, str]]:
    """Weekday (0 = Monday) and its hours."""
    return [(weekday, hours_words(timetable.week.get(weekday, ()))) for weekday in range(7)]


def notice_home(schedule: Schedule) -> Schedule | None:
    """The schedule that holds the yearly notices for this one: itself or one of its bases; None when it
    depends on no notice."""
    line = Schedule.base_line(schedule)
    return next((base for base in line if base.published_through is not None), None)


def missing_year(schedule: Schedule, at: datetime) -> int | None:
    """The year that should have been announced by `at` and is not published here: from 1 November on the
    next one, before that the current one. None when nothing is missing."""
    published = schedule.timetable().published_through
    return published + 1 if published is not None and published < _announced(at) else None


def without_notice(at: datetime) -> QuerySet[Schedule]:
    """The schedules that hold notices and lack one by `at`."""
    return Schedule.objects.filter(published_through__lt=_announced(at))


def _announced(at: datetime) -> int:
    """The last year that should have been announced by `at`."""
    today = localtime(at)
    return today.year + (today.month >= NOTICE_MONTH)


def places_of(schedule: Schedule) -> list[str]:
    """The places at which the schedule was set; what lies below them uses it too."""
    rows = (
        PlaceSchedule.objects.filter(schedule=schedule)
        .select_related("place")
        .order_by("place__path")
    )
    return [row.place.full_name for row in rows]


@dataclass(frozen=True)
class Difference:
    """One day of a notice beside what the calendar says of it now."""

    now: CalendarDay
    working: bool
    name: str
    by_hand: bool

    @property
    def changed(self) -> bool:
        return not self.by_hand and (
            bool(self.now.hours) != self.working or self.now.name != self.name
        )


def differences(
    schedule: Schedule, notice: HolidayNotice
) -> tuple[list[Difference], list[CalendarDay]]:
    """The days of the notice beside the present ones, and the present holidays that it no longer knows."""
    timetable = schedule.timetable()
    by_hand = set(schedule.days.filter(source=ScheduleDay.MANUAL).values_list("date", flat=True))
    announced = {row.date: row for row in notice.rows}
    rows = [
        Difference(day_of(timetable, day), row.working, row.name, day in by_hand)
        for day, row in announced.items()
    ]
    replaced = schedule.days.exclude(source=ScheduleDay.MANUAL).filter(date__year=notice.year or 0)
    gone = [day_of(timetable, day.date) for day in replaced if day.date not in announced]
    return rows, gone
