"""The proposals, worked out again without the code that makes them."""

import re
from datetime import timedelta
from random import Random

import pytest

from houqin.dispatch.matching import propose
from houqin.dispatch.models import Member, Shift, WorkOrder
from houqin.kernel.places.actions import add_place
from tests.cast import NOW

KNOWS, AT_HAND, SAME_SITE, ON_DUTY, EACH_JOB = 40, 25, 15, 25, 5


@pytest.fixture
def town(cast):
    """Teams at three buildings of two sites, some on shift, with work in hand; the same for each run."""
    random = Random(7)
    homes = [cast.building, add_place(cast.near, kind="building", name="3 号楼", code="BJ-3"), cast.far]
    for nth in range(12):
        person = cast.person(f"p{nth}", f"{nth} 师傅", cast.hq)
        skills = random.sample([cast.hvac, cast.plumbing], random.randint(0, 2))
        cast.crew(f"{nth} 班", homes[nth % 3], **{person.username: skills})
        start = NOW + timedelta(hours=random.choice([-9, -8, -1, 0, 1]))
        Shift.objects.create(
            user=person, place=cast.near, starts_at=start, ends_at=start + timedelta(hours=8, minutes=1)
        )
        for _ in range(random.choice([0, 0, 1, 4])):
            cast.order(executor=person)
    return cast


def weighed(member, place, skill):
    """Score and reasons of one member, from the tables."""
    site, *inside = place.full_name.split(" / ")
    home = member.team.place.full_name.split(" / ")
    jobs = WorkOrder.objects.filter(
        executor=member.user, status__in=["offered", "accepted", "working", "held"]
    ).count()
    on_shift = any(shift.starts_at <= NOW < shift.ends_at for shift in Shift.objects.filter(user=member.user))
    has = skill is None or skill in list(member.skills.all())
    here, same_site = len(home) > 1 and inside[:1] == home[1:2] and home[0] == site, home[0] == site
    near = AT_HAND if here else SAME_SITE if same_site else 0
    score = (KNOWS if has and skill else 0) + near + (ON_DUTY if on_shift else 0) - EACH_JOB * jobs
    signs = ([has] if skill else []) + [here or same_site, on_shift, jobs < 3]
    return has, score, jobs, signs


@pytest.mark.parametrize("skilled", [True, False])
@pytest.mark.parametrize("where", ["room", "far_room"])
def test_every_proposal_follows_from_the_facts_and_stands_in_their_order(town, where, skilled):
    place, skill = getattr(town, where), town.hvac if skilled else None
    facts = {member: weighed(member, place, skill) for member in Member.objects.all()}
    fit = [member for member, (has, *_rest) in facts.items() if has]
    best = sorted(fit, key=lambda member: (-facts[member][1], facts[member][2], member.user_id))
    found = propose(place, skill, NOW, limit=50)
    assert [one.member for one in found] == best
    for one in found:
        _has, score, jobs, signs = facts[one.member]
        assert (one.score, one.load, [good for good, _words in one.reasons]) == (score, jobs, signs)
        said = "；".join(words for _good, words in one.reasons)
        assert f"手上 {jobs} 件" in said
        assert one.member.team.place.name in said
        assert ("现在不当班" in said) is not signs[-2]
        assert ("要跨园区" in said) is not signs[-3]


def test_the_same_facts_give_the_same_order(town):
    first = [one.member.pk for one in propose(town.room, town.hvac, NOW)]
    assert first == [one.member.pk for one in propose(town.room, town.hvac, NOW)]
    assert len(first) == 8


def test_where_nobody_knows_the_trade_everybody_is_proposed_and_it_is_said(cast):
    Member.objects.get(user=cast.wang).skills.clear()
    Member.objects.get(user=cast.zhao).skills.clear()
    found = propose(cast.room, cast.plumbing, NOW)
    assert len(found) == 2
    assert all((False, "没有水暖工种") in one.reasons for one in found)


def test_somebody_who_has_left_is_not_proposed(cast):
    cast.wang.is_active = False
    cast.wang.save()
    assert [one.user for one in propose(cast.room, None, NOW)] == [cast.zhao]


def test_a_proposal_costs_the_same_however_many_people_there_are(cast, town, django_assert_num_queries):
    with django_assert_num_queries(4):
        propose(cast.room, cast.hvac, NOW)


def test_the_form_shows_the_reasons_that_were_weighed(town, as_user):
    order = town.order()
    page = as_user(town.chen).get(f"/orders/{order.number}/reassign/").content.decode()
    shown = re.findall(r'value="member-(\d+)"', page)
    found = [one for one in propose(town.room, order.skill, NOW, limit=9) if one.user != order.executor]
    assert shown == [str(one.member.pk) for one in found][:8]
    for one in found[:8]:
        assert all(words in page for _good, words in one.reasons)
