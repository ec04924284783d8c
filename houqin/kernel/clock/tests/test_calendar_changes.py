"""What a change of the calendar moves, and what it leaves: all that has ended, is paused, or was given."""

from datetime import date

import pytest

from houqin.kernel.clock.actions import (
    pause_clocks,
    recompute,
    regrade_clocks,
    resume_clocks,
    stop_clock,
)
from houqin.kernel.clock.models import Alarm, Kind
from houqin.kernel.clock.recompute import recompute_schedule
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.clock.tests.conftest import NOW, again, on, row
from houqin.kernel.people.models import the_house
from houqin.kernel.trail.models import Event
from houqin.kernel.worktime.actions import edit_day

pytestmark = pytest.mark.engine


def close(house, day, *, at=NOW):
    """That day of November is taken off."""
    edit_day(
        the_house(), house.schedule, date=date(2026, 11, day), working=False, name="停工", now=at
    )
    return recompute_schedule(the_house(), house.schedule, now=at)


def test_a_day_off_moves_what_runs_and_says_so(house):
    clock = house.start(Kind.RESPONSE)
    moved = close(house, 25, at=on(23, "12:00"))
    assert (again(clock).due_at, house.next_due()) == (on(27, "17:30"), on(27, "17:30"))
    assert [(move.before, move.after) for move in moved] == [(on(26, "17:30"), on(27, "17:30"))]
    event = Event.objects.get(name="clock.moved")
    assert (event.target, event.at) == (house.errand, on(23, "12:00"))
    assert (event.facts["before"], event.facts["due"]) == ("2026-11-26 17:30", "2026-11-27 17:30")


def test_a_change_that_moves_nothing_says_nothing(house):
    clock = house.start(standard=house.version(24, "hours"))
    before = row(clock)
    assert close(house, 24) == []
    assert row(clock) == before
    assert not Event.objects.filter(name="clock.moved").exists()


def test_what_has_ended_is_history(house):
    met, cut = house.start(Kind.RESPONSE), house.start(Kind.REVIEW)
    stop_clock(house.errand, Kind.RESPONSE, at=on(26, "17:30"))
    stop_clock(house.errand, Kind.REVIEW, at=on(24, "17:31"))
    frozen = row(met), row(cut)
    assert (frozen[0]["result"], frozen[1]["result"]) == ("met", "breached")
    assert close(house, 24, at=on(30, "09:00")) == []
    assert recompute(again(met), at=on(30, "09:00")) == (on(26, "17:30"), on(26, "17:30"))
    assert (row(met), row(cut)) == frozen


def test_a_paused_clock_learns_of_it_when_it_goes_on(house):
    clock = house.start(Kind.RESPONSE)
    pause_clocks(house.errand, at=on(23, "11:00"), reason="等备件")
    assert close(house, 25) == []
    resume_clocks(house.errand, at=on(23, "15:00"))
    assert again(clock).due_at == on(27, "17:30")


def test_past_the_published_year_a_due_time_is_provisional_until_the_year_is_known(house):
    clock = house.start(at=on(29, "10:00", month=12))
    assert (again(clock).due_at.year, again(clock).provisional) == (2027, True)
    assert not house.start(Kind.REVIEW, at=on(29, "10:00", month=12)).provisional
    house.schedule.published_through = 2027
    house.schedule.save()
    recompute_schedule(the_house(), house.schedule, now=on(30, "10:00", month=12))
    assert not again(clock).provisional


GIVEN = on(26, "15:00")
# unit, paused from, to, due then
PAUSED = [
    ("hours", on(24, "09:00"), on(24, "11:30"), on(26, "17:30")),
    ("working_hours", on(24, "17:00"), on(25, "09:00"), on(26, "16:00")),
    ("working_hours", on(24, "17:00"), on(25, "12:30"), on(27, "10:00")),
    ("working_hours", on(24, "18:00"), on(25, "08:00"), GIVEN),
    ("working_days", on(24, "09:00"), on(24, "17:00"), GIVEN),
    ("working_days", on(24, "09:00"), on(26, "11:00"), on(30, "15:00")),
    ("working_days", on(24, "17:30"), on(25, "09:00"), GIVEN),
    ("working_days", on(24, "09:00"), on(24, "17:30"), on(27, "15:00")),
    ("hours", on(27, "09:00"), on(27, "12:00"), GIVEN),
    ("working_days", on(27, "09:00"), on(30, "12:00"), GIVEN),
]


def test_no_calendar_moves_a_due_time_that_was_given(house):
    clock = house.start_given(GIVEN)
    before = row(clock)
    assert close(house, 25) == []
    assert recompute(again(clock), at=NOW) == (GIVEN, GIVEN)
    assert row(clock) == before


@pytest.mark.parametrize(("unit", "since", "until", "due"), PAUSED)
def test_a_pause_moves_a_due_time_that_was_given_by_what_it_took(house, unit, since, until, due):
    clock = house.start_given(GIVEN, standard=house.version(20, unit))
    pause_clocks(house.errand, at=since, reason="等备件")
    assert again(clock).due_at is None
    resume_clocks(house.errand, at=until)
    assert (again(clock).due_at, again(clock).given_due, house.next_due()) == (due, True, due)


def test_a_given_due_time_judges_also_from_within_a_pause(house):
    house.start_given(GIVEN, standard=house.version(20, "hours"))
    pause_clocks(house.errand, at=on(26, "14:00"), reason="等备件")
    clock = stop_clock(house.errand, Kind.HANDLING, at=on(30, "14:00"))
    assert (clock.result, clock.due_at) == ("met", on(30, "15:00"))


def test_a_given_due_time_is_kept_with_its_grade_and_goes_with_it(house):
    clock = house.start_given(GIVEN)
    regrade_clocks(house.errand, grade="routine", standard=house.standard, at=on(24, "09:00"))
    assert (again(clock).due_at, again(clock).given_due) == (GIVEN, True)
    regrade_clocks(house.errand, grade="important", standard=house.standard, at=on(24, "10:00"))
    assert (again(clock).due_at, again(clock).given_due) == (on(25, "10:24"), False)
    assert house.next_due() == on(25, "10:24")


def test_a_given_due_time_rings_by_the_time_that_was_given(house):
    clock = house.start_given(on(24, "06:24"), standard=house.version(1, "working_hours"))
    pause_clocks(house.errand, at=on(23, "11:24"), reason="等备件")
    resume_clocks(house.errand, at=on(23, "11:24"))
    ring_alarms(on(26, "09:00"))
    rung = Alarm.objects.filter(clock=clock).order_by("pk").values_list("percent", "at")
    assert list(rung) == [
        (50, on(23, "20:24")), (80, on(24, "02:24")), (100, on(24, "06:24")), (150, on(24, "16:24"))
    ]  # fmt: skip


def test_the_alarms_of_a_given_due_time_do_not_count_its_pause(house):
    clock = house.start_given(on(23, "20:24"), standard=house.version(1, "hours"))
    pause_clocks(house.errand, at=on(23, "14:24"), reason="等备件")
    resume_clocks(house.errand, at=on(23, "22:24"))
    ring_alarms(on(26, "09:00"))
    rung = Alarm.objects.filter(clock=clock).order_by("pk").values_list("percent", "at")
    assert again(clock).due_at == on(24, "04:24")
    assert list(rung) == [
        (50, on(23, "23:24")), (80, on(24, "02:24")), (100, on(24, "04:24")), (150, on(24, "09:24"))
    ]  # fmt: skip
