"""Every verb in every state for every kind of person: the law written down a second time, by hand."""

import re

import pytest

from houqin.desk.demands.actions import comment_demand
from houqin.kernel.errors import Refused
from houqin.kernel.flow import SYSTEM
from houqin.work.orders.models import WorkOrder

STATES = ["waiting", "offered", "accepted", "working", "held", "done", "handed_back", "cancelled"]
RUN = {"chen", "lin", "li"}
DOES = {"wang"}
LAW = {  # verb: the states, the people
    "accept": ({"offered"}, DOES),
    "hand_back": ({"offered", "accepted"}, DOES),
    "arrive": ({"accepted", "working"}, DOES),
    "start": ({"accepted"}, DOES),
    "tick": ({"working"}, DOES),
    "hold": ({"accepted", "working"}, DOES),
    "resume": ({"held"}, DOES),
    "photograph": ({"accepted", "working", "held"}, DOES),
    "finish": ({"working"}, DOES),
    "hand_over": ({"offered", "accepted", "working", "held"}, DOES),
    "ask_help": ({"accepted", "working", "held"}, DOES),
    "send_help": ({"accepted", "working", "held"}, RUN),
    "plan": ({"waiting", "offered", "accepted", "working", "held"}, RUN),
    "release": ({"waiting"}, RUN),
    "reassign": ({"offered", "accepted", "held"}, RUN),
    "cancel": ({"waiting", "offered", "accepted", "working", "held", "handed_back"}, RUN),
}
SEE = DOES | RUN | {"zhao", "ma", "xu"}
UNSEEING = {"qin", "wu", "meng"}


def in_state(order, status):
    WorkOrder.objects.filter(pk=order.pk).update(status=status, steps=["（选做）拍铭牌"])


def expected(verb, status, who):
    states, people = LAW[verb]
    if who in UNSEEING:
        return 404
    if who not in people:
        return 403
    return 200 if status in states else 409


def test_the_law_written_here_knows_every_verb_and_every_state():
    assert set(LAW) == {verb for verb, step in WorkOrder.FLOW.items() if step.by - {SYSTEM}}
    assert set(STATES) == set(WorkOrder.Status.values)


def answered(user, order, verb):
    """What the house says to a verb: is the order there for `user`, then what its flow says."""
    try:
        WorkOrder.FLOW.check(verb, user, WorkOrder.objects.visible_to(user).get(pk=order.pk))
    except WorkOrder.DoesNotExist:
        return 404
    except Refused as no:
        return no.status
    return 200


@pytest.mark.parametrize("who", sorted(SEE | UNSEEING))
def test_every_verb_in_every_state_is_allowed_as_the_law_says(cast, who):
    order = cast.order()
    wrong = []
    for status in STATES:
        in_state(order, status)
        for verb in LAW:
            answer = answered(getattr(cast, who), order, verb)
            if answer != expected(verb, status, who):
                wrong.append((verb, status, answer, expected(verb, status, who)))
    assert wrong == []


@pytest.mark.parametrize("verb", LAW)
def test_the_page_of_every_verb_answers_as_the_law_says(cast, as_user, verb):
    """One state in which it is open and one in which it is not; each for one person of every kind."""
    order = cast.order()
    states = LAW[verb][0]
    closed = next(state for state in reversed(STATES) if state not in states)
    for status in (sorted(states)[0], closed):
        in_state(order, status)
        for who in ("wang", "li", "ma", "meng"):
            page = as_user(getattr(cast, who)).get(f"/orders/{order.number}/{verb}/")
            assert page.status_code == expected(verb, status, who), (status, who)


@pytest.mark.parametrize("who", sorted(SEE))
def test_the_page_draws_exactly_the_verbs_that_are_open(cast, as_user, who):
    order = cast.order()
    client = as_user(getattr(cast, who))
    for status in STATES:
        in_state(order, status)
        page = client.get(order.get_absolute_url()).content.decode()
        drawn = set(re.findall(rf"/orders/{order.number}/(\w+)/", page))
        assert drawn == {verb for verb in LAW if expected(verb, status, who) == 200}, status


@pytest.mark.parametrize("verb", LAW)
def test_a_refused_post_changes_nothing(cast, as_user, verb):
    order = cast.order()
    in_state(order, "cancelled")
    for who in ("wang", "chen", "zhao", "wu"):
        answer = as_user(getattr(cast, who)).post(
            f"/orders/{order.number}/{verb}/", {"reason": "x"}
        )
        assert answer.status_code == expected(verb, "cancelled", who)
    assert WorkOrder.objects.values_list("status", "version").get() == ("cancelled", 0)


def test_a_member_of_the_team_sees_what_anybody_of_them_may_take(cast, as_user):
    order = cast.order(team=cast.team)
    for who, answer in (("wang", 200), ("zhao", 200), ("chen", 403), ("wu", 404)):
        assert (
            as_user(getattr(cast, who)).get(f"/orders/{order.number}/accept/").status_code == answer
        )


def test_nobody_reads_an_order_without_signing_in(cast, client):
    order = cast.order()
    for path in (
        "/orders/",
        "/orders/mine/",
        order.get_absolute_url(),
        f"{order.get_absolute_url()}accept/",
    ):
        assert client.get(path).status_code == 302


def test_finance_sees_the_order_and_not_what_is_said_within(cast, as_user):
    order = cast.order()
    comment_demand(cast.chen, order.subject, text="这台该换了", inner=True)
    facts = {
        who: "这台该换了" in page(as_user, getattr(cast, who), order)
        for who in ("chen", "wang", "xu")
    }
    assert facts == {"chen": True, "wang": True, "xu": False}


def page(as_user, person, order):
    return as_user(person).get(order.get_absolute_url()).content.decode()


def test_whoever_sees_orders_for_their_costs_reads_no_inner_note(cast):
    order = cast.order()
    orders = WorkOrder.objects
    assert order in orders.visible_to(cast.xu)
    assert order not in orders.inner_to(cast.xu)
    assert order in orders.inner_to(cast.chen)
