"""Many at one thing, on both engines: one is first, the others are told so, nothing happens twice.

Every attempt holds an object that was read before the start, as every browser shows a page of some time ago.
"""

import pytest
from django.db import transaction
from django.test import Client

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Acceptance, Demand
from houqin.kernel.clock.actions import regrade_clocks
from houqin.kernel.clock.models import Alarm, Clock
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.work.orders import actions as work
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Member
from tests.cast import NOW, cast, later
from tests.racing import errors, kinds, race

__all__ = ["cast"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MANY = 200
ROUNDS = 6


def seen_by(count, thing):
    """`count` browsers have the thing on their screens."""
    return [type(thing).objects.get(pk=thing.pk) for _nth in range(count)]


def happened(target, name):
    return Event.objects.about(target).filter(name=name).count()


def ended(demand, kind):
    return list(demand.clocks.filter(kind=kind).values_list("result", "stopped_at"))


def test_of_two_hundred_who_grade_a_request_one_does(cast):
    demand = cast.submit()
    seen = seen_by(MANY, demand)
    with turned_to(later(minutes=5)):
        outcomes = race(
            MANY, lambda nth: desk.grade_demand(cast.chen, seen[nth], grade="important")
        )
    assert len(errors(outcomes)) == MANY - 1
    assert kinds(outcomes) == {Refused}
    demand.refresh_from_db()
    assert (demand.status, demand.grade, demand.graded_at) == (
        "graded",
        "important",
        later(minutes=5),
    )
    assert happened(demand, "demand.graded") == 1
    assert ended(demand, "review") == [("met", later(minutes=5))]


def a_crew_of(count, team):
    people = [User(username=f"crew{nth}", name=f"{nth} 号") for nth in range(count)]
    User.objects.bulk_create(people)
    Member.objects.bulk_create(Member(team=team, user=person) for person in people)
    return people


def test_of_two_hundred_who_grab_an_order_one_gets_it(cast):
    people = a_crew_of(MANY, cast.team)
    order = cast.order(team=cast.team)
    seen = seen_by(MANY, order)
    with turned_to(later(minutes=9)):
        outcomes = race(MANY, lambda nth: work.accept_order(people[nth], seen[nth]))
    assert len(errors(outcomes)) == MANY - 1
    assert kinds(outcomes) == {Refused}
    order.refresh_from_db()
    assert order.executor == people[next(nth for nth, each in enumerate(outcomes) if each is None)]
    assert happened(order, "order.accepted") == 1
    demand = Demand.objects.get(pk=order.subject_id)
    assert demand.status == "responded"
    assert ended(demand, "response") == [("met", later(minutes=9))]


def done_by(cast, order):
    for verb in (work.accept_order, work.start_order):
        verb(cast.wang, order)
    work.finish_order(cast.wang, order, result="换了阀门")
    return Demand.objects.get(pk=order.subject_id)


def test_of_two_hundred_signatures_one_counts(cast):
    demand = done_by(cast, cast.order())
    seen = seen_by(MANY, demand)
    with turned_to(later(hours=1)):
        outcomes = race(MANY, lambda nth: desk.sign_demand(cast.wu, seen[nth], name=f"吴工 {nth}"))
    assert len(errors(outcomes)) == MANY - 1
    assert kinds(outcomes) == {Refused}
    assert Acceptance.objects.get().at == later(hours=1)
    assert happened(demand, "demand.signed") == 1
    assert ended(demand, "acceptance") == [("met", later(hours=1))]


def test_of_a_signature_and_a_refusal_at_one_moment_one_counts(cast):
    for _round in range(ROUNDS):
        demand = done_by(cast, cast.order())
        first, second = seen_by(2, demand)
        outcomes = race(
            2,
            lambda nth, first=first, second=second: (
                desk.refuse_demand(cast.wu, second, reason="还在滴水")
                if nth
                else desk.sign_demand(cast.wu, first, name="吴工")
            ),
        )
        assert kinds(outcomes) == {Refused}
        demand.refresh_from_db()
        assert (demand.status, demand.round) in {("accepted", 1), ("dispatched", 2)}
        assert Acceptance.objects.filter(demand=demand).count() == (demand.round == 1)


def test_two_orders_that_end_together_end_their_request_once(cast):
    for _round in range(ROUNDS):
        first = cast.order()
        demand = Demand.objects.get(pk=first.subject_id)
        orders = [first, desk.dispatch_demand(cast.chen, demand, executor=cast.wang)]
        for order in orders:
            work.accept_order(cast.wang, order)
            work.start_order(cast.wang, order)
        outcomes = race(
            2, lambda nth, orders=orders: work.finish_order(cast.wang, orders[nth], result="好了")
        )
        assert outcomes == [None, None]
        demand.refresh_from_db()
        assert (demand.status, demand.done_at) == ("done", NOW)
        assert ended(demand, "handling") == [("met", NOW)]
        assert ended(demand, "acceptance") == [("running", None)]


def test_two_that_are_merged_into_each_other_leave_one(cast):
    for _round in range(ROUNDS):
        first, second = cast.submit(), cast.submit()
        pairs = [(first, second), (second, first)] * 3
        seen = [(seen_by(1, left)[0], right) for left, right in pairs]
        outcomes = race(
            6, lambda nth, seen=seen: desk.merge_demand(cast.chen, seen[nth][0], into=seen[nth][1])
        )
        assert outcomes.count(None) == 1
        assert kinds(outcomes) == {Refused}
        both = Demand.objects.filter(pk__in=[first.pk, second.pk])
        assert sorted(both.values_list("status", flat=True)) == ["merged", "submitted"]


def test_nothing_is_merged_into_what_ends_at_that_moment(cast):
    for _round in range(ROUNDS):
        double, kept = cast.submit(), cast.submit()
        outcomes = race(
            2,
            lambda nth, double=double, kept=kept: (
                desk.reject_demand(cast.lin, kept, reason="不归后勤")
                if nth
                else desk.merge_demand(cast.chen, double, into=kept)
            ),
        )
        assert kinds(outcomes) <= {Refused}
        double.refresh_from_db()
        kept.refresh_from_db()
        merged_first = outcomes == [None, None]
        assert kept.status == "rejected"
        assert double.status == ("merged" if merged_first else "submitted")


class ChangedTheirMind(Exception):
    """A transaction that is rolled back after the number was given."""


def test_two_hundred_submissions_have_two_hundred_numbers_without_a_gap(cast):
    """Every tenth attempt fails after it was given its number. The first of all makes the year's counter."""
    entry = Entry.objects.get(code="other_repair")

    def submit(nth):
        with transaction.atomic():
            demand = desk.submit_demand(cast.wu, entry, place=cast.room, title=f"第 {nth} 件")
            if nth % 10 == 0:
                raise ChangedTheirMind
            return demand.number

    outcomes = race(MANY * 10 // 9 + 1, submit)
    assert kinds(outcomes) == {ChangedTheirMind}
    numbers = sorted(outcome for outcome in outcomes if isinstance(outcome, str))
    assert numbers == [f"XQ-2026-{nth:06d}" for nth in range(1, MANY + 1)]
    assert Demand.objects.count() == MANY


def test_cancelling_a_request_and_finishing_its_order_never_wait_for_each_other(cast):
    """The one takes the request and then its orders, the other the order and then its request."""
    for _round in range(ROUNDS):
        order = cast.order()
        work.accept_order(cast.wang, order)
        work.start_order(cast.wang, order)
        demand = Demand.objects.get(pk=order.subject_id)
        outcomes = race(
            2,
            lambda nth, order=order, demand=demand: (
                work.finish_order(cast.wang, order, result="好了")
                if nth
                else desk.cancel_demand(cast.chen, demand, reason="重复")
            ),
        )
        assert kinds(outcomes) <= {Refused}
        assert None in outcomes
        agree(demand)


def agree(demand):
    """The request, its orders and its clocks tell one story."""
    demand.refresh_from_db()
    orders = set(WorkOrder.objects.of(demand).values_list("status", flat=True))
    running = set(demand.clocks.filter(result=Clock.Result.RUNNING).values_list("kind", flat=True))
    if demand.status == "cancelled":
        assert not orders & set(WorkOrder.OPEN)
        assert running == set()
    else:
        assert (demand.status, orders, running) == ("done", {"done"}, {"acceptance"})
    dues = demand.clocks.filter(result=Clock.Result.RUNNING).values_list("due_at", flat=True)
    assert demand.next_due_at == min(dues, default=None)


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def test_who_presses_a_moment_too_late_gets_a_page_that_says_so(cast):
    chen, wang = browser_of(cast.chen), browser_of(cast.wang)
    for _round in range(ROUNDS):
        order = cast.order()
        work.accept_order(cast.wang, order)
        work.start_order(cast.wang, order)
        demand = Demand.objects.get(pk=order.subject_id)
        answers = race(
            2,
            lambda nth, order=order, demand=demand: (
                wang.post(f"/orders/{order.number}/finish/", {"result": "好了"})
                if nth
                else chen.post(f"/demands/{demand.number}/cancel/", {"reason": "重复"})
            ),
        )
        assert errors(answers) == []
        assert {answer.status_code for answer in answers} <= {302, 409}
        assert 302 in {answer.status_code for answer in answers}
        agree(demand)


def test_many_workers_ring_each_alarm_once(cast):
    demands = [cast.submit(grade="urgent", title=f"漏水 {nth}") for nth in range(12)]
    counts = race(8, lambda nth: ring_alarms(later(days=4)))
    assert errors(counts) == []
    assert sum(counts) == Alarm.objects.count() == 12 * 3 * 4
    for demand in demands:
        for clock in demand.clocks.all():
            rang_once(clock)


def rang_once(clock):
    """Each alarm of the clock, in order, with one event of the same moment."""
    rung = list(clock.alarms.values_list("percent", "at").order_by("pk"))
    assert [percent for percent, _at in rung] == [50, 80, 100, 150]
    recorded = Event.objects.filter(name="clock.alarm", facts__clock=clock.pk).order_by("pk")
    assert [(event.facts["percent"], event.at) for event in recorded] == rung


def test_what_is_done_to_a_clock_while_it_rings_neither_loses_nor_doubles_an_alarm(cast):
    """A verb reads the clock, the sweep rings it, the verb writes back what it had read."""
    demands = [cast.graded(grade="important", title=f"漏水 {nth}") for nth in range(10)]
    grades = ["urgent", "important", "routine"]

    def attempt(nth):
        demand, moment = demands[nth % 10], later(hours=30 + nth // 10)
        if nth % 3 == 0:
            return ring_alarms(moment)
        with turned_to(moment), transaction.atomic():
            locked = Demand.objects.select_for_update().get(pk=demand.pk)
            return regrade_clocks(
                locked, grade=grades[nth % 3], standard=locked.standard, at=moment
            )

    assert errors(race(90, attempt)) == []
    ring_alarms(later(days=40))
    for clock in Clock.objects.filter(kind__in=["response", "handling"]):
        rang_once(clock)
