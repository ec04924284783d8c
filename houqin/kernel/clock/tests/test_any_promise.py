"""A clock may hang on anything and promise anything: the months of a contract, what a policy says."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from houqin.kernel.clock.actions import regrade_clocks, start_policy, start_promise, stop_clock
from houqin.kernel.clock.kinds import KINDS, ClockKind
from houqin.kernel.clock.models import Clock, Grade, Kind
from houqin.kernel.clock.standards import DraftedReason, problems
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.clock.tests.conftest import NOW, again, house, on
from houqin.kernel.policies.registry import POLICIES, Policy, PolicyUnit
from houqin.kernel.trail.models import Event
from tests.policies import put

__all__ = ["house"]


@pytest.fixture
def term():
    """A kind of clock that an app has added."""
    yield KINDS.register(ClockKind("term", "整改期限", 50)).code
    KINDS.remove("term")


@pytest.fixture
def rectified(db):
    policy = Policy("test.rectified", 15, unit=PolicyUnit.DAYS, label="整改期限", least=1)
    yield policy
    del POLICIES[policy.key]


def promise(house, kind, amount, unit):
    return start_promise(
        house.errand, kind, amount=amount, unit=unit, schedule=house.schedule, at=NOW
    )


def test_a_contract_of_a_month_has_a_clock_without_grade_or_standard(house, term):
    clock = promise(house, term, 1, "months")
    assert (clock.due_at, clock.grade, clock.standard) == (on(23, "17:30", month=12), "", None)
    assert (clock.length, clock.get_kind_display()) == ("1 个月", "整改期限")
    assert house.next_due() == clock.due_at
    assert stop_clock(house.errand, term, at=on(23, "17:30", month=12)).result == "met"


def test_a_clock_of_a_policy_keeps_what_the_policy_said_when_it_began(house, term, rectified):
    clock = start_policy(house.errand, term, rectified, schedule=house.schedule, at=NOW)
    assert (clock.due_at, clock.policy) == (on(8, "17:30", month=12), "test.rectified")
    put(rectified, 30)
    assert again(clock).due_at == clock.due_at
    second = start_policy(house.errand, term, rectified, schedule=house.schedule, at=NOW)
    assert (second.round, second.due_at) == (2, on(23, "17:30", month=12))


def test_its_alarms_ring_as_others_do(house, term):
    clock = promise(house, term, 10, "days")
    ring_alarms(clock.due_at + timedelta(minutes=1))
    rung = Event.objects.filter(name="clock.alarm").order_by("at")
    assert [event.facts["percent"] for event in rung] == [50, 80, 100]
    assert rung.last().at == clock.due_at
    assert NOW < rung.first().at < rung.last().at


def test_a_new_grade_leaves_what_no_standard_promised_alone(house, term):
    house.start(Kind.HANDLING)
    clock = promise(house, term, 15, "days")
    regrade_clocks(house.errand, grade=Grade.URGENT, standard=house.standard, at=on(23, "11:00"))
    assert again(clock).due_at == clock.due_at


@pytest.mark.parametrize("wrong", [{"grade": "urgent"}, {"grade": "", "policy": ""}])
def test_a_grade_and_its_standard_go_together(house, term, wrong):
    clock = promise(house, term, 1, "days") if wrong["grade"] else house.start(Kind.HANDLING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.filter(pk=clock.pk).update(**wrong)


def test_a_standard_is_complete_when_it_promises_every_graded_kind(house):
    promises = {
        (promise.grade, promise.kind): (promise.amount, promise.unit)
        for promise in house.standard.promises.all()
    }
    holds = [DraftedReason("parts", "等备件", True)]
    assert problems(promises, holds) == []
    KINDS.register(ClockKind("survey", "回访", 60, graded=True))
    try:
        assert problems(promises, holds) == ["每个分级的初审、响应、办理、验收、回访时限都要填写。"]
    finally:
        KINDS.remove("survey")
