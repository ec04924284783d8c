"""The whole way of a request through its actions, with every branch: states, clocks, events, and who is told.

It is Monday, 23 November 2026, 10:24 (tests/loop.py). What its orders do on the way is in
tests/test_loop_of_orders.py.
"""

from datetime import timedelta

import pytest

from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand, Rating
from houqin.desk.demands.sweeps import deem_accepted, file_accepted
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.work.orders.models import WorkOrder
from tests.cast import cast, later
from tests.loop import at, brought, clock, clocks, done, events, house, order_of, told

__all__ = ["cast", "house"]
pytestmark = pytest.mark.engine


def test_from_the_request_to_the_work(house):
    demand = house.submit()
    assert (demand.number, demand.status) == ("XQ-2026-000001", "submitted")
    assert clocks(demand) == {"review": "running", "response": "running", "handling": "running"}
    assert (demand.next_due_at, told(demand, "demand.submitted")) == (at(24, "17:30"), {"chen"})
    with turned_to(later(minutes=10)):
        desk.grade_demand(house.chen, demand, grade="important", note="影响开会")
    assert (demand.status, clocks(demand)["review"]) == ("graded", "met")
    assert (demand.next_due_at, clock(demand, "handling").due_at) == (
        at(24, "10:24"),
        at(25, "10:24"),
    )
    assert told(demand, "demand.graded") == {"wu"}
    order = order_of(house, demand, title="修空调", reason="离得最近")
    assert (demand.status, told(order, "order.offered")) == ("dispatched", {"wang"})
    demand = brought(house, order, "accept")
    assert (demand.status, clocks(demand)["response"]) == ("responded", "met")
    assert told(order, "order.accepted") == {"wu"}
    assert brought(house, order, "start").status == "working"


def test_from_the_work_to_the_rating(house):
    demand = done(house)
    assert (demand.status, clocks(demand)["handling"]) == ("done", "met")
    assert demand.next_due_at == clock(demand, "acceptance").due_at == at(30, "17:30")
    with turned_to(later(hours=1)):
        desk.sign_demand(house.wu, demand, name="吴工")
    assert (demand.status, clocks(demand)["acceptance"], demand.next_due_at) == (
        "accepted",
        "met",
        None,
    )
    assert told(demand, "demand.signed") == {"chen"}
    with turned_to(later(hours=2)):
        desk.rate_demand(house.wu, demand, speed=5, attitude=5, solution=4)
    assert (demand.status, Rating.objects.get().solution) == ("closed", 4)
    way = ["submitted", "graded", "offered", "accepted", "started", "finished", "signed", "rated"]
    way += ["dispatched", "responded", "working", "done"]  # the demand's own, beside the order's
    assert sorted(events(demand, WorkOrder.objects.get())) == sorted(way)


def test_nothing_counts_while_the_requester_completes_the_request(house):
    demand = house.submit(grade="important")
    with turned_to(later(hours=1)):
        desk.send_back_demand(house.chen, demand, reason="哪一间？")
    assert (demand.status, demand.next_due_at, told(demand, "demand.sent_back")) == (
        "returned",
        None,
        {"wu"},
    )
    assert not demand.clocks.filter(paused_at=None).exists()
    assert ring_alarms(later(days=4)) == 0
    with turned_to(later(hours=4)):
        desk.resubmit_demand(house.wu, demand, title="502 的空调", body="窗边那台")
    assert (demand.status, demand.title) == ("submitted", "502 的空调")
    assert clock(demand, "response").due_at == later(hours=24 + 3)
    assert clock(demand, "handling").due_at == later(hours=48 + 3)
    assert clock(demand, "review").due_at == at(24, "17:30")
    assert demand.next_due_at == later(hours=24 + 3)
    assert told(demand, "demand.resubmitted") == {"chen"}


def test_an_urgent_request_is_dispatched_while_its_review_runs(house):
    demand = house.submit(grade="urgent")
    assert told(demand, "demand.submitted") == {"chen", "ma!"}
    order = desk.dispatch_demand(house.ma, demand, executor=house.wang)
    assert (demand.status, clocks(demand)["review"]) == ("dispatched", "running")
    assert told(order, "order.offered") == {"wang!"}
    brought(house, order, "accept")
    with turned_to(later(hours=3)):
        desk.confirm_demand(house.chen, Demand.objects.get(pk=demand.pk), grade="important")
    demand.refresh_from_db()
    assert (demand.status, demand.grade, demand.graded_at) == (
        "responded",
        "important",
        later(hours=3),
    )
    assert (clocks(demand)["review"], clocks(demand)["response"]) == ("met", "met")
    assert (
        clock(demand, "response").grade == "urgent"
    )  # it was judged by the promise of that moment
    assert clock(demand, "handling").due_at == later(hours=48)
    with pytest.raises(Refused):
        desk.confirm_demand(house.chen, demand, grade="urgent")


def test_what_is_not_urgent_waits_for_its_review(house):
    with pytest.raises(Refused):
        desk.dispatch_demand(house.chen, house.submit(), executor=house.wang)
    assert not WorkOrder.objects.exists()


def test_the_duty_officer_is_paged_also_when_the_desk_makes_it_urgent(house):
    demand = house.submit()
    desk.grade_demand(house.chen, demand, grade="urgent")
    assert told(demand, "demand.graded") == {"wu", "ma!"}
    assert clock(demand, "response").due_at == later(hours=2)
    again = house.graded()
    desk.regrade_demand(house.chen, again, grade="important", reason="影响面大")
    assert "ma!" not in told(again, "demand.regraded")
    desk.regrade_demand(house.chen, again, grade="urgent", reason="水进了机房")
    assert told(again, "demand.regraded") == {"wu", "ma!"}


def test_a_late_grade_can_be_over_at_once(house):
    demand = house.submit()
    with turned_to(at(26, "09:00")):
        desk.grade_demand(house.chen, demand, grade="urgent")
        assert ring_alarms(at(26, "09:00")) == 8
    assert clocks(demand) == {"review": "breached", "response": "running", "handling": "running"}
    alarms = Event.objects.about(demand).filter(name="clock.alarm", facts__kind="handling")
    assert [(alarm.facts["percent"], alarm.at) for alarm in alarms] == [
        (percent, at(26, "09:00")) for percent in (50, 80, 100, 150)
    ]


def test_a_rejected_request_counts_its_review_and_nothing_else(house):
    demand = house.submit()
    desk.reject_demand(house.chen, demand, reason="不归后勤")
    assert (demand.status, demand.next_due_at, told(demand, "demand.rejected")) == (
        "rejected",
        None,
        {"wu"},
    )
    assert clocks(demand) == {"review": "met", "response": "cancelled", "handling": "cancelled"}
    with pytest.raises(Refused):
        desk.grade_demand(house.chen, demand, grade="routine")


def test_a_withdrawn_request_counts_nothing(house):
    demand = house.submit()
    desk.withdraw_demand(house.wu, demand)
    assert (demand.status, set(clocks(demand).values())) == ("cancelled", {"cancelled"})
    with pytest.raises(NotAllowed):
        desk.withdraw_demand(house.meng, house.submit())


def test_silence_is_acceptance_and_no_rating_but_one_is_welcome_later(house):
    demand = done(house)
    due = clock(demand, "acceptance").due_at
    assert deem_accepted(due) == 0
    assert deem_accepted(due + timedelta(hours=9)) == 1
    assert deem_accepted(due + timedelta(hours=9)) == 0
    demand.refresh_from_db()
    accepted = demand.acceptances.get()
    assert (demand.status, accepted.how, accepted.at, clocks(demand)["acceptance"]) == (
        "accepted",
        "deemed",
        due,
        "met",
    )
    assert told(demand, "demand.deemed") == {"wu"}
    assert (
        file_accepted(due + timedelta(days=15)),
        file_accepted(due + timedelta(days=15, seconds=1)),
    ) == (
        0,
        1,
    )
    demand.refresh_from_db()
    assert (demand.status, demand.rated, Rating.objects.count()) == ("closed", False, 0)
    with turned_to(due + timedelta(days=40)):
        desk.rate_demand(house.wu, demand, speed=3, attitude=5, solution=4)
        with pytest.raises(Refused):
            desk.rate_demand(house.wu, demand, speed=5, attitude=5, solution=5)
    assert (demand.status, Rating.objects.get().speed) == ("closed", 3)


def test_each_alarm_is_heard_by_those_who_can_do_something(house):
    demand = brought(house, house.order(grade="important"), "accept", "start")
    heard = {}
    for hours in (25, 39, 49, 73):
        ring_alarms(later(hours=hours))
        heard[hours] = told(demand, "clock.alarm")
    assert heard == {
        25: {"wang"},
        39: {"wang", "chen"},
        49: {"wang", "chen", "lin"},
        73: {"wang", "chen", "lin"},
    }


def test_as_long_as_nobody_has_it_the_coordinator_hears_of_it(house):
    demand = house.submit(grade="urgent")
    ring_alarms(later(minutes=61))
    assert told(demand, "clock.alarm") == {"chen!"}


def test_the_requester_alone_is_reminded_to_sign(house):
    demand = done(house)
    ring_alarms(at(26, "17:00"))
    last = Event.objects.about(demand).filter(name="clock.alarm").last()
    assert (last.facts["kind"], last.facts["percent"]) == ("acceptance", 50)
    assert told(demand, "clock.alarm") == {"wu"}
