"""Every verb in every state for everybody, by the table that is the law."""

import pytest
from django.urls import reverse

from houqin.desk.demands.models import Demand, Watcher
from houqin.desk.demands.pages import CARD
from houqin.desk.demands.pages.card import ASIDE
from houqin.kernel.errors import Refused
from houqin.kernel.flow import SYSTEM

SPOKEN = {verb: step for verb, step in Demand.FLOW.items() if step.by - {SYSTEM}}
WHO = {
    "wu": {"requester"}, "chen": {"coordinator"}, "lin": {"manager"}, "li": {"lead"}, "zhao": {"duty"},
    "qian": {"finance"}, "luo": {"head"}, "wang": {"executor"}, "far": set(), "west": set(),
    "he": {"watcher"},
}  # fmt: skip
HAS_ORDERS = {
    "dispatched",
    "responded",
    "working",
    "on_hold",
    "done",
    "rework",
    "accepted",
    "closed",
}


def expected(demand, roles, step):
    if not roles or (roles == {"executor"} and demand.status not in HAS_ORDERS):
        return 404
    if not step.by & roles:
        return 403
    return 200 if step.fits(demand) else 409


def law(user, demand):
    """What the flow answers to each verb, 404 where the demand is not there for `user`."""
    if not Demand.objects.visible_to(user).filter(pk=demand.pk).exists():
        return dict.fromkeys(SPOKEN, 404)
    return {verb: checked(user, demand, verb) for verb in SPOKEN}


def checked(user, demand, verb):
    try:
        Demand.FLOW.check(verb, user, demand)
    except Refused as no:
        return no.status
    return 200


@pytest.mark.parametrize("status", Demand.Status.values)
def test_each_verb_is_allowed_as_the_flow_says_and_its_page_answers_so(desk, status):
    demand = desk.brought_to(status)
    Watcher.objects.create(demand=demand, user=desk.he)
    pages = {}
    for name, roles in WHO.items():
        answers = law(getattr(desk, name), demand)
        due = {verb: expected(demand, roles, step) for verb, step in SPOKEN.items()}
        assert answers == due, name
        pages |= {answer: (name, verb) for verb, answer in answers.items()}
    for answer, (name, verb) in pages.items():  # one page for each answer there is
        page = desk.get(getattr(desk, name), "demand_verb", demand.number, verb)
        assert page.status_code == answer, (name, verb)


def test_the_card_knows_every_verb_that_a_person_may_speak():
    assert set(CARD.verbs) == set(SPOKEN)


@pytest.mark.parametrize("status", Demand.Status.values)
def test_the_bar_draws_exactly_the_verbs_that_are_open(desk, status):
    demand = desk.brought_to(status)
    for name in ("wu", "chen"):
        user = getattr(desk, name)
        page = desk.get(user, "demand", demand.number)
        drawn = {verb["verb"] for verb in page.context["verbs"]} | ASIDE
        assert drawn == set(Demand.FLOW.open_to(user, demand)) & set(SPOKEN) | ASIDE


@pytest.mark.parametrize("verb", SPOKEN)
def test_a_guest_is_sent_to_sign_in(desk, verb):
    demand = desk.submitted()
    answer = desk.client.post(reverse("demands:demand_verb", args=[demand.number, verb]))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("signin"))


def test_a_verb_that_does_not_exist_is_not_found(desk):
    demand = desk.submitted()
    for verb in ("fly", "orders_done", "deem"):
        assert desk.speak(desk.chen, demand, verb).status_code == 404


def test_each_letter_presses_one_button_at_a_time():
    for status in Demand.Status.values:
        open_now = [verb for verb, step in SPOKEN.items() if status in step.sources]
        for who in WHO.values():
            keys = [CARD.verbs[verb].key for verb in open_now if SPOKEN[verb].by & who]
            assert len(keys) - len(set(keys)) <= ("grade" in open_now and "confirm" in open_now)
