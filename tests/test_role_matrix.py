"""The role matrix page equals a walk: every route × role × verb asked over HTTP, and what the page prints."""

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.kernel.people.roles import ROLES
from houqin.platform.tokens.models import Token
from houqin.platform.tokens.scopes import SCOPES
from houqin.ui.cards import CARDS
from houqin.ui.routes import ANONYMOUS, AUDIENCE, Access, Answer, addresses
from tests.cast import CAST, NOW, as_user, cast, later, picture
from tests.plain import bare_refusals, no_numbers
from tests.stages import Stage

__all__ = ["as_user", "bare_refusals", "cast", "no_numbers"]

APPROVED = Path(__file__).parent / "role_matrix.txt"
PLAYED_BY = {
    "requester": "wu", "technician": "wang", "lead": "li", "duty": "ma", "coordinator": "chen",
    "manager": "lin", "finance": "xu", "head": "luo", "receptionist": "zheng",
    "system_admin": "sys", "security_admin": "sec", "auditor": "aud",
}  # fmt: skip
# Who is what to the sample of each card, beside the roles that they play; nobody else is anything to it.
RELATIONS = {
    "demands.demand": {
        "wu": "requester",
        "wang": "executor",
        "zhao": "executor",
        "meng": "watcher",
    },
    "orders.workorder": {"wang": "executor"},
    "roster.swap": {"wang": "asker", "zhao": "colleague"},
    "callbacks.callback": {},
    "rooms.meeting": {"wu": "organiser", "wang": "attendee"},
    "approvals.approval": {"wu": "owner", "chen": "requester", "lin": "approver"},
    "front_desk.parcel": {"wu": "recipient"},
    "front_desk.lostthing": dict.fromkeys([*PLAYED_BY.values(), "zhao", "meng"], "colleague"),
}
BESIDES = {"zhao": "technician", "meng": "requester"}  # of the same team as wang; a colleague of wu
BLIND = {  # who of these two does not see the sample
    "demands.demand": {}, "orders.workorder": {"meng"}, "roster.swap": {"meng"},
    "callbacks.callback": {"meng", "zhao"}, "approvals.approval": {"meng", "zhao"},
    "rooms.meeting": {"meng", "zhao"}, "front_desk.parcel": {"meng", "zhao"}, "front_desk.lostthing": {},
}  # fmt: skip


def furnish(cast):
    """The cast, a head of department, the administrators, all samples and what the page prints."""
    grant_role(cast.person("luo", "罗经理", cast.lab), Role.HEAD, department=cast.lab)
    grant_role(cast.person("zheng", "小郑", cast.hq), "receptionist")
    for username, role in [("sys", "system_admin"), ("sec", "security_admin"), ("aud", "auditor")]:
        grant_role(cast.person(username, username, cast.hq), role)
    cast.picture = picture
    makers = dict.fromkeys(row.access.sample for row in rows() if row.access.sample)
    cast.samples = {make: make(cast) for make in makers}
    # Every post is said to see these; one that an app adds does so as a watcher.
    client = Client()
    client.force_login(cast.aud)
    cast.printed = Printed(client.get(reverse("setup:roles")).content.decode())
    return cast


house = Stage(furnish, on=CAST).fixture("house")


@pytest.fixture(autouse=True)
def _in_no_hurry(settings):
    settings.API_REQUESTS_PER_MINUTE = 10**6


class Printed(HTMLParser):
    """The role matrix page: `answers[name, address][who]` and `verbs[model][verb][who]`."""

    def __init__(self, page):
        super().__init__()
        self.answers, self.verbs = {}, {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        facts = {name.removeprefix("data-"): value for name, value in attributes}
        if "flow" in facts:
            self.verbs[facts["flow"]] = self.flow = {}
        elif "verb" in facts:
            self.row = self.flow.setdefault(facts["verb"], {})
        elif "route" in facts:
            self.row = self.answers.setdefault((facts["route"], facts["address"]), {})
        elif tag == "td" and "who" in facts:
            self.row[facts["who"]] = facts.get("answer") or facts["may"] == "True"


@pytest.fixture
def printed(house):
    return house.printed


def bearer(user):
    """The header with a token of `user` that has every scope."""
    secret = Token.draw()
    Token.objects.create(
        user=user, name="t", digest=Token.digest_of(secret), scopes=SCOPES.codes, made_by=user, made_at=NOW,
        expires_at=later(days=1),
    )  # fmt: skip
    return {"Authorization": f"Bearer {secret}"}


def arguments_of(row, house):
    """The arguments of the route, read from the sample, and what is posted beside them."""
    sample = house.samples.get(row.access.sample, {})
    known = dict(sample) if isinstance(sample, dict) else {}
    names = row.arguments if isinstance(sample, dict) else row.arguments - {"verb"}
    keys = {
        name: known.pop(name) if name in known else getattr(sample, name)
        for name in names - ({"verb"} if row.access.verb else set())
    }
    return keys | ({"verb": row.access.verb} if row.access.verb else {}), known


class Caller:
    """The browser and the token of one person, or of somebody who has neither."""

    def __init__(self, user):
        self.client, self.headers = Client(), bearer(user) if user else {}
        if user:
            self.client.force_login(user)
        self.cookies = self.client.cookies.copy()

    def ask(self, row, house, **more):
        """What they are answered; whatever it changes is undone."""
        keys, data = arguments_of(row, house)
        url, headers = reverse(row.name, kwargs=keys | more), {}
        if row.name.startswith("api:"):
            headers = self.headers
        self.client.cookies = self.cookies.copy()
        with transaction.atomic():
            if row.access.method == "POST":
                answer = self.client.post(url, data, headers=headers)
            else:
                answer = self.client.get(url, headers=headers)
                if answer.status_code == 405 and not row.access.method:
                    answer = self.client.post(url, data)
            transaction.set_rollback(True)
        return heard(answer)


def heard(answer):
    """An answer as the page prints it. What was understood and could not be done now is open."""
    if answer.status_code == 302 and answer.url.startswith(f"{reverse('signin')}?next="):
        return Answer.SIGN_IN
    known = {401: Answer.SIGN_IN, 403: Answer.REFUSED, 404: Answer.MISSING}
    is_open = answer.status_code in (200, 204, 302, 304, 409, 412, 422)
    return known.get(answer.status_code) or (Answer.OPEN if is_open else answer.status_code)


def rows():
    return [row for row in addresses() if row.access]


@pytest.mark.usefixtures("no_numbers", "bare_refusals")
@pytest.mark.parametrize("who", AUDIENCE)
def test_every_address_answers_this_role_as_the_page_prints(who, house, printed):
    caller = Caller(None if who == ANONYMOUS else getattr(house, PLAYED_BY[who]))
    wrong = []
    for row in rows():
        declared = printed.answers[row.name, f"{row.access.method} {row.url}".strip()][who]
        if declared == Answer.BY_FLOW:
            continue  # walked verb by verb below
        verb = next(iter(row.access.flow.FLOW)) if row.access.flow else ""
        answer = caller.ask(row, house, **({"verb": verb} if verb else {}))
        if answer != declared:
            wrong.append(f"{row.name} {row.url}: {answer}, printed {declared}")
    assert not wrong, "\n" + "\n".join(wrong)


def spoken():
    """Each route whose verbs a FLOW decides about."""
    return [row for row in rows() if row.access.flow]


@pytest.mark.usefixtures("no_numbers", "bare_refusals")
@pytest.mark.parametrize("row", spoken(), ids=lambda row: row.name)
def test_every_verb_answers_everybody_as_the_page_prints(row, house, printed):
    label = row.access.flow._meta.label_lower
    demand = house.samples[row.access.sample]
    if label == "demands.demand":
        demand.watchers.create(user=house.meng)
    table, wrong = printed.verbs[label], []
    card = max(
        (one for one in CARDS if one.model is row.access.flow), key=lambda one: len(one.verbs)
    )
    played = {name: who for who, name in PLAYED_BY.items()} | BESIDES
    for name, who in played.items():
        caller = Caller(getattr(house, name))
        for verb in card.verbs:
            held = {who} & set(ROLES.codes) | {RELATIONS[label].get(name)}
            may = any(table[verb].get(one) for one in held)
            declared = row.access.answer(who)
            if name in BESIDES:
                declared = Answer.MISSING if name in BLIND[label] else Answer.BY_FLOW
            if declared == Answer.BY_FLOW:
                declared = Answer.OPEN if may else Answer.REFUSED
            answer = caller.ask(row, house, verb=verb)
            if answer != declared:
                wrong.append(f"{verb} by {name}: {answer}, printed {declared}")
    assert not wrong, "\n" + "\n".join(wrong)


def in_words():
    """The whole matrix, a line for each address and each verb; whom it does not name is refused."""
    for row in rows():
        told = {who: row.access.answer(who) for who in AUDIENCE}
        answers = [
            f"{answer}: {' '.join(who for who in told if told[who] == answer)}"
            for answer in Answer
            if answer in told.values() and answer not in (Answer.REFUSED, Answer.SIGN_IN)
        ]
        everywhere = ["everywhere"] if row.access.everywhere else []
        yield " | ".join([f"{row.access.method} {row.url}".strip(), *everywhere, *answers])
    for model in dict.fromkeys(row.access.flow for row in spoken()):
        for verb, step in model.FLOW.items():
            yield f"{model._meta.label_lower} {verb} | {' '.join(sorted(map(str, step.by)))}"


def test_nobody_is_let_in_anywhere_without_a_change_of_the_approved_matrix():
    """What is declared is what is enforced, so the walk cannot know a role too many: this file does, and a
    review sees its diff. Written anew by `ROLE_MATRIX=write pytest tests/test_role_matrix.py`."""
    matrix = "\n".join(in_words()) + "\n"
    if os.environ.get("ROLE_MATRIX") == "write":
        APPROVED.write_text(matrix, encoding="utf-8")
    assert matrix.splitlines() == APPROVED.read_text(encoding="utf-8").splitlines()


def test_no_address_is_undeclared():
    assert [row.name for row in addresses() if row.access is None] == []
    assert all(str(row.area) for row in addresses())


def test_every_flow_is_printed_and_every_relation_has_a_word(printed):
    assert set(printed.verbs) == set(RELATIONS)
    for model in (row.access.flow for row in spoken()):
        table = printed.verbs[model._meta.label_lower]
        for verb, step in model.FLOW.items():
            assert {who for who, may in table[verb].items() if may} == {str(who) for who in step.by}


def test_a_route_that_names_no_administrator_is_closed_to_all_three():
    access = Access(label="x", to={Role.MANAGER})
    assert not access.open_to_administrators
    assert access.answer("auditor") == Answer.REFUSED


def test_a_role_that_holds_at_one_campus_opens_no_page_that_is_for_all_of_them(house, client):
    grant_role(house.meng, Role.MANAGER, place=house.near)
    client.force_login(house.meng)
    (rules,) = [row.access for row in rows() if row.name == "rules:rules"]
    assert rules.everywhere
    assert client.get(reverse("rules:rules")).status_code == 403
    assert client.get(reverse("teams:teams")).status_code == 200


def test_the_page_finds_a_page_by_its_name_and_folds_what_is_not_looked_for(house, client):
    client.force_login(house.aud)
    everything = client.get(reverse("setup:roles")).content.decode().partition("<main")[2]
    assert "<details" in everything
    assert not re.search(r"<details[^>]* open", everything)
    answer = client.get(reverse("setup:roles"), {"q": "换班"}).content.decode()
    assert {name for name, _address in Printed(answer).answers} <= {
        row.name for row in rows() if "roster" in row.name
    }
    assert "roster.swap" in Printed(answer).verbs
    assert "没有找到" in client.get(reverse("setup:roles"), {"q": "zzz"}).content.decode()


def test_the_three_administrators_see_no_page_of_the_business(house, client):
    for username in ("sys", "sec", "aud"):
        client.force_login(getattr(house, username))
        for route in ("demands:demands", "channels:new_demand", "orders:orders", "figures"):
            answer = client.get(reverse(route))
            assert answer.status_code == 403
            assert "三员" in answer.content.decode()


def test_an_address_that_does_not_exist_is_404_for_everybody(house, client):
    for username in ("wu", "sys"):
        client.force_login(getattr(house, username))
        assert client.get("/no/such/page/").status_code == 404
