"""The whole way of a request through its actions, with every branch: states, clocks, events, and who is told.

It is Monday, 23 November 2026, 10:24. 马队长 is on call until Tuesday morning.
"""

from datetime import datetime, timedelta

import pytest

from houqin.dispatch import actions as work
from houqin.dispatch.models import Shift, WorkOrder
from houqin.kernel.clock.models import Clock
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.notices.models import Notice
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.servicedesk import actions as desk
from houqin.servicedesk.models import Entry, Rating, Request
from houqin.servicedesk.sweeps import deem_accepted, file_accepted
from tests.cast import NOW, cast, later

__all__ = ["cast"]


@pytest.fixture
def house(cast):
    Entry.objects.update(photos_needed=False)
    Shift.objects.create(
        user=cast.ma, place=cast.near, on_call=True,
        starts_at=NOW - timedelta(hours=2), ends_at=NOW + timedelta(hours=22),
    )  # fmt: skip
    return cast


def at(day, text, month=11):
    hour, minute = map(int, text.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=NOW.tzinfo)


def clocks(request):
    """What each kind says, the newest round."""
    return {one.kind: one.result for one in request.clocks.order_by("round")}


def clock(request, kind, round=1):
    return request.clocks.get(kind=kind, round=round)


def told(thing, name):
    """Who heard of the last such event; those for whom it is urgent with an exclamation mark."""
    event = Event.objects.about(thing).filter(name=name).last()
    notices = Notice.objects.filter(event=event).select_related("user")
    return {one.user.username + "!" * one.urgent for one in notices}


def events(*things):
    return [event.name.split(".")[1] for event in Event.objects.about(*things)]


def order_of(house, request, executor=None, **given):
    return desk.dispatch_request(house.chen, request, executor=executor or house.wang, **given)


def brought(house, order, *verbs):
    """The executor speaks the verbs, each a minute after the one before."""
    for nth, verb in enumerate(verbs):
        with turned_to(later(minutes=nth + 1)):
            given = {"result": "换了阀门"} if verb == "finish" else {}
            getattr(work, f"{verb}_order")(order.executor or house.wang, order, **given)
    return Request.objects.get(pk=order.subject_id)


def done(house):
    return brought(house, house.order(), "accept", "start", "finish")


def test_from_the_request_to_the_work(house):
    request = house.submit()
    assert (request.number, request.status) == ("XQ-2026-000001", "submitted")
    assert clocks(request) == {"review": "running", "response": "running", "handling": "running"}
    assert (request.next_due_at, told(request, "request.submitted")) == (at(24, "17:30"), {"chen"})
    with turned_to(later(minutes=10)):
        desk.grade_request(house.chen, request, grade="important", note="影响开会")
    assert (request.status, clocks(request)["review"]) == ("graded", "met")
    assert (request.next_due_at, clock(request, "handling").due_at) == (at(24, "10:24"), at(25, "10:24"))
    assert told(request, "request.graded") == {"wu"}
    order = order_of(house, request, title="修空调", reason="离得最近")
    assert (request.status, told(order, "order.offered")) == ("dispatched", {"wang"})
    request = brought(house, order, "accept")
    assert (request.status, clocks(request)["response"]) == ("responded", "met")
    assert told(order, "order.accepted") == {"wu"}
    assert brought(house, order, "start").status == "working"


def test_from_the_work_to_the_rating(house):
    request = done(house)
    assert (request.status, clocks(request)["handling"]) == ("done", "met")
    assert request.next_due_at == clock(request, "acceptance").due_at == at(30, "17:30")
    with turned_to(later(hours=1)):
        desk.sign_request(house.wu, request, name="吴工")
    assert (request.status, clocks(request)["acceptance"], request.next_due_at) == ("accepted", "met", None)
    assert told(request, "request.signed") == {"chen"}
    with turned_to(later(hours=2)):
        desk.rate_request(house.wu, request, speed=5, attitude=5, solution=4)
    assert (request.status, Rating.objects.get().solution) == ("closed", 4)
    way = ["submitted", "graded", "offered", "accepted", "started", "finished", "signed", "rated"]
    assert sorted(events(request, WorkOrder.objects.get())) == sorted(way)


def test_nothing_counts_while_the_requester_completes_the_request(house):
    request = house.submit(grade="important")
    with turned_to(later(hours=1)):
        desk.send_back_request(house.chen, request, reason="哪一间？")
    assert (request.status, request.next_due_at, told(request, "request.sent_back")) == (
        "returned",
        None,
        {"wu"},
    )
    assert not request.clocks.filter(paused_at=None).exists()
    assert ring_alarms(later(days=4)) == 0
    with turned_to(later(hours=4)):
        desk.resubmit_request(house.wu, request, title="502 的空调", body="窗边那台")
    assert (request.status, request.title) == ("submitted", "502 的空调")
    assert clock(request, "response").due_at == later(hours=24 + 3)
    assert clock(request, "handling").due_at == later(hours=48 + 3)
    assert clock(request, "review").due_at == at(24, "17:30")
    assert request.next_due_at == later(hours=24 + 3)
    assert told(request, "request.resubmitted") == {"chen"}


def test_an_urgent_request_is_dispatched_while_its_review_runs(house):
    request = house.submit(grade="urgent")
    assert told(request, "request.submitted") == {"chen", "ma!"}
    order = desk.dispatch_request(house.ma, request, executor=house.wang)
    assert (request.status, clocks(request)["review"]) == ("dispatched", "running")
    assert told(order, "order.offered") == {"wang!"}
    brought(house, order, "accept")
    with turned_to(later(hours=3)):
        desk.confirm_request(house.chen, Request.objects.get(pk=request.pk), grade="important")
    request.refresh_from_db()
    assert (request.status, request.grade, request.graded_at) == ("responded", "important", later(hours=3))
    assert (clocks(request)["review"], clocks(request)["response"]) == ("met", "met")
    assert clock(request, "response").grade == "urgent"  # it was judged by the promise of that moment
    assert clock(request, "handling").due_at == later(hours=48)
    with pytest.raises(Refused):
        desk.confirm_request(house.chen, request, grade="urgent")


def test_what_is_not_urgent_waits_for_its_review(house):
    with pytest.raises(Refused):
        desk.dispatch_request(house.chen, house.submit(), executor=house.wang)
    assert not WorkOrder.objects.exists()


def test_the_duty_officer_is_paged_also_when_the_desk_makes_it_urgent(house):
    request = house.submit()
    desk.grade_request(house.chen, request, grade="urgent")
    assert told(request, "request.graded") == {"wu", "ma!"}
    assert clock(request, "response").due_at == later(hours=2)
    again = house.graded()
    desk.regrade_request(house.chen, again, grade="important", reason="影响面大")
    assert "ma!" not in told(again, "request.regraded")
    desk.regrade_request(house.chen, again, grade="urgent", reason="水进了机房")
    assert told(again, "request.regraded") == {"wu", "ma!"}


def test_a_late_grade_can_be_over_at_once(house):
    request = house.submit()
    with turned_to(at(26, "09:00")):
        desk.grade_request(house.chen, request, grade="urgent")
        assert ring_alarms(at(26, "09:00")) == 8
    assert clocks(request) == {"review": "breached", "response": "running", "handling": "running"}
    alarms = Event.objects.about(request).filter(name="clock.alarm", facts__kind="handling")
    assert [(one.facts["percent"], one.at) for one in alarms] == [
        (percent, at(26, "09:00")) for percent in (50, 80, 100, 150)
    ]


def test_a_rejected_request_counts_its_review_and_nothing_else(house):
    request = house.submit()
    desk.reject_request(house.chen, request, reason="不归后勤")
    assert (request.status, request.next_due_at, told(request, "request.rejected")) == (
        "rejected",
        None,
        {"wu"},
    )
    assert clocks(request) == {"review": "met", "response": "cancelled", "handling": "cancelled"}
    with pytest.raises(Refused):
        desk.grade_request(house.chen, request, grade="routine")


def test_a_withdrawn_request_counts_nothing(house):
    request = house.submit()
    desk.withdraw_request(house.wu, request)
    assert (request.status, set(clocks(request).values())) == ("cancelled", {"cancelled"})
    with pytest.raises(NotAllowed):
        desk.withdraw_request(house.meng, house.submit())


def test_a_cancelled_request_takes_its_open_orders_with_it(house):
    first = house.order()
    request = Request.objects.get(pk=first.subject_id)
    second, third = order_of(house, request), order_of(house, request, executor=house.zhao)
    brought(house, first, "accept", "start", "finish")
    brought(house, second, "accept")
    work.hold_order(house.wang, second, reason="parts")
    request.refresh_from_db()
    desk.cancel_request(house.chen, request, reason="楼要拆了")
    assert [WorkOrder.objects.get(pk=one.pk).status for one in (first, second, third)] == [
        "done",
        "cancelled",
        "cancelled",
    ]
    assert clocks(request) == {"review": "met", "response": "met", "handling": "cancelled"}
    assert (request.status, request.next_due_at, told(request, "request.cancelled")) == (
        "cancelled",
        None,
        {"wu"},
    )
    with pytest.raises(Refused):
        work.accept_order(house.zhao, WorkOrder.objects.get(pk=third.pk))


def test_a_request_is_as_far_as_its_orders(house):
    first = house.order()
    request = Request.objects.get(pk=first.subject_id)
    second = order_of(house, request, executor=house.zhao)
    assert brought(house, first, "accept").status == "responded"
    assert brought(house, first, "start").status == "working"
    assert brought(house, first, "finish").status == "responded"
    assert brought(house, second, "accept").status == "responded"
    assert brought(house, second, "start").status == "working"
    request = brought(house, second, "finish")
    assert (request.status, clocks(request)["acceptance"]) == ("done", "running")
    before = request.clocks.count()
    desk.follow_orders(request, later(hours=1))
    assert (request.clocks.count(), request.status) == (before, "done")


def test_a_listed_reason_stops_the_clock_and_another_does_not(house):
    order = house.order()
    brought(house, order, "accept", "start")
    for reason, since, until, paused in (
        ("outside", later(hours=1), later(hours=2), None),
        ("parts", later(hours=3), later(days=2), later(hours=3)),
    ):
        with turned_to(since):
            work.hold_order(house.wang, order, reason=reason)
        request = Request.objects.get(pk=order.subject_id)
        assert (request.status, clock(request, "handling").paused_at) == ("on_hold", paused)
        assert told(order, "order.held") == {"wu"}
        with turned_to(until):
            work.resume_order(house.wang, order)
    request.refresh_from_db()
    assert (request.status, clock(request, "handling").paused_at) == ("working", None)
    assert clock(request, "handling").due_at == at(1, "17:30", month=12)
    assert clock(request, "handling").pauses.get().reason == order.number


def test_the_clock_stands_still_when_all_that_is_left_waits(house):
    first = house.order()
    request = Request.objects.get(pk=first.subject_id)
    second = order_of(house, request, executor=house.zhao)
    for order in (first, second):
        brought(house, order, "accept", "start")
    work.hold_order(house.wang, first, reason="parts")
    assert clock(request, "handling").paused_at is None
    with turned_to(later(hours=2)):
        work.finish_order(house.zhao, second, result="好了")
    request.refresh_from_db()
    assert (request.status, clock(request, "handling").paused_at) == ("on_hold", later(hours=2))
    with turned_to(later(hours=3)):
        work.reassign_order(house.chen, first, executor=house.zhao, reason="王师傅请假")
    request.refresh_from_db()
    assert (request.status, clock(request, "handling").paused_at) == ("responded", None)


def test_any_number_of_orders_may_wait(house):
    first = house.order()
    request = Request.objects.get(pk=first.subject_id)
    for order in [first, *[order_of(house, request) for _nth in range(6)]]:
        brought(house, order, "accept")
        work.hold_order(house.wang, order, reason="parts")
    assert clock(request, "handling").pauses.get().reason.startswith(f"{first.number}、")


def test_handed_back_work_returns_to_the_desk(house):
    order = house.order()
    brought(house, order, "accept")
    work.hand_back_order(house.wang, order, reason="要登高证")
    request = Request.objects.get(pk=order.subject_id)
    assert (request.status, clocks(request)["response"]) == ("graded", "met")
    assert told(order, "order.handed_back") == {"chen"}
    assert brought(house, order_of(house, request, executor=house.zhao), "accept").status == "responded"
    early = house.submit(grade="urgent")
    work.hand_back_order(
        house.wang, desk.dispatch_request(house.ma, early, executor=house.wang), reason="不顺路"
    )
    early.refresh_from_db()
    assert early.status == "submitted"


def test_rework_is_a_second_round_for_the_same_people(house):
    request = done(house)
    first = WorkOrder.objects.get()
    judged = Clock.objects.filter(target_id=request.pk).values().order_by("pk")
    before = [one for one in judged if one["kind"] == "handling"]
    with turned_to(later(days=1)):
        desk.refuse_request(house.wu, request, reason="还在滴水")
    second = WorkOrder.objects.last()
    assert (second.executor, second.round, second.rework_of) == (house.wang, 2, first)
    assert (request.status, request.round, clocks(request)["acceptance"]) == ("dispatched", 2, "met")
    assert [one for one in judged.all() if one["kind"] == "handling" and one["round"] == 1] == before
    assert clock(request, "handling", round=2).due_at == at(1, "17:30", month=12)
    assert told(request, "request.refused") == {"chen"}
    assert told(second, "order.offered") == {"wang"}
    with turned_to(later(days=1)):
        for verb in (work.accept_order, work.start_order):
            verb(house.wang, second)
        work.finish_order(house.wang, second, result="换了整根管")
        request.refresh_from_db()
        acceptance = desk.sign_request(house.wu, request, name="吴工")
    assert (request.status, acceptance.round) == ("accepted", 2)
    assert [one.result for one in request.clocks.filter(kind="acceptance")] == ["met", "met"]
    assert "换了整根管" in acceptance.content


def test_silence_is_acceptance_and_no_rating_but_one_is_welcome_later(house):
    request = done(house)
    due = clock(request, "acceptance").due_at
    assert deem_accepted(due) == 0
    assert deem_accepted(due + timedelta(hours=9)) == 1
    assert deem_accepted(due + timedelta(hours=9)) == 0
    request.refresh_from_db()
    accepted = request.acceptances.get()
    assert (request.status, accepted.how, accepted.at, clocks(request)["acceptance"]) == (
        "accepted",
        "deemed",
        due,
        "met",
    )
    assert told(request, "request.deemed") == {"wu"}
    assert (file_accepted(due + timedelta(days=15)), file_accepted(due + timedelta(days=15, seconds=1))) == (
        0,
        1,
    )
    request.refresh_from_db()
    assert (request.status, request.rated, Rating.objects.count()) == ("closed", False, 0)
    with turned_to(due + timedelta(days=40)):
        desk.rate_request(house.wu, request, speed=3, attitude=5, solution=4)
        with pytest.raises(Refused):
            desk.rate_request(house.wu, request, speed=5, attitude=5, solution=5)
    assert (request.status, Rating.objects.get().speed) == ("closed", 3)


def test_each_alarm_is_heard_by_those_who_can_do_something(house):
    request = brought(house, house.order(grade="important"), "accept", "start")
    heard = {}
    for hours in (25, 39, 49, 73):
        ring_alarms(later(hours=hours))
        heard[hours] = told(request, "clock.alarm")
    assert heard == {
        25: {"wang"},
        39: {"wang", "chen"},
        49: {"wang", "chen", "lin"},
        73: {"wang", "chen", "lin"},
    }


def test_as_long_as_nobody_has_it_the_coordinator_hears_of_it(house):
    request = house.submit(grade="urgent")
    ring_alarms(later(minutes=61))
    assert told(request, "clock.alarm") == {"chen!"}


def test_the_requester_alone_is_reminded_to_sign(house):
    request = done(house)
    ring_alarms(at(26, "17:00"))
    last = Event.objects.about(request).filter(name="clock.alarm").last()
    assert (last.facts["kind"], last.facts["percent"]) == ("acceptance", 50)
    assert told(request, "clock.alarm") == {"wu"}
