"""Every verb in every state for everybody, by the table that is the law."""

from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory
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


def answered(user, demand, verb):
    """What the verb's page answers, without the shell around it: 20 × 11 × 14 whole pages take too long."""
    page: Any = RequestFactory().get("/")
    page.user, page.htmx = user, True
    try:
        return CARD.speak(page, number=demand.number, verb=verb).status_code
    except Http404:
        return 404
    except Refused as no:
        return no.status


@pytest.mark.parametrize("status", Demand.Status.values)
def test_each_verb_answers_as_the_flow_says(desk, status):
    demand = desk.brought_to(status)
    Watcher.objects.create(demand=demand, user=desk.he)
    wrong = []
    for name, roles in WHO.items():
        for verb, step in SPOKEN.items():
            got, due = answered(getattr(desk, name), demand, verb), expected(demand, roles, step)
            if got != due:
                wrong.append(f"{name} {verb}: {got}, not {due}")
    assert not wrong


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
