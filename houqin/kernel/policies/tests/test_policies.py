"""A policy is what was in force at the moment: the organisation's own value, else the declared one."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from conftest import IN_USE
from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User, the_house
from houqin.kernel.places.actions import add_place
from houqin.kernel.policies import registry
from houqin.kernel.policies.actions import apply_presets, change_policy
from houqin.kernel.policies.models import PolicyValue
from houqin.kernel.policies.registry import (
    COUNTS,
    GROUPS,
    POLICIES,
    OrganisationKind,
    Policy,
    PolicyUnit,
    counts,
)
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.messages import sentence_of
from houqin.kernel.trail.models import Event

NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)


@pytest.fixture
def kept(db):
    """Parcels are kept for 14 days, in a school for 30."""
    policy = Policy(
        "test.kept",
        14,
        unit=PolicyUnit.DAYS,
        label="保管期限",
        least=1,
        most=60,
        presets={OrganisationKind.SCHOOL: 30},
    )
    yield policy
    del POLICIES[policy.key]
    COUNTS.pop(policy.key, None)


@pytest.fixture
def manager(db):
    user = User.objects.create(username="lin", name="林主管")
    grant_role(user, Role.MANAGER)
    return user


def change(actor, policy, value, **period):
    with turned_to(NOW):
        return change_policy(actor, policy, value=value, reason="夏季", **period)


def test_without_a_value_of_its_own_the_declared_one_holds(kept):
    assert kept.at(NOW) == 14
    assert kept.span(NOW) == 14 * DAY
    assert kept.words(kept.at(NOW)) == "14 天"


def test_a_change_holds_from_its_date_and_rewrites_nothing_before(kept, manager):
    change(manager, kept, 7, effective_from=NOW + DAY)
    assert [kept.at(NOW + DAY * n) for n in (0, 0.99, 1, 400)] == [14, 14, 7, 7]


def test_a_value_with_an_end_gives_way_to_the_one_before(kept, manager):
    change(manager, kept, 20)
    change(manager, kept, 7, effective_from=NOW + DAY, effective_until=NOW + 3 * DAY)
    change(manager, kept, 8, effective_from=NOW + DAY, effective_until=NOW + 2 * DAY)
    assert [kept.at(NOW + DAY * n) for n in (0, 1, 2, 3)] == [20, 8, 7, 20]


def test_another_process_sees_a_change_within_seconds(kept, manager, monkeypatch):
    assert kept.at(NOW) == 14
    # Written as another process would: nothing here is told of it.
    PolicyValue.objects.create(
        key=kept.key, value=7, effective_from=NOW, reason="x", set_at=NOW, set_by=manager
    )
    assert kept.at(NOW) == 14
    clock = registry.time.monotonic
    monkeypatch.setattr(registry.time, "monotonic", lambda: clock() + registry.FRESH_FOR)
    assert kept.at(NOW) == 7
    assert IN_USE <= 5


def test_reading_costs_one_query_for_all_policies(kept, django_assert_num_queries):
    with django_assert_num_queries(1):
        for policy in (kept, *POLICIES.values()):
            policy.at(NOW)


def test_a_manager_of_the_whole_house_alone_may_change_it(kept):
    campus = add_place(None, kind="campus", name="滨江园区", code="BJ")
    for name, role, place in (("a", Role.COORDINATOR, None), ("b", Role.MANAGER, campus)):
        user = User.objects.create(username=name, name=name)
        grant_role(user, role, place=place)
        with pytest.raises(NotAllowed):
            change(user, kept, 7)
    assert not PolicyValue.objects.exists()


@pytest.mark.parametrize("value", [0, 61, "7", 7.5, True])
def test_a_value_that_is_none_of_the_policy_is_refused(kept, manager, value):
    with pytest.raises(Refused):
        change(manager, kept, value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"effective_from": NOW - DAY},
        {"effective_until": NOW},
        {"effective_from": NOW + DAY, "effective_until": NOW + DAY},
    ],
)
def test_dates_that_have_passed_or_end_before_they_begin_are_refused(kept, manager, wrong):
    with pytest.raises(Refused):
        change(manager, kept, 7, **wrong)


def test_a_change_without_a_reason_is_refused(kept, manager):
    with turned_to(NOW), pytest.raises(Refused):
        change_policy(manager, kept, value=7, reason=" ")


def test_a_change_is_on_the_trail_with_what_was_before(kept, manager):
    row = change(manager, kept, 7)
    event = Event.objects.about(row).get()
    assert (event.name, event.actor, event.facts["before"], event.facts["value"]) == (
        "policy.changed", manager, 14, 7,
    )  # fmt: skip
    assert sentence_of(event.name, event.facts) == "规定“保管期限”由 14 改为 7：夏季"


def test_the_kind_of_organisation_brings_its_presets(kept):
    rows = apply_presets(the_house(), OrganisationKind.SCHOOL, at=NOW)
    assert kept.key in {row.key for row in rows}
    assert kept.at(NOW) == 30
    assert kept.at(NOW - DAY) == 14


def test_what_a_value_moves_is_counted_by_whoever_declares_how(kept):
    @counts(kept, "随即退回的")
    def sent_back(days, at):
        return 100 - days

    ((label, count),) = COUNTS[kept.key]
    assert (label, count(7, NOW)) == ("随即退回的", 93)


def test_every_policy_of_the_house_names_the_app_that_declares_it():
    for policy in POLICIES.values():
        assert apps.get_app_config(policy.app)
        assert policy.app in GROUPS
        assert str(policy.label)
