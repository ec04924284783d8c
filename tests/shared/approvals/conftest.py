"""Approvals of demands, in the house of `tests/cast.py`: wu asks, chen sends it, lin is the manager."""

from types import SimpleNamespace

import pytest

from houqin.desk.demands.approvals import DEMAND
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.shared.approvals.actions import ask_approval, save_chain
from houqin.shared.approvals.kinds import KINDS, PERSON, ROLE, SUPERIOR, StepRule
from tests.cast import CAST, as_user
from tests.stages import Stage

__all__ = ["as_user"]


def _house(cast):
    """The cast, with a second manager and the heads of two departments."""
    cast.person("yao", "姚主管", cast.hq)
    grant_role(cast.yao, Role.MANAGER, place=cast.near)
    grant_role(cast.person("luo", "罗经理", cast.lab), Role.HEAD, department=cast.lab)
    return cast


house = Stage(_house, on=CAST).fixture("house")
MANAGER, FINANCE = StepRule(ROLE, Role.MANAGER), StepRule(ROLE, Role.FINANCE)


def named(person, **more):
    return StepRule(PERSON, person=person.pk, **more)


@pytest.fixture
def rules():
    """The steps that tests write chains of."""
    return SimpleNamespace(
        manager=MANAGER, finance=FINANCE, superior=StepRule(SUPERIOR), named=named
    )


@pytest.fixture
def asked(house):
    """`asked(*steps)`: an approval of a demand of wu's, or of `subject`, by such a chain."""

    def ask(*steps, by=None, subject=None, **chain):
        if steps:
            save_chain(house.lin, None, kind="demand", name="链", steps=steps, **chain)
        return ask_approval(by or house.chen, DEMAND, subject or house.submit())

    return ask


@pytest.fixture
def priced(monkeypatch):
    """Let a demand cost what its body says, so that chains can go by the amount."""

    def amount(demand):
        return int(demand.body or 0)

    kind = KINDS["demand"]
    monkeypatch.setitem(kind.__dict__, "amount", amount)
