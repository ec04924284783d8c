"""Whom the events of orders and clocks reach."""

from datetime import timedelta

from houqin.desk.demands.actions import dispatch_demand
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.people.models import User
from houqin.platform.notices.models import Notice
from houqin.work.orders.actions import accept_order, reassign_order


def told(event, **facts):
    results = Notice.objects.filter(event__name=event).select_related("event").order_by("pk")
    return [row.user.username for row in results if facts.items() <= row.event.facts.items()]


def test_who_was_on_the_way_hears_that_the_order_is_cancelled(desk):
    demand = desk.brought_to("working")
    desk.speak(desk.chen, demand, "cancel", reason="设备已报废")
    assert told("order.cancelled") == ["wang"]


def test_who_had_the_order_until_now_hears_that_another_has_it(desk):
    demand = desk.brought_to("responded")
    sun = User.objects.create_user("sun", name="孙师傅")
    reassign_order(desk.chen, desk.order(demand), executor=sun, reason="请假")
    assert sorted(told("order.reassigned")) == ["sun", "wang"]
    reassign_order(desk.chen, desk.order(demand), team=desk.team, reason="也请假")
    assert sorted(told("order.reassigned")) == ["sun", "sun", "wang", "wang"]


def test_a_review_that_takes_long_is_told_to_those_who_review(desk, clock):
    demand = desk.submitted(claimed="urgent")
    dispatch_demand(desk.chen, demand, executor=desk.wang)
    accept_order(desk.wang, desk.order(demand))
    two_days_on = demand.submitted_at + timedelta(days=2)
    clock.move_to(two_days_on)
    ring_alarms(two_days_on)
    assert told("clock.alarm", kind="handling", percent=50) == ["wang"]
    assert told("clock.alarm", kind="review", percent=50) == ["chen"]
    assert told("clock.alarm", kind="review", percent=100) == ["chen", "lin"]
