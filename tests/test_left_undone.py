"""An order that was handed back is work that somebody still has to decide about."""

from houqin.desk.demands.actions import dispatch_demand
from houqin.desk.demands.models import Demand
from houqin.work.orders.actions import (
    accept_order,
    cancel_order,
    finish_order,
    hand_back_order,
    start_order,
)
from houqin.work.orders.models import WorkOrder
from tests.cast import cast as cast


def two_orders(cast):
    first = cast.order(executor=cast.wang)
    demand = Demand.objects.get()
    return demand, first, dispatch_demand(cast.chen, demand, executor=cast.zhao)


def done(cast, order):
    order = WorkOrder.objects.get(pk=order.pk)
    accept_order(cast.wang, order)
    start_order(cast.wang, order)
    finish_order(cast.wang, order, result="好了")


def status():
    return Demand.objects.get().status


def test_a_request_is_not_done_while_an_order_that_came_back_waits_for_a_decision(cast):
    demand, first, second = two_orders(cast)
    hand_back_order(cast.zhao, second, reason="没有配件")
    done(cast, first)
    assert status() == "graded"
    demand.refresh_from_db()
    dispatch_demand(cast.chen, demand, executor=cast.zhao)
    assert status() == "responded"


def test_cancelling_what_came_back_finishes_the_request(cast):
    _request, first, second = two_orders(cast)
    done(cast, first)
    hand_back_order(cast.zhao, second, reason="重复派单")
    assert status() == "graded"
    cancel_order(cast.chen, second, reason="不需要了")
    assert status() == "done"
    assert Demand.objects.get().clocks.filter(kind="acceptance", result="running").count() == 1
