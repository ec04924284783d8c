"""Days and months by 《民法典》第二百至二百零四条: worked examples, and agreement with a slow plain model."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from houqin.kernel.worktime.promise import Span, Unit, due, explain, moment, used
from houqin.kernel.worktime.running import PERIODS
from houqin.kernel.worktime.tests.facts import AROUND_THE_CLOCK, OFFICE, SHANGHAI, chinese_timetable
from houqin.kernel.worktime.tests.slow_reference import SlowReference
from houqin.kernel.worktime.timetable import DayRule, Timetable

TABLE = chinese_timetable(OFFICE)
EVERY_DAY = Timetable(SHANGHAI, dict.fromkeys(range(7), AROUND_THE_CLOCK), {})
DAY = timedelta(days=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def spans(*pauses):
    return [Span(at(begin), at(end)) for begin, end in pauses]


@pytest.mark.parametrize(
    ("unit", "amount", "start", "falls", "why"),
    [
        ("days", 1, "2026-11-23 10:24", "2026-11-24 17:30", "201: the day of the event is not counted"),
        ("days", 1, "2026-11-23 00:00", "2026-11-24 17:30", "201: at whatever hour it happened"),
        ("days", 15, "2026-11-23 10:24", "2026-12-08 17:30", "200: rest days are days"),
        ("days", 5, "2026-11-23 10:24", "2026-11-30 17:30", "203: the 5th is a Saturday"),
        ("days", 10, "2026-09-22 09:00", "2026-10-08 17:30", "203: the last day lies in 国庆"),
        ("days", 3, "2025-12-31 09:00", "2026-01-04 17:30", "203: a make-up Sunday is a working day"),
        ("months", 1, "2026-10-23 10:24", "2026-11-23 17:30", "202: the corresponding day"),
        ("months", 1, "2026-03-31 09:00", "2026-04-30 17:30", "202: April has no 31st"),
        ("months", 1, "2026-01-30 09:00", "2026-02-28 17:30", "202: nor February a 30th; make-up day"),
        ("months", 1, "2024-01-31 09:00", "2024-02-29 17:30", "202: a leap year"),
        ("months", 12, "2024-02-29 09:00", "2025-02-28 17:30", "202: the year after"),
        ("months", 1, "2026-02-28 09:00", "2026-03-30 17:30", "202, 203: the 28th, a Saturday"),
        ("months", 3, "2026-07-02 09:00", "2026-10-08 17:30", "203: 2 October moves past 国庆"),
    ],
)  # fmt: skip
def test_worked_examples(unit, amount, start, falls, why):
    assert due(TABLE, Unit(unit), amount, at(start)) == at(falls), why


def test_without_hours_of_business_the_last_day_ends_at_midnight():
    assert due(EVERY_DAY, Unit.DAYS, 2, at("2026-11-27 09:00")) == at("2026-11-30 00:00")
    assert due(EVERY_DAY, Unit.MONTHS, 1, at("2026-01-31 09:00")) == at("2026-03-01 00:00")


@pytest.mark.parametrize(
    ("unit", "amount", "pause", "falls"),
    [
        ("days", 3, ("2026-11-24 09:00", "2026-11-24 11:00"), "2026-11-26 17:30"),
        ("days", 3, ("2026-11-24 09:00", "2026-11-25 09:00"), "2026-11-27 17:30"),
        ("days", 3, ("2026-11-23 12:00", "2026-11-25 09:00"), "2026-11-27 17:30"),
        ("days", 4, ("2026-11-24 09:00", "2026-11-25 09:00"), "2026-11-30 17:30"),
        ("months", 1, ("2026-11-27 18:00", "2026-11-30 08:00"), "2026-12-25 17:30"),
        ("days", 6, ("2026-11-30 09:00", "2026-11-30 18:00"), "2026-12-01 17:30"),
    ],
)
def test_a_day_that_ends_in_a_pause_is_given_back(unit, amount, pause, falls):
    start = at("2026-11-23 10:24")
    assert due(TABLE, Unit(unit), amount, start, spans(pause)) == at(falls)


def test_a_part_of_a_day_is_refused_and_nothing_falls_due_at_once():
    start = at("2026-11-23 10:24")
    for unit in PERIODS:
        assert due(TABLE, unit, 0, start) == start
        for wrong in (Decimal("1.5"), -1):
            with pytest.raises(ValueError, match=r"whole|negative"):
                due(TABLE, unit, wrong, start)


def test_the_share_is_that_of_the_time_that_passes():
    promise = EVERY_DAY, Unit.DAYS, 3, at("2026-11-23 00:00"), []
    assert used(*promise, at("2026-11-25 00:00")) == pytest.approx(0.5)
    assert moment(*promise, 0.5) == at("2026-11-25 00:00")
    assert moment(*promise, 1) == due(*promise)


def lines(unit, amount, start, *pauses):
    held = spans(*pauses)
    falls = due(TABLE, unit, amount, at(start), held)
    steps = explain(TABLE, unit, amount, at(start), held, falls)
    return [(step.kind, step.first, step.last, step.text, step.rule) for step in steps]


def test_days_are_explained_with_their_articles():
    rule = "《民法典》第 {} 条".format
    assert lines(Unit.DAYS, 12, "2026-09-20 09:00", ("2026-09-22 09:00", "2026-09-23 09:00")) == [
        ("start", at("2026-09-20 09:00"), None, "起算：12 天", ""),
        ("skip", date(2026, 9, 20), None, "开始的当日不计", rule(201)),
        ("count", date(2026, 9, 21), None, "计 1 天，休息日也算", rule(200)),
        ("hold", date(2026, 9, 22), None, "挂起，1 天不计", ""),
        ("count", date(2026, 9, 23), date(2026, 10, 3), "计 11 天，休息日也算", rule(200)),
        ("off", date(2026, 10, 3), date(2026, 10, 7), "最后一日遇国庆节放假，顺延至次一工作日", rule(203)),
        ("due", at("2026-10-08 17:30"), None, "最后一日下班：到期", rule(203)),
    ]  # fmt: skip


def test_months_are_explained_by_their_corresponding_day():
    steps = lines(Unit.MONTHS, 1, "2026-03-31 09:00")
    assert steps[0][3] == "起算：1 个月"
    assert steps[-2][3:] == ("到期月没有对应日，以月末日为最后一日", "《民法典》第 202 条")
    assert lines(Unit.MONTHS, 1, "2026-10-23 09:00")[-2][3] == "到期月的对应日"


def test_an_explanation_stays_short_whatever_happened():
    first = at("2026-01-05 09:00")
    held = [Span(first + n * 2 * DAY, first + n * 2 * DAY + DAY) for n in range(60)]
    falls = due(TABLE, Unit.MONTHS, 6, first, held)
    assert len(explain(TABLE, Unit.MONTHS, 6, first, held, falls)) <= 40


# ---- the slow plain model: one day after the other, with no thought of speed ----------

RULES = {
    date(2026, 10, n): DayRule(working=n == 10, name="国庆节") for n in (1, 2, 3, 4, 5, 6, 7, 10)
} | {date(2026, 11, 26): DayRule(working=True, intervals=((time(9), time(12)),))}
WEEK = dict.fromkeys(range(5), OFFICE)
SLOW = SlowReference(WEEK, RULES, date(2026, 1, 1), 1)
PLAIN = Timetable(SHANGHAI, WEEK, RULES)


def day_ends(day):
    hours = SLOW.hours_of(day)
    close = hours[-1][1] if hours else time(0)
    return datetime.combine(day if close != time(0) else day + DAY, close, SHANGHAI)


def stands_still(instant, start, pauses):
    return any(max(begin, start) < instant <= end for begin, end in pauses)


def days_of(unit, amount, first):
    """How many days a period has: counted on the fingers."""
    if unit is Unit.DAYS:
        return amount
    day, months = first, 0
    while months < amount:
        day += DAY
        months += day.day == 1
    while day.day != first.day and (day + DAY).day != 1:
        day += DAY
    return (day - first).days


def plainly_due(unit, amount, start, pauses):
    day, left = start.date(), days_of(unit, amount, start.date())
    while left:
        day += DAY
        left -= not stands_still(day_ends(day), start, pauses)
    while not SLOW.hours_of(day) or stands_still(day_ends(day), start, pauses):
        day += DAY
    return day_ends(day)


def test_due_agrees_with_the_slow_plain_model():
    rng = random.Random("periods")
    for _case in range(3000):
        unit = rng.choice(sorted(PERIODS))
        amount = rng.randint(1, 40) if unit is Unit.DAYS else rng.randint(1, 5)
        start = at("2026-01-01 00:00") + timedelta(minutes=rng.randrange(330 * 24 * 60))
        pauses = []
        for _pause in range(rng.choice([0, 0, 1, 2, 4])):
            begin = start + timedelta(minutes=rng.randint(-2000, 60_000))
            if rng.random() < 0.3:  # right at a close
                begin = day_ends(begin.date())
            pauses.append((begin, begin + timedelta(minutes=rng.randint(1, 9000))))
        held = [Span(*pause) for pause in pauses]
        expected = plainly_due(unit, amount, start, pauses)
        assert due(PLAIN, unit, amount, start, held) == expected, (unit, amount, start, pauses)
        assert moment(PLAIN, unit, amount, start, held, 1) == expected
