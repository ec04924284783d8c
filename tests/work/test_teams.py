"""Teams and trades: written by those who run them, each at their own place."""

import pytest

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.work.teams.models import Skill, Team

pytestmark = pytest.mark.engine


def answers_of(cast, **more):
    return {"name": "夜班组", "kind": "internal", "place": cast.building.pk, "active": "on"} | more


def test_a_lead_makes_a_team_takes_people_in_and_writes_what_they_master(cast, as_user):
    client = as_user(cast.li)
    assert client.post("/teams/new/", answers_of(cast)).status_code == 302
    team = Team.objects.get(name="夜班组")
    answer = client.post(
        f"/teams/{team.pk}/join/", {"user": cast.wang.pk, "skills": [cast.plumbing.pk]}
    )
    assert answer.status_code == 302
    member = team.crew.get()
    assert list(member.skills.all()) == [cast.plumbing]
    client.post(f"/teams/{team.pk}/members/{member.pk}/", {"skills": [cast.hvac.pk]})
    assert list(member.skills.all()) == [cast.hvac]
    page = client.get("/teams/").content.decode()
    assert page.count("暖通") >= 2
    client.post(f"/teams/{team.pk}/members/{member.pk}/leave/")
    assert not team.crew.exists()


@pytest.mark.parametrize(
    "wrong", [{"name": "滨江工程班"}, {"name": ""}, {"kind": "x"}, {"place": "0"}, {"place": "far"}]
)
def test_what_a_team_cannot_be_is_a_form_error(cast, as_user, wrong):
    if wrong.get("place") == "far":
        wrong = {"place": cast.far.pk}
    assert as_user(cast.li).post("/teams/new/", answers_of(cast, **wrong)).status_code == 422


def test_nobody_joins_twice_and_only_who_works_there(cast, as_user):
    client = as_user(cast.li)
    for user in (cast.wang, cast.wu):
        assert client.post(f"/teams/{cast.team.pk}/join/", {"user": user.pk}).status_code == 422
    grant_role(cast.meng, Role.TECHNICIAN, place=cast.near)
    assert client.post(f"/teams/{cast.team.pk}/join/", {"user": cast.meng.pk}).status_code == 302


@pytest.mark.parametrize(
    ("who", "answers"),
    [("chen", (200, 403)), ("qin", (200, 404)), ("wang", (403, 404)), ("wu", (403, 404))],
)
def test_who_does_not_run_a_team_does_not_change_it(cast, as_user, who, answers):
    client = as_user(getattr(cast, who))
    assert client.get("/teams/").status_code == answers[0]
    assert client.post(f"/teams/{cast.team.pk}/", answers_of(cast)).status_code in (answers[1], 403)
    assert Team.objects.get().name == "滨江工程班"


def test_a_team_that_was_dissolved_is_offered_no_work(cast, as_user):
    as_user(cast.li).post(f"/teams/{cast.team.pk}/", answers_of(cast, active=""))
    order = cast.order()
    page = as_user(cast.chen).get(f"/orders/{order.number}/reassign/").content.decode()
    assert f'value="team-{cast.team.pk}"' not in page
    assert "赵师傅" not in page


def test_trades_are_the_managers(cast, as_user):
    new = {"name": "玻璃", "code": "Glass"}
    assert as_user(cast.li).post("/teams/skills/new/", new).status_code == 403
    client = as_user(cast.lin)
    assert client.post("/teams/skills/new/", new).status_code == 302
    assert client.post("/teams/skills/new/", new).status_code == 422
    assert Skill.objects.get(code="glass").name == "玻璃"
    assert "玻璃" in client.get("/teams/skills/").content.decode()
