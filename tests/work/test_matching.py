"""The proposals, worked out again in plain Python from the tables, without the code that makes them."""

import re
from datetime import time, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.desk.demands.actions import refuse_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Clock
from houqin.kernel.people.actions import go_away
from houqin.kernel.places.actions import add_place
from houqin.kernel.timekeeping import turned_to
from houqin.work.orders.actions import accept_order, finish_order, start_order
from houqin.work.orders.matching import propose
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift
from houqin.work.teams.models import Member
from tests.cast import CAST, NOW
from tests.effort import times
from tests.stages import Stage

pytestmark = pytest.mark.engine
KNOWS, AT_HAND, SAME_SITE, ON_DUTY, EACH_JOB, WAS_HERE, WAS_NEAR = 40, 25, 15, 25, 5, 10, 5


def do(cast, person, *, place=None, again=False, at=NOW):
    """`person` does a job and it is over before `at`; with `again` it is refused afterwards."""
    order = cast.order(executor=person, at=at - timedelta(hours=1), place=place)
    with turned_to(at - timedelta(minutes=50)):
        accept_order(person, order)
        start_order(person, order)
    with turned_to(at - timedelta(minutes=30)):
        finish_order(person, order, result="好了")
    if again:
        with turned_to(at - timedelta(minutes=20)):
            refuse_demand(
                order.subject.requester, Demand.objects.get(pk=order.subject_id), reason="没好"
            )


def hire(cast, random, nth, home):
    """Somebody new in a team of their own, with a shift around NOW."""
    person = cast.person(f"p{nth}", f"{nth} 师傅", cast.hq)
    skills = random.sample([cast.hvac, cast.plumbing], random.randint(1, 2))
    cast.crew(f"{nth} 班", home, **{person.username: skills})
    start = NOW + timedelta(hours=random.choice([-9, -7, -1, 0, 1]))
    at = random.choice([cast.near, cast.near, cast.far])
    Shift.objects.create(
        user=person, place=at, starts_at=start, ends_at=start + timedelta(hours=8, minutes=1)
    )
    return person


def employ(cast, random, person, places):
    """Jobs that `person` has before them, and jobs that are done, one perhaps today at one of `places`."""
    for _ in range(random.choice([0, 0, 1, 4])):
        cast.order(executor=person)
    for _ in range(random.choice([0, 1, 3])):
        do(
            cast,
            person,
            again=random.random() < 0.3,
            at=NOW - timedelta(days=random.choice([1, 9])),
        )
    if random.random() < 0.5:
        do(cast, person, place=random.choice(places))


def furnish(cast):
    """Teams at three buildings of two sites, some on shift, some away, with work before them and behind
    them; the same for each run."""
    random = Random(7)
    homes = [
        cast.building,
        add_place(cast.near, kind="building", name="3 号楼", code="BJ-3"),
        cast.far,
    ]
    for nth in range(times(6, most=14)):
        person = hire(cast, random, nth, homes[nth % 3])
        employ(cast, random, person, [cast.room, cast.far_room, homes[1]])
    go_away(
        cast.p3,
        substitute=cast.wu,
        starts_at=NOW - timedelta(days=1),
        ends_at=NOW + timedelta(days=1),
    )
    return cast


town = Stage(furnish, on=CAST).fixture("town")


def site(place):
    return place.full_name.split(" / ")[0]


def house(place):
    return place.full_name.split(" / ")[:2] if " / " in place.full_name else None


def planned(team, at):
    """Whether anybody of the team has a shift in the two weeks around `at`."""
    days = timedelta(days=14)
    shifts = [
        shift
        for each in team.crew.all()
        for shift in Shift.objects.filter(user=each.user, on_call=False)
    ]
    return any(shift.starts_at < at + days and shift.ends_at > at - days for shift in shifts)


def open_for_business(at):
    """By the calendar that the house begins with: 08:30 to 17:30 from Monday to Friday."""
    return at.weekday() < 5 and time(8, 30) <= at.time() < time(17, 30)


def presence(member, place, at):
    """None for who is there; else a word of the reason why not."""
    shifts = [s for s in Shift.objects.filter(user=member.user) if s.starts_at <= at < s.ends_at]
    if member.user.absences.filter(starts_at__lte=at, ends_at__gt=at).exists():
        return "请假"
    if any(site(shift.place) == site(place) for shift in shifts):
        return None
    if shifts or planned(member.team, at):
        return "当班"
    return None if open_for_business(at) else "没有排班"


def weighed(member, place, skill, kin, at):
    """(what rules out, score, load) of one member, from the tables; `kin` are the demands alike."""
    out, score, home, user = set(), 0, member.team.place, member.user
    mine = list(WorkOrder.objects.filter(executor=user).select_related("place"))
    if skill:
        score += KNOWS * (skill in member.skills.all())
        out |= set() if skill in member.skills.all() else {f"没有{skill}工种"}
    if house(home) and house(home) == house(place):
        score += AT_HAND
    else:
        score += SAME_SITE * (site(home) == site(place))
        out |= set() if site(home) == site(place) else {"要跨园区"}
    here = presence(member, place, at)
    score += ON_DUTY * (here is None)
    out |= {here} if here else set()
    done = [(moment, o.pk, o) for o in mine if o.status != "cancelled" for moment in moments(o, at)]
    if today := [job for job in done if job[0].astimezone(at.tzinfo).date() == at.date()]:
        last = max(today, key=lambda job: job[:2])[2].place
        here = house(last) and house(last) == house(place)
        score += WAS_HERE if here else WAS_NEAR * (site(last) == site(place))
    load = sum(o.status in ("waiting", "offered", "accepted", "working", "held") for o in mine)
    return out, score - EACH_JOB * load + past(mine, {job.pk for job in kin}, at), load


def moments(order, at):
    """When somebody was there, as far as the order tells."""
    times = (order.done_at, order.planned_from, order.accepted_at)
    return [moment for moment in times if moment and moment <= at]


def past(orders, kin, at):
    done = [o for o in orders if o.status == "done" and at - timedelta(days=90) < o.done_at <= at]
    done = [o for o in done if o.subject_id in kin and o.help_of_id is None]
    if len(done) < 3:
        return 0
    again = sum(WorkOrder.objects.filter(rework_of=o).exists() for o in done)
    results = [
        Clock.objects.get(target_id=o.subject_id, kind="handling", round=o.round).result
        for o in done
    ]
    judged = [result for result in results if result in ("met", "breached")]
    return round(10 * judged.count("met") / len(judged)) - round(10 * again / len(done))


def check(place, skill, kin, at=NOW):
    """Hold what is proposed against what the tables say; returns how many fit."""
    facts = {member: weighed(member, place, skill, kin, at) for member in Member.objects.all()}
    order = sorted(facts, key=lambda m: (bool(facts[m][0]), -facts[m][1], facts[m][2], m.user_id))
    results = propose(place, skill, at, kin=kin, limit=500)
    assert [result.member for result in results] == [
        member for member in order if not facts[member][0]
    ]
    everybody = propose(place, skill, at, kin=kin, others=True, limit=500)
    assert [result.member for result in everybody] == order
    for result in everybody:
        out, score, load = facts[result.member]
        assert (result.score, result.load, result.fits) == (score, load, not out)
        against = "；".join(words for good, words in result.reasons if not good)
        assert all(words in against for words in out)
    return len(results)


@pytest.mark.parametrize("skilled", [True, False])
@pytest.mark.parametrize("where", ["room", "far_room"])
def test_every_proposal_follows_from_the_facts_and_nobody_ruled_out_is_proposed_unasked(
    town, where, skilled
):
    kin = Demand.objects.filter(entry__code="hvac")
    for at in (NOW, NOW + timedelta(hours=10), NOW + timedelta(days=5), NOW + timedelta(days=30)):
        check(getattr(town, where), town.hvac if skilled else None, kin, at)


def test_somebody_of_two_teams_stands_where_the_better_one_puts_them(cast):
    for username, homes in (("p1", [cast.near, cast.far]), ("p2", [cast.near])):
        cast.person(username, username, cast.hq)
        for home in homes:
            cast.crew(f"{username} {home}", home, **{username: [cast.hvac]})
    proposals = propose(cast.room, cast.hvac, NOW, others=True)
    names = [proposal.user.username for proposal in proposals]
    assert [name for name in names if name in ("p1", "p2")] == ["p1", "p2"]


def test_a_team_without_a_roster_is_there_in_working_hours_until_it_plans_its_first_shift(cast):
    def presence_words(at):
        return {
            each.user.username: each.reasons[2]
            for each in propose(cast.room, cast.hvac, at, others=True)
        }

    everybody = dict.fromkeys(("wang", "zhao"))
    noon, evening, saturday = (NOW + timedelta(hours=hours) for hours in (2, 8, 122))
    for at in (NOW, noon):  # lunch is no absence
        there = (True, "班组没有排班，按工作时间在岗到 17:30")
        assert presence_words(at) == dict.fromkeys(everybody, there)
    assert presence_words(evening) == dict.fromkeys(
        everybody, (False, "班组没有排班，工作时间 08:30–17:30")
    )
    assert presence_words(saturday) == dict.fromkeys(
        everybody, (False, "班组没有排班，这一天不上班")
    )
    assert propose(cast.room, cast.hvac, evening) == []
    hours = {"starts_at": evening, "ends_at": evening + timedelta(hours=8)}
    on_call = Shift.objects.create(user=cast.zhao, place=cast.near, on_call=True, **hours)
    assert presence_words(NOW)["wang"] == there  # a time on call is not a roster
    on_call.on_call = False
    on_call.save()
    assert presence_words(NOW) == dict.fromkeys(everybody, (False, "现在不当班"))


def test_what_somebody_did_before_is_told_with_its_number(cast):
    Shift.objects.create(
        user=cast.wang,
        place=cast.near,
        starts_at=NOW - timedelta(hours=2),
        ends_at=NOW + timedelta(hours=7),
    )
    for nth in range(4):
        do(cast, cast.wang, again=nth == 0, at=NOW - timedelta(days=2))
    (best,) = propose(cast.room, cast.hvac, NOW, kin=Demand.objects.filter(entry__code="hvac"))
    facts = [words for _good, words in best.reasons]
    assert facts[-1] == "90 天内同类 4 件，按时 100%，返工 1 件"
    assert "当班到 17:24" in facts
    assert "90 天" not in str(
        propose(cast.room, cast.hvac, NOW, kin=Demand.objects.none())[0].reasons
    )


def test_somebody_who_has_left_is_not_even_among_the_others(cast):
    cast.wang.is_active = False
    cast.wang.save()
    assert [each.user for each in propose(cast.room, None, NOW, others=True)] == [cast.zhao]


def test_a_proposal_costs_the_same_however_many_people_there_are(cast, request):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            propose(cast.room, cast.hvac, NOW, kin=Demand.objects.all(), others=True)
        return len(seen)

    cost()  # the first one reads the calendar
    few = cost()
    request.getfixturevalue("town")
    cost()  # what is kept for seconds only, such as policies, may have run out meanwhile
    assert cost() == few == 11  # one of them asks for the papers of the trade


def test_the_form_shows_who_fits_and_folds_the_others_away_with_the_reasons_against(town, as_user):
    order = town.order()
    page = as_user(town.chen).get(f"/orders/{order.number}/reassign/").content.decode()
    everybody = propose(town.room, order.skill, NOW, kin=order.subject.kin(), others=True, limit=50)
    matches = [match for match in everybody if match.user != order.executor]
    shown, folded = page.split("offers-more", 1)
    for fits, part in ((True, shown), (False, folded)):
        keys = re.findall(r'value="member-(\d+)"', part)
        assert keys == [str(match.member.pk) for match in matches if match.fits is fits]
        assert all(
            words in part
            for match in matches
            if match.fits is fits
            for _good, words in match.reasons
        )
