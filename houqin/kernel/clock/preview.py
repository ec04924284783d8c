"""A due time that was given and not computed: what an import found promised. A pause moves it too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
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
        lost = timetable.between(pause.start, pause.end)
        return timetable.add(due_at, lost) if lost else due_at
    if unit in PERIODS:
        return _on_a_working_day(timetable, due_at, _ends(timetable, unit, pause))
    return timetable.shift_days(due_at, _closes(timetable, pause))


def _ends(timetable: Timetable, unit: Unit, pause: Span) -> int:
    """How many days ended during the pause, rest days included."""
    run = Run.of(timetable, unit, pause.start, [pause])
    day, last = timetable.local_date(pause.start), timetable.local_date(pause.end)
    return sum(not run.end_of(day + n * DAY)[1] for n in range((last - day).days + 1))


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
    day, last = timetable.local_date(pause.start), timetable.local_date(pause.end)
    closes = 0
    while day <= last:
        if timetable.is_working_day(day):
            closes += pause.start < timetable.close_of(day) <= pause.end
        day += DAY
    return closes


def share_at(
    timetable: Timetable, start: datetime, due_at: datetime, pauses: Sequence[Span], share: Decimal
) -> datetime:
    """The moment at which `share` of the time to `due_at` is used, day and night, without the pauses."""
    paused = sum(
        (min(pause.end, due_at) - min(pause.start, due_at) for pause in pauses), timedelta(0)
    )
    whole = max(due_at - start - paused, timedelta(0))
    return moment(timetable, Unit.HOURS, Decimal(whole / SECOND) / 3600, start, pauses, share)
