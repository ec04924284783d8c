"""The tables of `data/` as timetables and rows."""

import csv
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from houqin.kernel.worktime.national import national_days
from houqin.kernel.worktime.timetable import MIDNIGHT, DayRule, Pattern, Timetable

DATA = Path(__file__).parent / "data"
SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def calendars(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


def pattern(texts: list[str]) -> Pattern:
    pairs = [text.split("-") for text in texts]
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)


def without(hours: Pattern, breaks: Pattern) -> Pattern:
    """`hours` with each break cut out."""
    for pause_start, pause_end in breaks:
        cut = []
        for start, end in hours:
            cut += [(start, min(end, pause_start)), (max(start, pause_end), end)]
        hours = tuple((start, end) for start, end in cut if start < end)
    return hours


def foreign_timetable(calendar: dict[str, Any]) -> Timetable:
    """A calendar of another implementation: a holiday wins over a dated override, a break over both."""
    week = {day: pattern(calendar["hours"].get(name, [])) for day, name in enumerate(WEEKDAYS)}
    rules = {
        date.fromisoformat(day): DayRule(True, "", pattern(hours))
        for day, hours in calendar["date_overrides"].items()
    }
    for text, hours in calendar["date_breaks"].items():
        day = date.fromisoformat(text)
        usual = rules[day].intervals if day in rules else week[day.weekday()]
        rules[day] = DayRule(True, "", without(usual or (), pattern(hours)))
    rules |= {date.fromisoformat(day): DayRule(False) for day in calendar["holidays"]}
    return Timetable(ZoneInfo(calendar["timezone"]), week, rules)


def chinese_timetable(hours: Pattern, first: int = 2007, last: int = 2026) -> Timetable:
    """Monday to Friday with the national calendar."""
    return Timetable(SHANGHAI, dict.fromkeys(range(5), hours), national_days(first, last), last)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def duration(row: dict[str, str]) -> timedelta:
    return timedelta(**{row["unit"]: int(row["amount"])})


OFFICE = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
AROUND_THE_CLOCK = ((MIDNIGHT, MIDNIGHT),)
