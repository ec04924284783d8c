"""An order that was handed back is work that somebody still has to decide about."""

from houqin.dispatch.actions import accept_order, cancel_order, finish_order, hand_back_order, start_order
from houqin.dispatch.models import WorkOrder
from houqin.servicedesk.actions import dispatch_request
from houqin.servicedesk.models import Request
from tests.cast import cast as cast


def two_orders(cast):
    first = cast.order(executor=cast.wang)
    request = Request.objects.get()
    return request, first, dispatch_request(cast.chen, request, executor=cast.zhao)


def done(cast, order):
    order = WorkOrder.objects.get(pk=order.pk)
    accept_order(cast.wang, order)
    start_order(cast.wang, order)
    finish_order(cast.wang, order, result="好了")


def status():
    return Request.objects.get().status


def test_a_request_is_not_done_while_an_order_that_came_back_waits_for_a_decision(cast):
    request, first, second = two_orders(cast)
    hand_back_order(cast.zhao, second, reason="没有配件")
    done(cast, first)
    assert status() == "graded"
    request.refresh_from_db()
    dispatch_request(cast.chen, request, executor=cast.zhao)
    assert status() == "responded"


def test_cancelling_what_came_back_finishes_the_request(cast):
    _request, first, second = two_orders(cast)
    done(cast, first)
    hand_back_order(cast.zhao, second, reason="重复派单")
    assert status() == "graded"
    cancel_order(cast.chen, second, reason="不需要了")
    assert status() == "done"
    assert Request.objects.get().clocks.filter(kind="acceptance", result="running").count() == 1
