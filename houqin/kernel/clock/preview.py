"""A due time that was given and not computed: what an import found promised. A pause moves it too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from houqin.kernel.worktime.promise import Span, Unit, moment
from houqin.kernel.worktime.running import PERIODS, Run
from houqin.kernel.worktime.timetable import Timetable

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def after_pause(timetable: Timetable, unit: Unit, due_at: datetime, pause: Span) -> datetime:
    """`due_at`, moved by what the pause took, in the unit of the promise; what was over stays over."""
    if pause.start >= due_at:
        return due_at
    if unit is Unit.HOURS:
        return due_at + (pause.end - pause.start)
    if unit is Unit.WORKING_HOURS:
        return _working_time_later(timetable, due_at, pause)
    if unit in PERIODS:
        return _on_a_working_day(timetable, due_at, _ends(timetable, unit, pause))
    return timetable.shift_days(due_at, _closes(timetable, pause))


def _working_time_later(timetable: Timetable, due_at: datetime, pause: Span) -> datetime:
    lost = timetable.between(pause.start, pause.end)
    return timetable.add(due_at, lost) if lost else due_at


def _ends(timetable: Timetable, unit: Unit, pause: Span) -> int:
    """How many days ended during the pause, rest days included."""
    run = Run.of(timetable, unit, pause.start, [pause])
    return sum(not run.end_of(day)[1] for day in _days_of(timetable, pause))


def _days_of(timetable: Timetable, pause: Span) -> Iterator[date]:
    """The days that the pause touches, the first and the last included."""
    day, last = timetable.local_date(pause.start), timetable.local_date(pause.end)
    while day <= last:
        yield day
        day += DAY


def _on_a_working_day(timetable: Timetable, due_at: datetime, days: int) -> datetime:
    """`due_at` so many days later, at the close of the next working day where that is a rest day."""
    if not days:
        return due_at
    here = due_at.astimezone(timetable.tz)
    moved = datetime.combine(here.date() + days * DAY, here.time(), timetable.tz)
    if timetable.is_working_day(moved.date()):
        return moved
    return timetable.close_of(timetable.workdays_from(moved.date(), 1))


def _closes(timetable: Timetable, pause: Span) -> int:
    """How many working days closed during the pause; a day counts when its close finds the clock running."""
    working = filter(timetable.is_working_day, _days_of(timetable, pause))
    return sum(pause.start < timetable.close_of(day) <= pause.end for day in working)


def share_at(
    timetable: Timetable, start: datetime, due_at: datetime, pauses: Sequence[Span], share: Decimal
) -> datetime:
    """The moment at which `share` of the time to `due_at` is used, day and night, without the pauses."""
    whole = max(due_at - start - _paused_before(due_at, pauses), timedelta(0))
    return moment(timetable, Unit.HOURS, Decimal(whole / SECOND) / 3600, start, pauses, share)


def _paused_before(at: datetime, pauses: Sequence[Span]) -> timedelta:
    spans = (min(pause.end, at) - min(pause.start, at) for pause in pauses)
    return sum(spans, timedelta(0))
