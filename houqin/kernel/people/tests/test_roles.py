"""Who is what where: roles reach downward, never sideways, and go to whoever stands in."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.actions import add_department, come_back, go_away, grant_role, require
from houqin.kernel.people.models import (
    Absence,
    Role,
    RoleGrant,
    User,
    holders,
    the_house,
    with_substitutes,
)
from houqin.kernel.places.actions import add_place
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import turned_to

pytestmark = pytest.mark.engine
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))


class Ground:
    """Two campuses, the first with a building and a room; a department within another; two people."""

    def __init__(self):
        self.near = add_place(None, kind="campus", name="滨江园区", code="BJ")
        self.building = add_place(self.near, kind="building", name="2 号楼", code="BJ-2")
        self.room = add_place(self.building, kind="room", name="502", code="BJ-2-502")
        self.next_door = add_place(self.near, kind="building", name="20 号楼", code="BJ-20")
        self.far = add_place(None, kind="campus", name="城西院区", code="CX")
        self.group = add_department(None, name="集团", code="group")
        self.lab = add_department(self.group, name="研发一部", code="rd1")
        self.chen = User.objects.create_user("chen", name="陈专员", department=self.lab)
        self.zhou = User.objects.create_user("zhou", name="周专员", department=self.group)

    def again(self, user):
        return User.objects.get(pk=user.pk)


@pytest.fixture
def ground(db):
    return Ground()


def test_a_role_reaches_the_place_and_all_below_it(ground):
    grant_role(ground.chen, Role.COORDINATOR, place=ground.building)
    reached = [place.code for place in Place.objects.all() if ground.chen.roles_at(place)]
    assert reached == ["BJ-2", "BJ-2-502"]
    assert ground.chen.roles_at(None) == set()
    assert ground.chen.role_codes() == {"coordinator"}
    for place, there in ((ground.room, [ground.chen]), (ground.near, []), (ground.next_door, [])):
        assert list(holders({Role.COORDINATOR}, place)) == there


def test_the_rows_that_a_role_reaches_are_those_of_the_places_below(ground):
    for place in (ground.near, ground.room, ground.far):
        grant_role(ground.zhou, Role.DUTY, place=place)
    grant_role(ground.chen, Role.COORDINATOR, place=ground.building)
    rows = RoleGrant.objects.filter(role=Role.DUTY)
    assert [
        row.place for row in rows.filter(ground.chen.reach({Role.COORDINATOR}, place="place"))
    ] == [ground.room]
    assert not rows.filter(ground.chen.reach({Role.MANAGER}, place="place")).exists()
    grant_role(ground.chen, Role.MANAGER)
    assert rows.filter(ground.chen.reach({Role.MANAGER}, place="place")).count() == 3


def test_a_role_without_a_place_is_held_everywhere(ground):
    grant_role(ground.chen, Role.MANAGER)
    assert all(
        ground.chen.roles_at(place) == {"manager"} for place in [None, ground.room, ground.far]
    )
    assert (
        list(holders({Role.MANAGER}, None))
        == list(holders({Role.MANAGER}, ground.far))
        == [ground.chen]
    )


def test_a_role_over_a_department_is_no_role_at_a_place(ground):
    grant_role(ground.chen, Role.HEAD, department=ground.group)
    assert (ground.chen.roles_over(ground.lab), ground.chen.roles_over(None)) == ({"head"}, set())
    assert ground.chen.roles_at(ground.room) == set()
    assert list(holders({Role.HEAD}, ground.room)) == []
    people = User.objects.filter(
        ground.chen.reach({Role.HEAD}, place="none", department="department")
    )
    assert set(people) == {ground.chen, ground.zhou}


def test_a_role_that_is_given_twice_is_held_once(ground):
    for where in ({}, {"place": ground.near}, {"department": ground.lab}):
        first = grant_role(ground.chen, Role.HEAD, **where)
        assert grant_role(ground.chen, Role.HEAD, **where) == first
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(user=ground.chen, role=Role.HEAD, **where)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(
            user=ground.chen, role=Role.HEAD, place=ground.near, department=ground.lab
        )


def test_only_who_holds_the_role_there_may(ground):
    grant_role(ground.chen, Role.LEAD, place=ground.near)
    require(ground.chen, {Role.LEAD, Role.MANAGER}, ground.room)
    require(ground.chen, {Role.LEAD})
    require(the_house(), {Role.MANAGER}, ground.far)
    for roles, place in (
        ({Role.LEAD}, ground.far),
        ({Role.MANAGER}, ground.room),
        ({Role.MANAGER}, None),
    ):
        with pytest.raises(NotAllowed):
            require(ground.chen, roles, place)


def test_who_stands_in_has_the_roles_and_the_notices_until_the_end(ground):
    grant_role(ground.chen, Role.COORDINATOR, place=ground.near)
    go_away(ground.chen, substitute=ground.zhou, starts_at=NOW, ends_at=NOW + timedelta(days=2))
    for moment, there in ((-1, False), (0, True), (47, True), (48, False)):
        with turned_to(NOW + timedelta(hours=moment)):
            assert bool(ground.again(ground.zhou).roles_at(ground.room)) == there
            assert ground.again(ground.chen).roles_at(ground.room) == {"coordinator"}
        told = with_substitutes([ground.chen], NOW + timedelta(hours=moment))
        assert told == [ground.zhou if there else ground.chen]
    assert with_substitutes([ground.chen, ground.zhou], NOW) == [ground.zhou]


def test_coming_back_ends_what_runs_and_drops_what_is_planned(ground):
    go_away(ground.chen, substitute=ground.zhou, starts_at=NOW, ends_at=NOW + timedelta(days=2))
    later = NOW + timedelta(days=9)
    go_away(ground.chen, substitute=ground.zhou, starts_at=later, ends_at=later + timedelta(days=1))
    come_back(ground.chen, now=NOW + timedelta(hours=5))
    assert Absence.objects.get().ends_at == NOW + timedelta(hours=5)


def test_nobody_stands_in_for_themselves_or_backwards_in_time(ground):
    with pytest.raises(Refused):
        go_away(ground.chen, substitute=ground.chen, starts_at=NOW, ends_at=NOW + timedelta(days=1))
    with pytest.raises(Refused):
        go_away(ground.chen, substitute=ground.zhou, starts_at=NOW, ends_at=NOW)
    assert not Absence.objects.exists()


def test_who_has_left_holds_nothing_to_be_told(ground):
    grant_role(ground.chen, Role.COORDINATOR)
    User.objects.filter(pk=ground.chen.pk).update(is_active=False)
    assert list(holders({Role.COORDINATOR}, ground.room)) == []


def test_there_is_one_house(ground):
    assert the_house() == the_house()
    assert not the_house().is_active
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="second", name="另一个", is_system=True)
