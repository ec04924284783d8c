"""Periods of calendar days and months, as 《民法典》第二百至二百零四条 count them. See ADR 0042.

第二百零一条: the day of the event is not counted. 第二百零二条: a period of months ends on the day of the
month that corresponds to the day of the event, or on the last one of a month that has no such day.
第二百零三条: where that is a rest day it ends on the next working day; the last day ends when business ends,
and at midnight where there are no hours of business.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

from houqin.kernel.worktime.running import Run, Unit
from houqin.kernel.worktime.timetable import DAY


def due_of_period(run: Run, amount: int) -> datetime:
    """When a period of `amount` days or months falls due; the clock runs up to that moment."""
    day = working_end(run, last_day(run, amount))
    return run.end_of(day)[0].astimezone(run.timetable.tz)


def last_day(run: Run, amount: int) -> date:
    """The last day of the period, a rest day or not, moved on by each day that the clock stood still."""
    first = run.timetable.local_date(run.start)
    last = nominal_end(run.unit, first, amount)
    day = first
    for pause in run.pauses:
        day = max(day, run.timetable.local_date(pause.start) - DAY)
        while day < min(last, run.timetable.local_date(pause.end)):
            day += DAY
            if not run.end_of(day)[1]:
                last += DAY
    return last


def nominal_end(unit: Unit, day: date, amount: int) -> date:
    """The last day of a period that began on `day`, counted by the calendar alone."""
    if unit is Unit.DAYS:
        return day + amount * DAY
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_end(run: Run, day: date) -> date:
    """`day`, or where it is a rest day the next working day whose close finds the clock running."""
    while not (run.timetable.is_working_day(day) and run.end_of(day)[1]):
        day = run.timetable.workdays_from(day, 1)
    return day
