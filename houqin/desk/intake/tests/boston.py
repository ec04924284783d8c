"""How Boston promised in January 2022, as its rows imply."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from houqin.kernel.worktime.timetable import DayRule, Timetable

ZONE = ZoneInfo("America/New_York")
OPEN, CLOSE = time(8, 30), time(17)
LOST = timedelta(seconds=59)  # calls are stored to the minute, their due times to the second
NOTHING = timedelta(0)


def timetable(*holidays):
    """Monday to Friday 08:30–17:00. Its rows imply no holiday, see the test."""
    return Timetable(
        ZONE,
        dict.fromkeys(range(5), ((OPEN, CLOSE),)),
        {day: DayRule(False, "holiday") for day in holidays},
    )


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def rules(rows, table, *, everywhere=False):
    """For each case the promises that give its stored due time: ("working", n) for n working days with the
    time of day, from the opening where it came in outside of working time; ("calendar", n) for n days.

    A due time may be later by what was LOST where the case was rounded to the minute, or `everywhere`.
    """
    return {
        row["case_enquiry_id"]: _rules(times_of(row), table, LOST if everywhere else NOTHING)
        for row in rows
    }


def times_of(row):
    """When it came in and when it is due."""
    return moment(row["open_dt"]), moment(row["target_dt"])


def _rules(times, table, lost):
    start, target = times
    lost = LOST if start.second == 0 else lost
    results, opening = set(), table.next_open(start)
    for days in range((target - start).days + 2):
        working = table.shift_days(opening, days)
        calendar = (start.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=ZONE)
        for unit, computed in (("working", working), ("calendar", calendar)):
            if NOTHING <= target - computed <= lost:
                results.add((unit, days))
    return results


def constants(rows, fitting):
    """For each type the promises that fit all of its cases which any promise fits."""
    types: dict[str, set[tuple[str, int]]] = {}
    for row in rows:
        results = fitting[row["case_enquiry_id"]]
        if results:
            types[row["type"]] = types.get(row["type"], results) & results
    return types


def reproduced(rows, fitting):
    """The cases whose due time the one promise of their type gives."""
    types = constants(rows, fitting)
    return [row for row in rows if fitting[row["case_enquiry_id"]] & types.get(row["type"], set())]
