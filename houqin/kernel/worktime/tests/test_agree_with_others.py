"""The engine gives the answers that other implementations and the published calendar give."""

from datetime import date, datetime, timedelta

import pytest

from houqin.kernel.worktime.national import FIRST_NOTICE, LAST_NOTICE, national_days
from houqin.kernel.worktime.promise import Unit, due
from houqin.kernel.worktime.tests.facts import (
    OFFICE,
    SHANGHAI,
    calendars,
    chinese_timetable,
    duration,
    foreign_timetable,
    pattern,
    rows,
    utc,
)
from houqin.kernel.worktime.timetable import Timetable

FOREIGN = {
    name: foreign_timetable(calendar)
    for name, calendar in calendars("business_hours_calendars.json").items()
}
CHINESE = {
    name: chinese_timetable(pattern(calendar["hours_every_working_day"]))
    for name, calendar in calendars("cn_computed_calendars.json").items()
}
# Working time is never counted backwards here, only working days are.
FACTS = [
    row
    for row in rows("business_hours_facts.csv")
    if row["plain_definition_gives_same"] == "yes"
    and (row["op"] != "sub" or row["unit"] == "business_days")
]


def answer(table: Timetable, row: dict[str, str]) -> object:
    op, start, unit = row["op"], utc(row["start_local"]), row["unit"]
    sign = -1 if op == "sub" else 1
    if unit == "business_days":
        return table.shift_days(start, sign * int(row["amount"]))
    match op:
        case "add":
            return table.add(start, duration(row))
        case "between":
            return table.between(start, utc(unit.removeprefix("seconds_to:")))
        case "is_open":
            return table.is_open(start)
        case "next_working_moment":
            return table.next_open(start)
        case "prev_working_moment":
            return table.prev_open(start)
    return table.workdays_from(start.date(), int(row["amount"]))


def expected(row: dict[str, str]) -> object:
    text = row["expected"]
    match row["op"]:
        case "between":
            return timedelta(seconds=int(text))
        case "is_open":
            return text == "True"
        case "add_workdays_date" | "add_workdays_date_from_nonworking":
            return date.fromisoformat(text)
    return utc(text)


@pytest.mark.parametrize("row", FACTS, ids=lambda row: row["id"])
def test_every_plain_fact_of_another_implementation_holds(row):
    assert answer(FOREIGN[row["calendar_id"]], row) == expected(row)


def test_all_facts_that_follow_the_plain_definition_are_asked():
    assert len(FACTS) == 83


@pytest.mark.parametrize(
    "row", rows("cn_working_hours_due.csv"), ids=lambda row: row["start_local"]
)
def test_chinese_due_times_agree_with_two_other_implementations(row):
    table, hours = CHINESE[row["calendar_id"]], int(row["working_hours"])
    start = datetime.fromisoformat(row["start_local"]).replace(tzinfo=SHANGHAI)
    expected_due = datetime.fromisoformat(row["due_local"]).replace(tzinfo=SHANGHAI)
    assert table.add(start, timedelta(hours=hours)) == expected_due
    assert due(table, Unit.WORKING_HOURS, hours, start) == expected_due


def test_each_of_7305_days_is_what_was_published():
    table = chinese_timetable(OFFICE)
    unusual = {
        date.fromisoformat(row["date"]): row["working"] == "1"
        for row in rows("cn_days_2007_2026.csv")
    }
    days = [date(2007, 1, 1) + timedelta(days=n) for n in range(7305)]
    assert days[-1] == date(2026, 12, 31)
    published = {day: unusual.get(day, day.weekday() < 5) for day in days}
    assert {day: table.is_working_day(day) for day in days} == published
    assert sum(published.values()) == 4991


def test_holidays_and_make_up_days_have_chinese_names():
    days = national_days(2026, 2026)
    assert days[date(2026, 1, 1)].name == "元旦"
    assert (days[date(2026, 2, 14)].name, days[date(2026, 2, 14)].working) == ("春节调休", True)
    assert days[date(2026, 2, 17)].name == "春节"


def test_a_year_without_a_notice_has_its_thirteen_statutory_days():
    days = national_days(2027, 2028)
    assert LAST_NOTICE == 2026
    assert FIRST_NOTICE == 2004
    assert not any(rule.working for rule in days.values())
    names = {name for rule in days.values() for name in rule.name.split("、")}
    assert names == {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
    assert days[date(2027, 2, 5)].name == "春节"
    assert sum(day.weekday() < 5 for day in days if day.year == 2027) >= 9


def test_library_specific_choices_about_odd_times_of_day_are_not_contradicted():
    odd = [
        row
        for row in rows("business_hours_facts.csv")
        if row["plain_definition_gives_same"] != "yes"
    ]
    agreeing = [
        row["id"] for row in odd if answer(FOREIGN[row["calendar_id"]], row) == expected(row)
    ]
    assert [row["id"] for row in odd if row["id"] not in agreeing] == [
        "mbt-229"
    ]  # the closing instant
