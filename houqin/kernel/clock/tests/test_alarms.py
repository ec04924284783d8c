"""Alarms at 50, 80, 100 and 150 per cent: each once, in order, at its own time, whenever the sweep comes."""

from datetime import timedelta

import pytest

from houqin.kernel.clock.actions import pause_clocks, regrade_clocks, resume_clocks, stop_clock
from houqin.kernel.clock.models import Alarm, Clock, Kind
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.clock.tests.conftest import NOW, again, on
from houqin.kernel.clock.tests.errand import Errand
from houqin.kernel.people.models import the_house
from houqin.kernel.trail.models import Event

pytestmark = pytest.mark.engine
# unit, amount, the times of 50, 80, 100 and 150 per cent from Monday 10:24 on
TIMES = [
    ("hours", 24, (on(23, "22:24"), on(24, "05:36"), on(24, "10:24"), on(24, "22:24"))),
    ("working_hours", 10, (on(23, "16:54"), on(24, "10:54"), on(24, "14:24"), on(25, "10:24"))),
    # 28.1 working hours up to Thursday 17:30
    (
        "working_days",
        3,
        (on(25, "09:27"), on(26, "10:22") + timedelta(seconds=48), on(26, "17:30")),
    ),
]


def rung(clock):
    return [(alarm.percent, alarm.at) for alarm in Alarm.objects.filter(clock=clock).order_by("pk")]


def recorded(target):
    events = Event.objects.about(target).filter(name="clock.alarm").order_by("pk")
    return [(event.facts["percent"], event.at, event.facts["kind"]) for event in events]


@pytest.mark.parametrize(("unit", "amount", "times"), TIMES)
def test_each_alarm_rings_when_its_time_has_come_and_not_before(house, unit, amount, times):
    clock = house.start(standard=house.version(amount, unit))
    for nth, at in enumerate(times):
        assert again(clock).next_alarm_at == at
        assert ring_alarms(at - timedelta(microseconds=1)) == 0
        assert ring_alarms(at) == 1
        assert ring_alarms(at) == 0
        assert rung(clock)[nth] == ((50, 80, 100, 150)[nth], at)


@pytest.mark.parametrize(("unit", "amount", "times"), TIMES)
def test_after_an_outage_of_days_all_ring_at_once_each_with_its_own_time(
    house, unit, amount, times
):
    clock = house.start(standard=house.version(amount, unit))
    assert ring_alarms(on(11, "08:00", month=12)) == 4
    assert [at for _percent, at in rung(clock)][: len(times)] == list(times)
    assert [percent for percent, _at in rung(clock)] == [50, 80, 100, 150]
    assert recorded(house.errand) == [(percent, at, "handling") for percent, at in rung(clock)]
    assert ring_alarms(on(30, "08:00", month=12)) == 0
    assert (again(clock).next_alarm, again(clock).next_alarm_at) == (None, None)


def test_the_house_rings_and_the_oldest_alarm_of_all_is_the_first(house):
    urgent = house.start(Kind.RESPONSE, grade="urgent", errand=Errand.objects.create(name="漏水"))
    house.start(grade="important")
    ring_alarms(on(24, "12:00"))
    events = Event.objects.filter(name="clock.alarm").order_by("pk")
    assert [(event.target_id, event.facts["percent"]) for event in events] == [
        *[(urgent.target_id, percent) for percent in (50, 80, 100, 150)],
        (house.errand.pk, 50),
    ]
    assert {event.actor for event in events} == {the_house()}


def test_a_paused_clock_is_silent_and_its_alarms_move_with_it(house):
    clock = house.start(standard=house.version(24, "hours"))
    pause_clocks(house.errand, at=on(23, "11:24"), reason="等备件")
    assert ring_alarms(on(30, "09:00")) == 0
    resume_clocks(house.errand, at=on(30, "11:24"))
    assert ring_alarms(on(30, "22:00")) == 0
    ring_alarms(on(30, "22:24"))
    assert rung(clock) == [(50, on(30, "22:24"))]


def test_an_alarm_that_nobody_rang_before_the_pause_keeps_its_time(house):
    clock = house.start(standard=house.version(4, "hours"))
    pause_clocks(house.errand, at=on(23, "13:24"), reason="等备件")
    resume_clocks(house.errand, at=on(23, "23:24"))
    ring_alarms(on(24, "09:00"))
    assert rung(clock) == [
        (50, on(23, "12:24")), (80, on(23, "23:36")), (100, on(24, "00:24")), (150, on(24, "02:24"))
    ]  # fmt: skip


def test_a_stopped_clock_is_silent(house):
    clock = house.start(grade="urgent")
    ring_alarms(on(23, "12:30"))
    stop_clock(house.errand, Kind.HANDLING, at=on(23, "13:00"))
    assert ring_alarms(on(30, "09:00")) == 0
    assert rung(clock) == [(50, on(23, "12:24"))]


def test_what_a_shorter_grade_has_used_up_rings_with_the_grading_and_not_before(house):
    clock = house.start()
    ring_alarms(on(26, "12:00"))
    assert [percent for percent, _at in rung(clock)] == [50]
    regrade_clocks(house.errand, grade="urgent", standard=house.standard, at=on(26, "12:30"))
    ring_alarms(on(26, "12:31"))
    assert rung(clock)[1:] == [(percent, on(26, "12:30")) for percent in (80, 100, 150)]


def test_a_grade_that_came_in_a_pause_rings_nothing_from_before_it(house):
    clock = house.start()
    pause_clocks(house.errand, at=on(24, "12:00"), reason="等备件")
    regrade_clocks(house.errand, grade="urgent", standard=house.standard, at=on(24, "13:00"))
    resume_clocks(house.errand, at=on(24, "14:00"))
    ring_alarms(on(24, "14:01"))
    assert rung(clock) == [(percent, on(24, "13:00")) for percent in (50, 80, 100, 150)]


def test_a_longer_grade_rings_none_again(house):
    clock = house.start(grade="urgent")
    ring_alarms(on(23, "13:40"))
    regrade_clocks(house.errand, grade="important", standard=house.standard, at=on(23, "13:45"))
    assert ring_alarms(on(25, "00:47")) == 0
    ring_alarms(on(25, "00:48"))
    assert rung(clock) == [(50, on(23, "12:24")), (80, on(23, "13:36")), (100, on(25, "10:24"))][:2]
    assert again(clock).next_alarm_at == on(25, "10:24")


def test_the_same_promise_said_again_moves_no_alarm(house):
    clock = house.start(grade="urgent")
    regrade_clocks(house.errand, grade="urgent", standard=house.standard, at=on(23, "13:00"))
    ring_alarms(on(23, "13:01"))
    assert rung(clock) == [(50, on(23, "12:24"))]


def test_alarms_that_were_kept_silent_stay_so(house):
    """An import passes over those whose time was before it."""
    clock = house.start(grade="important")
    Clock.objects.filter(pk=clock.pk).update(next_alarm=100, next_alarm_at=clock.due_at)
    regrade_clocks(house.errand, grade="urgent", standard=house.standard, at=on(25, "10:00"))
    ring_alarms(on(25, "10:01"))
    assert [percent for percent, _at in rung(clock)] == [100, 150]


def test_an_alarm_that_was_aimed_at_twice_rings_once(house):
    """An action that read the clock before the sweep rang may write back what it had read."""
    clock = house.start(standard=house.version(24, "hours"))
    ring_alarms(on(23, "22:24"))
    Clock.objects.filter(pk=clock.pk).update(next_alarm=50, next_alarm_at=on(23, "22:24"))
    ring_alarms(on(24, "05:36"))
    assert rung(clock) == [(50, on(23, "22:24")), (80, on(24, "05:36"))]
    assert len(recorded(house.errand)) == 2


def test_a_clock_that_cannot_ring_holds_up_no_other(house, caplog):
    orphan = house.start(grade="urgent", errand=Errand.objects.create(name="不见了"))
    Errand.objects.filter(pk=orphan.target_id)._raw_delete("default")
    clock = house.start(grade="important")
    assert ring_alarms(on(24, "12:00")) == 1
    assert rung(clock) == [(50, on(24, "10:24"))]
    assert rung(orphan) == []
    assert f"The alarm of clock {orphan.pk} failed" in caplog.text


def test_the_rest_of_many_rings_in_the_next_run(house):
    house.start(grade="urgent")
    Clock.objects.bulk_create(
        Clock(
            target=Errand.objects.create(name=str(nth)), kind=Kind.HANDLING, grade="urgent", amount=4,
            standard=house.standard, schedule=house.schedule, unit="hours", started_at=NOW,
            due_at=on(23, "14:24"), next_alarm=50, next_alarm_at=on(23, "12:24"),
        )
        for nth in range(60)
    )  # fmt: skip
    counts = [ring_alarms(on(24, "00:00")) for _run in range(3)]
    assert counts == [200, 44, 0]
    assert (
        Alarm.objects.count() == len(Alarm.objects.values("clock", "percent").distinct()) == 61 * 4
    )
