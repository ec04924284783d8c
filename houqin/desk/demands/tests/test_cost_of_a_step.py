"""What the POST of a step costs: it asks once who may, and works out nothing that only a page shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from houqin.desk.demands.models import Demand
from houqin.work.orders.models import WorkOrder

from .conftest import photo

# Queries of each POST, none of which may grow without a reason. Each event leaves a note for the boards (ADR
# 0053), so that a step which moves the order and the demand leaves two.
MOST = {"submit": 46, "grade": 35, "dispatch": 41, "accept": 32, "finish": 63, "sign": 34}


@pytest.fixture
def asked(monkeypatch):
    """Of which things somebody's roles have been read."""
    things: list[str] = []
    for model in (Demand, WorkOrder):

        def counted(self, user, roles_of=model.roles_of):
            things.append(str(self))
            return roles_of(self, user)

        monkeypatch.setattr(model, "roles_of", counted)
    return things


@pytest.fixture
def post(desk, asked):
    def post(user, address, *key, **data):
        """How many queries the POST took, and how often it read roles."""
        desk.client.force_login(user)
        asked.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = desk.client.post(reverse(address, args=key), data)
        assert answer.status_code == 302, answer.context["form"].errors
        return len(queries), len(asked)

    return post


def test_each_step_of_the_main_job_asks_once_who_may(desk, post):
    asks = {
        "place": desk.room.pk,
        "title": "空调不制热",
        "claimed": "routine",
        "ask_symptom": "滴水",
    }
    cost = {"submit": post(desk.wu, "channels:new_demand_for", "hvac", **asks)}
    demand = ("demands:demand_verb", Demand.objects.get().number)
    cost["grade"] = post(desk.chen, *demand, "grade", grade="important")
    to = f"member-{desk.member.pk}"
    cost["dispatch"] = post(desk.chen, *demand, "dispatch", title="看看空调", to=to)
    order = ("orders:order_verb", WorkOrder.objects.get().number)
    cost["accept"] = post(desk.wang, *order, "accept")
    post(desk.wang, *order, "start")
    shots = {"before": [photo()], "after": [photo(colour="red")]}
    cost["finish"] = post(desk.wang, *order, "finish", result="好了", hours=1, **shots)
    cost["sign"] = post(desk.wu, *demand, "sign", signature_name="吴工")
    assert not {verb: n for verb, (n, _roles) in cost.items() if n > MOST[verb]}, cost
    assert {verb: roles for verb, (_n, roles) in cost.items()} == dict.fromkeys(MOST, 1) | {
        "submit": 0
    }, cost
