"""What holds for every FLOW: its events can be said, its audiences are known, a step leaves one event."""

import pytest
from django.apps import apps

from houqin.desk.demands.actions import grade_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.flow import Flow, Step
from houqin.kernel.trail.messages import SAYINGS
from houqin.kernel.trail.models import Event
from tests.cast import cast as cast

FLOWS = [model for model in apps.get_models() if isinstance(getattr(model, "FLOW", None), Flow)]
# What it brings about tells of it: the order that is given out.
SILENT = {("Demand", "dispatch")}


def taken(model):
    return {**model.FLOW, **model.FLOW.starts}.items()


@pytest.mark.parametrize("model", FLOWS, ids=lambda model: model.__name__)
def test_each_step_leaves_an_event_that_can_be_said(model):
    for verb, step in taken(model):
        if (model.__name__, verb) in SILENT:
            assert not step.event
        else:
            assert f"{model.FLOW.kind}.{step.event}" in SAYINGS, verb


@pytest.mark.parametrize("model", FLOWS, ids=lambda model: model.__name__)
def test_each_audience_is_known_and_two_steps_of_one_event_tell_the_same(model):
    flow = model.FLOW
    for verb, step in taken(model):
        assert set(step.tell) <= set(flow.audiences), verb
        assert flow.tells.get(f"{flow.kind}.{step.event}", set()) == step.tell or not step.event, (
            verb
        )
    assert {name for names in flow.tells.values() for name in names} == set(flow.audiences)


def test_a_step_that_is_taken_leaves_exactly_one_event(cast, monkeypatch):
    """Each of a demand, as the house is given every role and every state is fit."""
    everybody = {role for step in Demand.FLOW.values() for role in step.by}
    monkeypatch.setattr("houqin.kernel.flow.roles_of", lambda actor, obj: everybody)
    monkeypatch.setattr(Step, "fits", lambda step, obj: True)
    monkeypatch.setattr("houqin.kernel.trail.actions.effects", dict)
    facts = {"grade": "urgent", "claimed": "urgent"}
    for verb in Demand.FLOW:
        demand = cast.submit()
        kept = {"merged_into": cast.submit()} if verb == "merge" else {}
        before = Event.objects.count()
        Demand.FLOW.take(verb, cast.chen, demand, facts=facts, **kept)
        left = Event.objects.count() - before
        assert left == (0 if ("Demand", verb) in SILENT else 1), verb


def test_what_was_checked_is_not_asked_again_but_for_nothing_else(cast, monkeypatch):
    demand, asked = cast.submit(), []

    def roles_of(self, user):
        asked.append(user)
        return {"coordinator"} if user == cast.chen else set()

    monkeypatch.setattr(Demand, "roles_of", roles_of)
    Demand.FLOW.check("send_back", cast.chen, demand)
    with pytest.raises(NotAllowed):
        Demand.FLOW.take("send_back", cast.wu, demand)
    Demand.FLOW.take("send_back", cast.chen, demand)
    assert asked == [cast.chen, cast.wu]
    with pytest.raises(Refused):
        Demand.FLOW.take("send_back", cast.chen, demand)
    assert len(asked) == 3


def test_an_action_that_is_called_directly_is_refused_all_the_same(cast):
    with pytest.raises(NotAllowed):
        grade_demand(cast.wu, cast.submit(), grade="urgent")
