"""A due time is explained in words that a requester can check against a wall calendar."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from houqin.kernel.worktime.promise import Span, Unit, due, explain, moment, used
from houqin.kernel.worktime.tests.facts import OFFICE, SHANGHAI, chinese_timetable

TABLE = chinese_timetable(OFFICE)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def explained(unit, amount, start, *pauses):
    spans = [Span(at(begin), at(end)) for begin, end in pauses]
    falls = due(TABLE, unit, amount, at(start), spans)
    return explain(TABLE, unit, amount, at(start), spans, falls)


def lines(steps):
    return [(step.kind, step.first, step.last, step.text, step.counted) for step in steps]


def test_five_working_days_with_a_day_on_hold():
    steps = explained(
        Unit.WORKING_DAYS, 5, "2026-11-13 17:20", ("2026-11-18 17:30", "2026-11-20 08:40")
    )
    assert lines(steps) == [
        ("start", at("2026-11-13 17:20"), None, "起算：5 个工作日", None),
        ("skip", date(2026, 11, 13), None, "开始的当日不计", None),
        ("off", date(2026, 11, 14), date(2026, 11, 15), "周六、周日休息", None),
        ("count", date(2026, 11, 16), date(2026, 11, 18), "第 1、2、3 个工作日", 3),
        ("hold", date(2026, 11, 19), None, "挂起，1 个工作日不计", None),
        ("count", date(2026, 11, 20), None, "第 4 个工作日", 4),
        ("off", date(2026, 11, 21), date(2026, 11, 22), "周六、周日休息", None),
        ("due", at("2026-11-23 17:30"), None, "第 5 个工作日下班：到期", 5),
    ]
    assert [step.rule for step in steps if step.rule] == [
        "《民法典》第 201 条", "工作日历", "工作日历", "《民法典》第 203 条",
    ]  # fmt: skip


def test_holidays_and_make_up_days_are_called_by_name():
    steps = explained(Unit.WORKING_DAYS, 3, "2025-12-30 10:00")
    assert [step.text for step in steps[2:]] == [
        "第 1 个工作日",
        "元旦放假",
        "第 2 个工作日（元旦调休上班）",
        "第 3 个工作日下班：到期",
    ]
    assert (steps[3].first, steps[3].last) == (date(2026, 1, 1), date(2026, 1, 3))


def test_working_hours_are_told_by_day():
    steps = explained(
        Unit.WORKING_HOURS, 20, "2026-11-13 17:40", ("2026-11-16 10:00", "2026-11-16 14:00")
    )
    assert lines(steps)[1:] == [
        ("skip", date(2026, 11, 13), None, "当天已过工作时间，不计", None),
        ("off", date(2026, 11, 14), date(2026, 11, 15), "周六、周日休息", None),
        ("count", date(2026, 11, 16), None, "计 5 小时（挂起 2 小时 30 分不计）", 300),
        ("count", date(2026, 11, 17), date(2026, 11, 18), "2 天，每天计 7 小时 30 分", 1200),
        ("due", at("2026-11-18 17:30"), None, "满 20 小时：到期", 1200),
    ]


def test_hours_run_day_and_night_and_are_pushed_by_each_pause():
    steps = explained(
        Unit.HOURS,
        4,
        "2026-11-13 22:00",
        ("2026-11-13 23:00", "2026-11-14 01:20"),
        ("2026-11-15 00:00", "2026-11-16 00:00"),  # begins after the deadline
    )
    assert lines(steps) == [
        ("start", at("2026-11-13 22:00"), None, "起算：4 小时，昼夜连续计算", None),
        ("hold", at("2026-11-13 23:00"), at("2026-11-14 01:20"), "挂起 2 小时 20 分，不计", None),
        ("due", at("2026-11-14 04:20"), None, "满 4 小时：到期", 240),
    ]


@pytest.mark.parametrize("unit", list(Unit))
def test_a_long_way_with_many_pauses_is_told_in_forty_steps(unit):
    start = at("2024-12-30 09:00")
    pauses = [
        Span(start + timedelta(hours=25 * n), start + timedelta(hours=25 * n + 11))
        for n in range(300)
    ]
    falls = due(TABLE, unit, 120, start, pauses)
    steps = explain(TABLE, unit, 120, start, pauses, falls)
    assert len(steps) <= 40
    assert (steps[0].kind, steps[-1].kind, steps[-1].first) == ("start", "due", falls)


def test_a_year_without_pauses_becomes_a_few_steps():
    steps = explained(Unit.WORKING_DAYS, 240, "2024-12-30 09:00")
    assert len(steps) <= 40
    assert steps[-2].counted == 239


def test_a_day_counts_when_the_clock_runs_up_to_its_close():
    start = at("2026-11-13 17:20")
    begins_with_the_close = Span(at("2026-11-16 17:30"), at("2026-11-17 17:00"))
    ends_with_the_close = Span(at("2026-11-16 09:00"), at("2026-11-16 17:30"))
    assert due(TABLE, Unit.WORKING_DAYS, 1, start, [begins_with_the_close]) == at(
        "2026-11-16 17:30"
    )
    assert due(TABLE, Unit.WORKING_DAYS, 1, start, [ends_with_the_close]) == at("2026-11-17 17:30")


def test_alarms_at_half_and_at_one_and_a_half_of_two_hours():
    start, pauses = at("2026-11-13 17:20"), [Span(at("2026-11-13 18:00"), at("2026-11-13 19:00"))]
    promise = TABLE, Unit.HOURS, 2, start, pauses
    assert moment(*promise, 0) == start
    assert moment(*promise, 0.5) == at("2026-11-13 19:20")
    assert moment(*promise, 1.5) == at("2026-11-13 21:20")
    assert used(*promise, at("2026-11-13 18:30")) == pytest.approx(1 / 3)
    assert used(*promise, at("2026-11-13 10:00")) == 0


def test_nonsense_promises_are_refused_and_a_promise_of_nothing_is_due_at_once():
    start = at("2026-11-13 18:20")
    for unit in Unit:
        assert due(TABLE, unit, 0, start) == start
        assert used(TABLE, unit, 0, start, [], start) == 1.0
        assert moment(TABLE, unit, 0, start, [], 0.5) == start
        with pytest.raises(ValueError, match="negative"):
            due(TABLE, unit, -1, start)
    with pytest.raises(ValueError, match="whole"):
        due(TABLE, Unit.WORKING_DAYS, Decimal("1.5"), start)
