import pytest

from houqin.kernel.people.models import User


def test_the_coordinator_gives_it_to_the_one_proposed(desk):
    demand = desk.brought_to("graded")
    taker = f"member-{desk.member.pk}"
    answer = desk.speak(desk.chen, demand, "dispatch", to=taker, title="修空调", reason="就在楼里")
    assert answer.status_code == 302
    order = desk.order(demand)
    assert (order.executor, order.team, order.title) == (desk.wang, desk.team, "修空调")
    assert demand.status == "dispatched"


def test_the_proposals_come_with_their_reasons(desk):
    demand = desk.brought_to("graded")
    page = desk.get(desk.chen, "demand_verb", demand.number, "dispatch")
    form = page.context["form"]
    assert ([offer.user.name for offer in form.offers], form.others) == (["王师傅"], [])
    assert "会暖通" in page.content.decode()
    assert "当班到" in page.content.decode()


def test_a_whole_team_may_be_chosen_instead(desk):
    demand = desk.brought_to("graded")
    desk.speak(desk.chen, demand, "dispatch", to=f"team-{desk.team.pk}", title="修空调")
    assert (desk.order(demand).executor, desk.order(demand).team) == (None, desk.team)


def test_an_urgent_one_is_dispatched_before_the_review(desk):
    demand = desk.submitted(claimed="urgent")
    taker = f"member-{desk.member.pk}"
    assert desk.speak(desk.zhao, demand, "dispatch", to=taker, title="x").status_code == 302
    assert (demand.status, demand.graded_at) == ("dispatched", None)


def test_any_other_waits_for_the_review(desk):
    demand = desk.submitted()
    answer = desk.speak(desk.chen, demand, "dispatch", to=f"member-{desk.member.pk}", title="x")
    assert answer.status_code == 409


def test_the_requester_may_not(desk):
    demand = desk.brought_to("graded")
    assert desk.speak(desk.wu, demand, "dispatch", title="x").status_code == 403
    assert desk.order(demand) is None


def test_others_do_not_see_it(desk):
    assert desk.speak(desk.far, desk.brought_to("graded"), "dispatch", title="x").status_code == 404


def test_somebody_has_to_be_chosen(desk):
    demand = desk.brought_to("graded")
    answer = desk.speak(desk.chen, demand, "dispatch", title="修空调")
    assert answer.status_code == 422
    assert "请选择派给谁" in answer.content.decode()
    assert demand.status == "graded"


def test_nobody_outside_the_teams_can_be_named(desk):
    demand = desk.brought_to("graded")
    someone = User.objects.get(username="far")
    assert (
        desk.speak(desk.chen, demand, "dispatch", to=f"member-{someone.pk}", title="x").status_code
        == 422
    )


@pytest.mark.parametrize("to", ["member-" + "9" * 4400, "team-" + "9" * 30, "member-", "nobody-1"])
def test_a_taker_that_is_none_is_a_form_error(desk, to):
    demand = desk.brought_to("graded")
    assert desk.speak(desk.chen, demand, "dispatch", to=to, title="x").status_code == 422
