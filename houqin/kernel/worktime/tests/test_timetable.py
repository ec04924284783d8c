"""Hours, holidays and clock changes: what the timetable accepts, and what it says at the edges."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from houqin.kernel.worktime.tests.facts import AROUND_THE_CLOCK, OFFICE, SHANGHAI, chinese_timetable
from houqin.kernel.worktime.timetable import BadIntervals, DayRule, NoWorkingTime, Timetable

OFFICE_WEEK = dict.fromkeys(range(5), OFFICE)
HOUR = timedelta(hours=1)


def at(text, tz=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=tz)


@pytest.mark.parametrize("week", [{}, {0: (), 6: ()}])
def test_a_timetable_without_working_time_is_refused(week):
    with pytest.raises(NoWorkingTime):
        Timetable(
            SHANGHAI,
            week,
            {date(2026, 1, 1): DayRule(True), date(2026, 1, 2): DayRule(False, "", OFFICE)},
        )


def test_a_walk_gives_up_after_three_years_without_an_opening():
    table = Timetable(SHANGHAI, {}, {date(2026, 1, 5): DayRule(True, "仅此一天", OFFICE)})
    assert table.next_open(at("2025-06-01")) == at("2026-01-05 08:30")
    assert table.prev_open(at("2026-06-01")) == at("2026-01-05 17:30")
    for walk in (
        lambda: table.next_open(at("2026-01-06")),
        lambda: table.add(at("2026-01-01"), 9 * HOUR),
        lambda: table.prev_open(at("2026-01-01")),
        lambda: table.workdays_from(date(2026, 1, 5), -1),
    ):
        with pytest.raises(NoWorkingTime):
            walk()


@pytest.mark.parametrize(
    "intervals",
    [
        ((time(9), time(12)), (time(11), time(13))),
        ((time(22), time(6)),),
        ((time(9), time(9)),),
        ((time(20), time(0)), (time(23), time(23, 30))),
        ((time(0), time(0)), (time(1), time(2))),
    ],
)
def test_overlapping_empty_or_overnight_intervals_are_refused(intervals):
    with pytest.raises(BadIntervals):
        Timetable(SHANGHAI, {0: intervals}, {})
    with pytest.raises(BadIntervals):
        Timetable(SHANGHAI, OFFICE_WEEK, {date(2026, 1, 1): DayRule(True, "", intervals)})


def test_touching_intervals_are_one_and_midnight_may_end_a_day():
    table = Timetable(
        SHANGHAI, {0: ((time(12), time(0)), (time(9), time(12))), 1: AROUND_THE_CLOCK}, {}
    )
    assert table.intervals(date(2026, 1, 5)) == [(at("2026-01-05 09:00"), at("2026-01-06 00:00"))]
    assert table.close_of(date(2026, 1, 6)) == at("2026-01-07 00:00")
    assert table.add(at("2026-01-05 23:00"), 2 * HOUR) == at("2026-01-06 01:00")
    assert table.is_open(at("2026-01-06 00:00"))


def test_the_opening_instant_is_open_and_the_closing_instant_is_not():
    table = Timetable(SHANGHAI, OFFICE_WEEK, {})
    assert table.is_open(at("2026-01-05 08:30"))
    assert not table.is_open(at("2026-01-05 12:00"))
    assert not table.is_open(at("2026-01-05 17:30"))
    assert table.next_open(at("2026-01-05 12:00")) == at("2026-01-05 13:30")
    assert table.prev_open(at("2026-01-05 12:00")) == at("2026-01-05 12:00")
    assert table.prev_open(at("2026-01-05 13:30")) == at("2026-01-05 12:00")
    assert table.prev_open(at("2026-01-05 08:30")) == at("2026-01-02 17:30")
    assert table.add(at("2026-01-05 17:00"), HOUR / 2) == at("2026-01-05 17:30")


def test_a_make_up_day_has_the_hours_of_the_first_working_weekday_unless_it_says_otherwise():
    short = ((time(9), time(12)),)
    week = {**OFFICE_WEEK, 0: short}
    rules = {
        date(2026, 1, 4): DayRule(True, "元旦调休"),
        date(2026, 2, 14): DayRule(True, "春节调休", OFFICE),
    }
    table = Timetable(SHANGHAI, week, rules)
    assert table.close_of(date(2026, 1, 4)) == at("2026-01-04 12:00")
    assert table.close_of(date(2026, 2, 14)) == at("2026-02-14 17:30")


def test_a_term_in_working_days_does_not_count_the_day_of_the_event():
    """《民法典》第二百零一条、第二百零三条: the last day ends when business ends."""
    table = chinese_timetable(OFFICE)

    def end(t, days):
        return table.close_of(table.workdays_from(table.local_date(t), days))

    assert end(at("2026-11-13 08:31"), 1) == at("2026-11-16 17:30")
    assert end(at("2026-11-13 23:59"), 5) == at("2026-11-20 17:30")
    assert end(at("2026-02-13 10:00"), 2) == at("2026-02-24 17:30")  # 14 Feb is a make-up day
    assert end(datetime(2026, 11, 12, 16, 30, tzinfo=UTC), 1) == at("2026-11-16 17:30")
    with pytest.raises(NoWorkingTime):
        table.close_of(date(2026, 2, 17))


def test_hours_are_those_that_really_pass_when_the_clock_changes():
    berlin = ZoneInfo("Europe/Berlin")
    table = Timetable(berlin, dict.fromkeys(range(7), AROUND_THE_CLOCK), {})
    for day, hours in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)):
        noon = at(f"{day} 12:00", berlin)
        start, end = table.intervals(noon.date())[0]
        assert table.between(start, end) == hours * HOUR
        assert table.add(start, hours * HOUR) == end
    autumn = Timetable(berlin, {6: ((time(1), time(4)),)}, {})
    assert autumn.add(at("2026-10-25 00:00", berlin), 2 * HOUR).utcoffset() == HOUR
    assert (
        autumn.between(at("2026-10-25 00:00", berlin), at("2026-10-26 00:00", berlin)) == 4 * HOUR
    )


def test_a_day_that_a_zone_leaves_out_has_no_working_time():
    apia = ZoneInfo("Pacific/Apia")
    table = Timetable(apia, dict.fromkeys(range(7), OFFICE), {})
    assert not table.is_working_day(date(2011, 12, 30))
    assert table.workdays_from(date(2011, 12, 29), 1) == date(2011, 12, 31)


def test_time_is_provisional_after_the_last_published_year():
    table = chinese_timetable(OFFICE, 2020, 2026)
    assert not table.provisional(at("2026-12-31 23:59"))
    assert table.provisional(datetime(2026, 12, 31, 16, tzinfo=UTC))  # New Year in Shanghai
    assert not Timetable(SHANGHAI, OFFICE_WEEK, {}).provisional(at("2099-01-01"))


def test_a_naive_moment_and_a_negative_amount_are_mistakes():
    table = Timetable(SHANGHAI, OFFICE_WEEK, {}, 2026)
    naive = at("2026-01-05").replace(tzinfo=None)
    for ask in (table.is_open, table.next_open, table.local_date, table.provisional):
        with pytest.raises(TypeError):
            ask(naive)
    with pytest.raises(ValueError, match="negative"):
        table.add(at("2026-01-05"), -HOUR)
