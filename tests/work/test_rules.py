"""派工规则: which one decides, what it does, who writes it."""

from datetime import timedelta

import pytest

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.actions import grade_demand
from houqin.desk.rules.models import DispatchRule
from houqin.kernel.trail.models import Event
from houqin.shared.approvals.actions import approve_approval
from houqin.shared.approvals.models import Approval
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift
from tests.cast import NOW


def rule(name="规则", **answers):
    return DispatchRule.objects.create(name=name, **{"gives": "best"} | answers)


def on_shift(user, place, *, on_call=False):
    times = {"starts_at": NOW - timedelta(hours=2), "ends_at": NOW + timedelta(hours=7)}
    Shift.objects.create(user=user, place=place, on_call=on_call, **times)


def test_a_rule_gives_it_out_at_grading_and_the_trail_says_which_one_did(cast):
    rule("空调进抢单池", entry=Entry.objects.get(code="hvac"), gives="team", team=cast.team)
    demand = cast.graded()
    order = WorkOrder.objects.get()
    demand.refresh_from_db()
    assert (order.team, order.executor, demand.status) == (cast.team, None, "dispatched")
    event = Event.objects.about(order).get(name="order.offered")
    assert (event.actor.is_system, event.facts["reason"]) == (True, "按规则“空调进抢单池”自动派工")


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ({}, True), ({"line": "facilities"}, True), ({"line": "rooms"}, False), ({"grade": "routine"}, True),
        ({"grade": "urgent"}, False), ({"place": "near"}, True), ({"place": "far"}, False),
        ({"entry": "hvac"}, True), ({"entry": "pest"}, False), ({"active": False}, False),
    ],
)  # fmt: skip
def test_a_rule_holds_for_what_it_says_and_for_nothing_else(cast, condition, fits):
    if "place" in condition:
        condition = {"place": getattr(cast, condition["place"])}
    if "entry" in condition:
        condition = {"entry": Entry.objects.get(code=condition["entry"])}
    rule(gives="team", team=cast.team, **condition)
    cast.graded()
    assert WorkOrder.objects.exists() is fits


def test_the_first_rule_that_finds_somebody_decides(cast):
    rule("值班", position=1, gives="on_call")
    rule("最合适", position=2, gives="best")
    rule("班组", position=3, gives="team", team=cast.team)
    not_today = NOW + timedelta(days=3)
    Shift.objects.create(
        user=cast.wang, place=cast.near, starts_at=not_today, ends_at=not_today + timedelta(hours=8)
    )
    cast.graded()
    assert WorkOrder.objects.get().executor is None  # nobody is on call and nobody on shift
    on_shift(cast.zhao, cast.building)
    cast.graded()
    assert WorkOrder.objects.order_by("pk").last().executor == cast.zhao
    on_shift(cast.ma, cast.near, on_call=True)
    cast.graded()
    assert WorkOrder.objects.order_by("pk").last().executor == cast.ma


def test_whom_the_reviewer_names_goes_before_every_rule(cast):
    rule(gives="team", team=cast.team)
    demand = cast.submit()
    grade_demand(cast.chen, demand, grade="routine", executor=cast.wang, team=cast.team)
    assert [order.executor for order in WorkOrder.objects.all()] == [cast.wang]


def test_what_has_to_be_approved_is_given_out_once_it_is(cast):
    Entry.objects.filter(code="hvac").update(needs_approval=True)
    rule(gives="team", team=cast.team)
    cast.graded()
    assert not WorkOrder.objects.exists()
    approve_approval(cast.lin, Approval.objects.get())
    assert WorkOrder.objects.get().team == cast.team


def test_rules_are_written_by_the_manager_of_the_house(cast, as_user):
    answers = {"name": "一", "gives": "team", "team": cast.team.pk, "position": 5}
    for who in ("chen", "li", "wu"):
        assert as_user(getattr(cast, who)).post("/dispatch/rules/new/", answers).status_code == 403
    client = as_user(cast.lin)
    assert client.post("/dispatch/rules/new/", answers).status_code == 302
    written = DispatchRule.objects.get()
    for wrong in (
        {"name": "二", "team": ""},
        {},
        {"name": "二", "gives": "x"},
        {"name": "二", "position": "0"},
    ):
        assert client.post("/dispatch/rules/new/", answers | wrong).status_code == 422
    assert (
        client.post(f"/dispatch/rules/{written.pk}/", answers | {"gives": "best"}).status_code
        == 302
    )
    written.refresh_from_db()
    assert (written.gives, written.team) == ("best", None)
    client.post(f"/dispatch/rules/{written.pk}/switch/")
    written.refresh_from_db()
    assert written.active is False
    assert "一" in client.get("/dispatch/rules/").content.decode()
