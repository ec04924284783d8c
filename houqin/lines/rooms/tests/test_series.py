"""Meetings that come again: on which days, what is in the way, all of them or none."""

from datetime import date, time, timedelta

import pytest

from houqin.kernel.errors import Refused
from houqin.kernel.worktime.models import Schedule
from houqin.lines.rooms.actions import Agenda, book_series, cancel_meeting, move_meeting
from houqin.lines.rooms.models import Meeting, MeetingSeries
from houqin.lines.rooms.planning import plan_series
from houqin.lines.rooms.policies import AHEAD
from houqin.lines.rooms.recurrence import Recurrence, Repeat, rule_of
from houqin.lines.rooms.samples import at, room
from houqin.lines.rooms.tests.test_booking import book
from tests.cast import NOW
from tests.policies import put

Rest = MeetingSeries.OnRestDays


def days(rule, first, until, rest=Rest.KEEP):
    timetable = Schedule.objects.get().timetable()
    return [f"{on:%m-%d}" for _day, on in Recurrence(rule, first, until, rest).days(timetable)]


# National day 2026: 1 to 7 October off, Sunday 20 September and Saturday 10 October are worked.
def test_a_series_over_the_national_holiday_skips_it_or_goes_on_after_it(cast):
    first, until = date(2026, 9, 23), date(2026, 10, 14)
    weekly = rule_of(Repeat.WEEKLY, first)
    assert days(weekly, first, until, Rest.SKIP) == ["09-23", "09-30", "10-14"]
    assert days(weekly, first, until, Rest.NEXT) == ["09-23", "09-30", "10-08", "10-14"]
    assert days(weekly, first, until, Rest.KEEP) == ["09-23", "09-30", "10-07", "10-14"]


def test_a_weekend_that_is_worked_is_a_working_day_of_a_daily_series(cast):
    daily = days("FREQ=DAILY", date(2026, 9, 30), date(2026, 10, 12), Rest.SKIP)
    assert daily == ["09-30", "10-08", "10-09", "10-10", "10-12"]
    moved = days("FREQ=DAILY", date(2026, 9, 30), date(2026, 10, 9), Rest.NEXT)
    assert moved == ["09-30", "10-08", "10-09"]  # no day twice


# book-029 to 061 of indico (MIT): how many occurrences; a fifth weekday means the last one
@pytest.mark.parametrize(
    ("repeat", "first", "until", "weekdays", "count"),
    [
        (Repeat.DAILY, date(2026, 3, 2), date(2026, 3, 12), (), 11),
        (Repeat.WEEKLY, date(2026, 3, 2), date(2026, 3, 9), (), 2),
        (Repeat.BIWEEKLY, date(2026, 3, 2), date(2026, 3, 9), (), 1),
        (Repeat.BIWEEKLY, date(2026, 3, 2), date(2026, 4, 13), (), 4),
        (Repeat.WEEKLY, date(2023, 10, 2), date(2023, 10, 9), (0, 1), 3),
        (Repeat.WEEKLY, date(2023, 10, 2), date(2023, 10, 21), (0, 1), 6),
        (Repeat.BIWEEKLY, date(2023, 10, 2), date(2023, 10, 21), (0, 1), 4),
        (Repeat.BIWEEKLY, date(2023, 10, 2), date(2023, 11, 13), (0, 1), 7),
        (Repeat.MONTHLY, date(2026, 3, 2), date(2026, 3, 2), (), 1),
    ],
)
def test_how_often_a_meeting_comes(cast, repeat, first, until, weekdays, count):
    assert len(days(rule_of(repeat, first, weekdays), first, until)) == count


def test_the_fifth_weekday_of_a_month_is_its_last(cast):
    first = date(2014, 9, 29)
    held = days(rule_of(Repeat.MONTHLY, first), first, date(2015, 1, 7))
    assert held == ["09-29", "10-27", "11-24", "12-29"]


def weekly(where, weeks=4, hour=14):
    """The rule and the dates of a weekly hour in `where`, from tomorrow on."""
    first = NOW.date() + timedelta(days=1)
    rule = rule_of(Repeat.WEEKLY, first)
    recurrence = Recurrence(rule, first, first + timedelta(weeks=weeks - 1))
    return recurrence, plan_series(where, recurrence, time(hour), time(hour + 1), NOW)


def book_all(actor, where, recurrence, plan):
    stretches = [(occurrence.starts_at, occurrence.ends_at) for occurrence in plan]
    return book_series(actor, where, Agenda("例会"), recurrence=recurrence, stretches=stretches)


@pytest.mark.engine
def test_conflicts_are_shown_date_by_date_and_a_series_is_booked_whole_or_not_at_all(cast):
    where = room(cast)
    book(cast.meng, where, 14.5, 15.5, days=8)
    recurrence, plan = weekly(where)
    assert [occurrence.problem for occurrence in plan] == [
        "", "201 会议室已有 12-01 14:30–15:30 孟工的会议", "", ""
    ]  # fmt: skip
    with pytest.raises(Refused, match="12-01"):
        book_all(cast.wu, where, recurrence, plan)
    assert Meeting.objects.count() == 1
    assert not MeetingSeries.objects.exists()
    meetings = book_all(
        cast.wu, where, recurrence, [occurrence for occurrence in plan if not occurrence.problem]
    )
    assert [occurrence.number[-2:] for occurrence in meetings] == ["02", "03", "04"]


def test_dates_beyond_what_may_be_booked_are_shown_too(cast):
    put(AHEAD, 10)
    _recurrence, plan = weekly(room(cast))
    assert [occurrence.problem for occurrence in plan] == ["", "", *["最早提前 10 天预订。"] * 2]


def test_one_occurrence_moves_alone_or_with_all_that_follow(cast):
    where, other = room(cast), room(cast, "305 会议室")
    meetings = book_all(cast.wu, where, *weekly(where))
    move_meeting(cast.wu, meetings[1], room=where, starts_at=at(16, days=8), ends_at=at(17, days=8))
    book(cast.meng, other, 10, 11, days=22)
    with pytest.raises(Refused, match="305 会议室已有"):
        move_meeting(
            cast.wu, Meeting.objects.get(pk=meetings[2].pk), room=other,
            starts_at=at(10, days=15), ends_at=at(11, days=15), following=True,
        )  # fmt: skip
    move_meeting(
        cast.wu, Meeting.objects.get(pk=meetings[2].pk), room=other,
        starts_at=at(11, days=15), ends_at=at(12, days=15), following=True,
    )  # fmt: skip
    booked = [
        f"{occurrence.room.name[:3]} {occurrence.when[5:16]}"
        for occurrence in Meeting.objects.filter(organiser=cast.wu)
    ]
    assert sorted(booked) == [
        "201 11-24 14:00", "201 12-01 16:00", "305 12-08 11:00", "305 12-15 11:00"
    ]  # fmt: skip


def test_the_rest_of_a_series_is_called_off_at_once(cast):
    where = room(cast)
    meetings = book_all(cast.wu, where, *weekly(where))
    cancel_meeting(cast.wu, meetings[1], reason="项目结束", following=True)
    assert Meeting.objects.filter(status="cancelled").count() == 3
    book(cast.meng, where, 14, 15, days=15)
