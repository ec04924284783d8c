"""Several who decide on one approval at one moment, on both engines: nothing is decided twice."""

import pytest

from houqin.desk.demands.actions import cancel_demand, grade_demand
from houqin.desk.demands.approvals import DEMAND
from houqin.desk.demands.models import Demand
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.kernel.trail.models import Event
from houqin.shared.approvals.actions import (
    approve_approval,
    ask_approval,
    reject_approval,
    save_chain,
)
from houqin.shared.approvals.kinds import ROLE, StepRule
from houqin.shared.approvals.models import Approval, Turn
from tests.cast import cast
from tests.racing import errors, kinds, race

__all__ = ["cast"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MANY = 8


@pytest.fixture
def managers(cast):
    """Lin and others at the same post."""
    people = [cast.person(f"m{nth}", f"主管{nth}", cast.hq) for nth in range(MANY - 1)]
    for person in people:
        grant_role(person, Role.MANAGER)
    return [cast.lin, *people]


def chain(cast, *, everyone):
    steps = [StepRule(ROLE, Role.MANAGER, everyone=everyone), StepRule(ROLE, Role.FINANCE)]
    save_chain(cast.lin, None, kind="demand", name="链", steps=steps)
    return ask_approval(cast.chen, DEMAND, cast.submit())


def read():
    return Approval.objects.get()


def test_of_many_of_whom_one_is_enough_one_decides(cast, managers):
    chain(cast, everyone=False)
    seen = [read() for _person in managers]
    outcomes = race(MANY, lambda nth: approve_approval(managers[nth], seen[nth]))
    assert kinds(outcomes) == {Refused}
    assert outcomes.count(None) == 1
    assert (read().status, read().step) == ("running", 1)
    assert Turn.objects.filter(verdict="approved").count() == 1
    assert [turn.user for turn in Turn.objects.waiting()] == [cast.xu]


def test_of_many_who_all_have_to_agree_each_counts_and_the_next_step_opens_once(cast, managers):
    chain(cast, everyone=True)
    seen = [read() for _person in managers]
    outcomes = race(MANY, lambda nth: approve_approval(managers[nth], seen[nth]))
    assert errors(outcomes) == []
    assert (read().step, read().lap) == (1, 2)
    assert Event.objects.filter(name="approval.agreed").count() == MANY
    assert [turn.user for turn in Turn.objects.waiting()] == [cast.xu]


def test_a_yes_and_a_no_at_one_moment_are_one_answer(cast, managers):
    approval = chain(cast, everyone=False)
    approve_approval(cast.lin, approval)
    grant_role(managers[1], Role.FINANCE)
    other = ask_approval(cast.chen, DEMAND, cast.submit(title="灯"))
    approve_approval(cast.lin, other)
    seen = [Approval.objects.get(pk=other.pk) for _nth in range(2)]
    outcomes = race(
        2,
        lambda nth: (
            approve_approval(cast.xu, seen[0])
            if nth
            else reject_approval(managers[1], seen[1], comment="不")
        ),
    )
    assert len(errors(outcomes)) == 1
    assert Event.objects.filter(name__in=["approval.approved", "approval.rejected"]).count() == 1


def test_a_demand_that_is_cancelled_while_it_is_approved_does_not_lock_up(cast):
    """Both take the demand first, so that neither waits for the other for ever."""
    for nth in range(6):
        demand = cast.submit(title=f"灯 {nth}")
        demand.entry.needs_approval = True
        grade_demand(cast.chen, demand, grade="routine")
        approval = Approval.objects.latest("pk")
        acts = (
            lambda approval=approval: approve_approval(cast.lin, approval),
            lambda demand=demand: cancel_demand(cast.chen, demand, reason="不要了"),
        )
        outcomes = race(2, lambda turn, acts=acts: acts[turn]())
        assert kinds(outcomes) <= {Refused}
        demand.refresh_from_db()
        approval.refresh_from_db()
        assert (demand.status, approval.status) in {
            ("graded", "approved"),
            ("cancelled", "void"),
            ("cancelled", "approved"),
        }
    assert not Demand.objects.filter(status="pending").exists()
