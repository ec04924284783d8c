"""The whole way of a request while its work orders go theirs: together, waiting, handed back, done again.

It is Monday, 23 November 2026, 10:24 (tests/loop.py).
"""

import pytest

from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Clock
from houqin.kernel.errors import Refused
from houqin.kernel.timekeeping import turned_to
from houqin.work.orders import actions as work
from houqin.work.orders.models import WorkOrder
from tests.cast import cast, later
from tests.loop import at, brought, clock, clocks, done, house, order_of, told

__all__ = ["cast", "house"]
pytestmark = pytest.mark.engine


def test_a_cancelled_request_takes_its_open_orders_with_it(house):
    first = house.order()
    demand = Demand.objects.get(pk=first.subject_id)
    second, third = order_of(house, demand), order_of(house, demand, executor=house.zhao)
    brought(house, first, "accept", "start", "finish")
    brought(house, second, "accept")
    work.hold_order(house.wang, second, reason="parts")
    demand.refresh_from_db()
    desk.cancel_demand(house.chen, demand, reason="楼要拆了")
    assert [WorkOrder.objects.get(pk=each.pk).status for each in (first, second, third)] == [
        "done",
        "cancelled",
        "cancelled",
    ]
    assert clocks(demand) == {"review": "met", "response": "met", "handling": "cancelled"}
    assert (demand.status, demand.next_due_at, told(demand, "demand.cancelled")) == (
        "cancelled",
        None,
        {"wu"},
    )
    with pytest.raises(Refused):
        work.accept_order(house.zhao, WorkOrder.objects.get(pk=third.pk))


def test_a_request_is_as_far_as_its_orders(house):
    first = house.order()
    demand = Demand.objects.get(pk=first.subject_id)
    second = order_of(house, demand, executor=house.zhao)
    assert brought(house, first, "accept").status == "responded"
    assert brought(house, first, "start").status == "working"
    assert brought(house, first, "finish").status == "responded"
    assert brought(house, second, "accept").status == "responded"
    assert brought(house, second, "start").status == "working"
    demand = brought(house, second, "finish")
    assert (demand.status, clocks(demand)["acceptance"]) == ("done", "running")
    before = demand.clocks.count()
    desk.follow_orders(demand, later(hours=1))
    assert (demand.clocks.count(), demand.status) == (before, "done")


def test_a_listed_reason_stops_the_clock_and_another_does_not(house):
    order = house.order()
    brought(house, order, "accept", "start")
    for reason, since, until, paused in (
        ("outside", later(hours=1), later(hours=2), None),
        ("parts", later(hours=3), later(days=2), later(hours=3)),
    ):
        with turned_to(since):
            work.hold_order(house.wang, order, reason=reason)
        demand = Demand.objects.get(pk=order.subject_id)
        assert (demand.status, clock(demand, "handling").paused_at) == ("on_hold", paused)
        assert told(order, "order.held") == {"wu"}
        with turned_to(until):
            work.resume_order(house.wang, order)
    demand.refresh_from_db()
    assert (demand.status, clock(demand, "handling").paused_at) == ("working", None)
    assert clock(demand, "handling").due_at == at(1, "17:30", month=12)
    assert clock(demand, "handling").pauses.get().reason == order.number


def test_the_clock_stands_still_when_all_that_is_left_waits(house):
    first = house.order()
    demand = Demand.objects.get(pk=first.subject_id)
    second = order_of(house, demand, executor=house.zhao)
    for order in (first, second):
        brought(house, order, "accept", "start")
    work.hold_order(house.wang, first, reason="parts")
    assert clock(demand, "handling").paused_at is None
    with turned_to(later(hours=2)):
        work.finish_order(house.zhao, second, result="好了")
    demand.refresh_from_db()
    assert (demand.status, clock(demand, "handling").paused_at) == ("on_hold", later(hours=2))
    with turned_to(later(hours=3)):
        work.reassign_order(house.chen, first, executor=house.zhao, reason="王师傅请假")
    demand.refresh_from_db()
    assert (demand.status, clock(demand, "handling").paused_at) == ("responded", None)


def test_any_number_of_orders_may_wait(house):
    first = house.order()
    demand = Demand.objects.get(pk=first.subject_id)
    for order in [first, *[order_of(house, demand) for _nth in range(6)]]:
        brought(house, order, "accept")
        work.hold_order(house.wang, order, reason="parts")
    assert clock(demand, "handling").pauses.get().reason.startswith(f"{first.number}、")


def test_handed_back_work_returns_to_the_desk(house):
    order = house.order()
    brought(house, order, "accept")
    work.hand_back_order(house.wang, order, reason="要登高证")
    demand = Demand.objects.get(pk=order.subject_id)
    assert (demand.status, clocks(demand)["response"]) == ("graded", "met")
    assert told(order, "order.handed_back") == {"chen"}
    assert (
        brought(house, order_of(house, demand, executor=house.zhao), "accept").status == "responded"
    )
    early = house.submit(grade="urgent")
    work.hand_back_order(
        house.wang, desk.dispatch_demand(house.ma, early, executor=house.wang), reason="不顺路"
    )
    early.refresh_from_db()
    assert early.status == "submitted"


def test_rework_is_a_second_round_for_the_same_people(house):
    demand = done(house)
    first = WorkOrder.objects.get()
    judged = Clock.objects.filter(target_id=demand.pk).values().order_by("pk")
    before = [each for each in judged if each["kind"] == "handling"]
    with turned_to(later(days=1)):
        desk.refuse_demand(house.wu, demand, reason="还在滴水")
    second = WorkOrder.objects.last()
    assert (second.executor, second.round, second.rework_of) == (house.wang, 2, first)
    assert (demand.status, demand.round, clocks(demand)["acceptance"]) == ("dispatched", 2, "met")
    assert [
        each for each in judged.all() if each["kind"] == "handling" and each["round"] == 1
    ] == before
    assert clock(demand, "handling", round=2).due_at == at(1, "17:30", month=12)
    assert told(demand, "demand.refused") == {"chen"}
    assert told(second, "order.offered") == {"wang"}
    with turned_to(later(days=1)):
        for verb in (work.accept_order, work.start_order):
            verb(house.wang, second)
        work.finish_order(house.wang, second, result="换了整根管")
        demand.refresh_from_db()
        acceptance = desk.sign_demand(house.wu, demand, name="吴工")
    assert (demand.status, acceptance.round) == ("accepted", 2)
    assert [each.result for each in demand.clocks.filter(kind="acceptance")] == ["met", "met"]
    assert "换了整根管" in acceptance.content
