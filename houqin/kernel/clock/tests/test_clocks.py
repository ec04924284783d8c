"""A clock from its start to its judgement, in each of the three units."""

import pytest

from houqin.kernel.clock.actions import (
    cancel_clocks,
    hold_reason,
    pause_clocks,
    regrade_clocks,
    resume_clocks,
    start_clock,
    stop_clock,
)
from houqin.kernel.clock.models import Clock, Kind, Pause, PromisedTime, Standard
from houqin.kernel.clock.tests.conftest import NOW, again, on, row
from houqin.kernel.errors import Refused

# unit, amount, when it falls due; a pause, and when it falls due then
UNITS = [
    ("hours", 24, on(24, "10:24"), (on(23, "11:00"), on(23, "13:00")), on(24, "12:24")),
    ("hours", 24, on(24, "10:24"), (on(23, "23:00"), on(24, "07:00")), on(24, "18:24")),
    ("working_hours", 8, on(24, "10:54"), (on(23, "11:00"), on(23, "13:00")), on(24, "11:54")),
    ("working_hours", 8, on(24, "10:54"), (on(23, "18:00"), on(24, "07:00")), on(24, "10:54")),
    ("working_days", 1, on(24, "17:30"), (on(23, "11:00"), on(24, "16:00")), on(24, "17:30")),
    ("working_days", 1, on(24, "17:30"), (on(24, "16:00"), on(25, "09:00")), on(25, "17:30")),
    (
        "working_days",
        5,
        on(30, "17:30"),
        (on(24, "16:00"), on(27, "09:00")),
        on(3, "17:30", month=12),
    ),
]


@pytest.mark.parametrize(("unit", "amount", "due", "pause", "moved"), UNITS)
def test_a_pause_moves_the_due_time_in_the_unit_of_the_clock(
    house, unit, amount, due, pause, moved
):
    clock = house.start(standard=house.version(amount, unit))
    assert (clock.due_at, house.next_due()) == (due, due)
    pause_clocks(house.errand, at=pause[0], reason="等备件")
    assert (again(clock).due_at, again(clock).paused_at, house.next_due()) == (None, pause[0], None)
    resume_clocks(house.errand, at=pause[1])
    assert (again(clock).due_at, again(clock).paused_at, house.next_due()) == (moved, None, moved)
    assert again(clock).started_at == NOW


@pytest.mark.parametrize(("unit", "amount", "due"), [case[:3] for case in UNITS[::2]])
def test_a_clock_that_stops_with_its_due_time_was_in_time(house, unit, amount, due):
    house.start(standard=house.version(amount, unit))
    clock = stop_clock(house.errand, Kind.HANDLING, at=due)
    assert (clock.result, clock.stopped_at, house.next_due()) == ("met", due, None)
    house.start(standard=house.version(amount, unit, name="第二版"), at=NOW)
    late = stop_clock(house.errand, Kind.HANDLING, at=due.replace(second=1))
    assert (late.result, late.round) == ("breached", 2)


def test_a_clock_that_is_stopped_while_it_is_paused_is_judged_without_the_pause(house):
    house.start(standard=house.version(24, "hours"))
    pause_clocks(house.errand, at=on(23, "11:00"), reason="等备件")
    clock = stop_clock(house.errand, Kind.HANDLING, at=on(27, "11:00"))
    assert (clock.result, clock.due_at, clock.paused_at) == ("met", on(28, "10:24"), None)
    assert not Pause.objects.filter(ended_at=None).exists()


def test_stopping_what_does_not_run_changes_nothing(house):
    assert stop_clock(house.errand, Kind.HANDLING, at=NOW) is None
    clock = house.start()
    stop_clock(house.errand, Kind.HANDLING, at=on(24, "09:00"))
    ended = row(clock)
    assert stop_clock(house.errand, Kind.HANDLING, at=on(28, "09:00")) is None
    cancel_clocks(house.errand, at=on(28, "09:00"))
    pause_clocks(house.errand, at=on(28, "09:00"), reason="等备件")
    resume_clocks(house.errand, at=on(28, "10:00"))
    regrade_clocks(house.errand, grade="urgent", standard=house.standard, at=on(28, "11:00"))
    assert row(clock) == ended


def test_a_machine_whose_time_is_a_little_behind_stops_a_clock_too(house):
    clock = house.start()
    assert stop_clock(house.errand, Kind.HANDLING, at=on(23, "10:23")).stopped_at == NOW
    assert again(clock).result == "met"


def test_a_cancelled_clock_is_judged_by_nobody(house):
    clock = house.start()
    pause_clocks(house.errand, at=on(23, "11:00"), reason="等备件")
    cancel_clocks(house.errand, at=on(27, "11:00"))
    assert (again(clock).result, again(clock).stopped_at) == ("cancelled", on(27, "11:00"))
    assert (again(clock).next_alarm_at, house.next_due()) == (None, None)


def test_a_clock_that_is_paused_twice_keeps_its_first_pause(house):
    clock = house.start(standard=house.version(24, "hours"))
    pause_clocks(house.errand, at=on(23, "11:00"), reason="等备件")
    pause_clocks(house.errand, at=on(23, "12:00"), reason="等需求人")
    assert [(pause.started_at, pause.reason) for pause in clock.pauses.all()] == [
        (on(23, "11:00"), "等备件")
    ]
    resume_clocks(house.errand, at=on(23, "13:00"))
    resume_clocks(house.errand, at=on(23, "18:00"))
    assert again(clock).due_at == on(24, "12:24")
    assert [pause.ended_at for pause in clock.pauses.all()] == [on(23, "13:00")]


def test_a_second_pause_is_added_to_the_first(house):
    clock = house.start(standard=house.version(24, "hours"))
    for hour in (11, 15):
        pause_clocks(house.errand, at=on(23, f"{hour}:00"), reason="等备件")
        resume_clocks(house.errand, at=on(23, f"{hour + 1}:00"))
    assert again(clock).due_at == on(24, "12:24")


def test_only_the_kinds_that_are_named_are_paused(house):
    review, handling = house.start(Kind.REVIEW), house.start()
    pause_clocks(house.errand, at=on(23, "11:00"), reason="等备件", kinds=[Kind.HANDLING])
    assert (again(review).paused_at, again(handling).paused_at) == (None, on(23, "11:00"))
    assert house.next_due() == again(review).due_at


def test_another_grade_keeps_the_start_and_what_was_paused(house):
    response, handling = house.start(Kind.RESPONSE), house.start()
    review = house.start(Kind.REVIEW)
    before = row(review)
    pause_clocks(house.errand, at=on(23, "11:00"), reason="等需求人")
    resume_clocks(house.errand, at=on(23, "13:00"))
    regrade_clocks(house.errand, grade="important", standard=house.standard, at=on(23, "15:00"))
    assert (again(response).due_at, again(handling).due_at) == (on(24, "12:24"), on(25, "12:24"))
    assert {again(clock).started_at for clock in (response, handling)} == {NOW}
    assert {again(clock).grade for clock in (response, handling)} == {"important"}
    assert row(review)["grade"] == before["grade"]


def test_a_paused_clock_takes_the_other_grade_when_it_goes_on(house):
    clock = house.start()
    pause_clocks(house.errand, at=on(23, "11:00"), reason="等需求人")
    regrade_clocks(house.errand, grade="important", standard=house.standard, at=on(24, "15:00"))
    assert (again(clock).due_at, again(clock).grade) == (None, "important")
    resume_clocks(house.errand, at=on(25, "11:00"))
    assert again(clock).due_at == on(27, "10:24")


def test_a_late_grade_can_be_over_at_once(house):
    clock = house.start()
    regrade_clocks(house.errand, grade="urgent", standard=house.standard, at=on(24, "09:00"))
    assert again(clock).due_at == on(23, "14:24")
    assert stop_clock(house.errand, Kind.HANDLING, at=on(24, "09:30")).result == "breached"


def test_a_clock_keeps_the_promise_of_its_version_after_a_newer_one_came_into_force(house):
    clock = house.start()
    house.version(1, "hours", since=on(24, "00:00"))
    pause_clocks(house.errand, at=on(24, "11:00"), reason="等备件")
    resume_clocks(house.errand, at=on(24, "11:30"))
    assert (again(clock).standard, again(clock).due_at) == (house.standard, on(30, "17:30"))
    assert Standard.in_force(on(24, "12:00")).name == "试行"


def test_rework_keeps_the_first_result_and_starts_a_second_round(house):
    first = house.start()
    stop_clock(house.errand, Kind.HANDLING, at=on(3, "09:00", month=12))
    judged = row(first)
    second = house.start(at=on(3, "10:00", month=12))
    assert (second.round, second.due_at, house.next_due()) == (2, *[on(10, "17:30", month=12)] * 2)
    stop_clock(house.errand, Kind.HANDLING, at=on(4, "10:00", month=12))
    assert row(first) == judged
    assert [clock.result for clock in house.errand.clocks.order_by("round")] == ["breached", "met"]


def test_nothing_is_started_that_the_version_does_not_promise(house):
    PromisedTime.objects.filter(kind=Kind.ACCEPTANCE, grade="urgent").delete()
    with pytest.raises(Refused, match="服务标准 2026 版"):
        house.start(Kind.ACCEPTANCE, grade="urgent")
    assert not Clock.objects.exists()


def test_what_the_version_does_not_list_is_no_reason_to_hold(house):
    assert hold_reason(house.standard, "outside").stops is False
    with pytest.raises(Refused, match="没有列出"):
        hold_reason(house.standard, "weather")
    with pytest.raises(Refused, match="没有列出"):
        hold_reason(house.version(1, "hours"), "outside")


def test_the_nearest_due_time_is_that_of_the_errand_alone(house):
    other = type(house.errand).objects.create(name="别的")
    start_clock(
        other,
        Kind.HANDLING,
        grade="urgent",
        standard=house.standard,
        schedule=house.schedule,
        at=NOW,
    )
    house.start()
    assert house.next_due() == on(30, "17:30")
    assert type(other).objects.get(pk=other.pk).next_due_at == on(23, "14:24")
