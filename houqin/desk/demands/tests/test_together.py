"""Several demands decided together: each by its own action, and told row by row."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from houqin.work.orders.models import WorkOrder

SAID = {
    "grade": {"grade": "routine"},
    "send_back": {"reason": "哪一间？"},
    "reject": {"reason": "不归后勤"},
}
LEADS_TO = {"grade": "graded", "send_back": "returned", "reject": "rejected"}


def together(desk, user, verb, demands, **answers):
    desk.client.force_login(user)
    picked = {"pick": [row.pk for row in demands], "next": "/demands/?view=review"}
    answer = desk.client.post(reverse("demands:bulk", args=[verb]), picked | answers)
    for row in demands:
        row.refresh_from_db()
    return answer


def told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize("verb", SAID)
def test_what_is_ticked_is_done_and_what_is_refused_is_told_with_its_reason(desk, verb):
    waiting, decided = (
        [desk.submitted(), desk.submitted(claimed="important")],
        desk.brought_to("accepted"),
    )
    asked = together(desk, desk.chen, verb, [*waiting, decided])
    assert asked.status_code == 200
    assert all(row.number in asked.content.decode() for row in [*waiting, decided])
    answer = together(desk, desk.chen, verb, [*waiting, decided], asked="1", **SAID[verb])
    assert (answer.status_code, answer.url) == (302, "/demands/?view=review")
    assert [row.status for row in waiting] == [LEADS_TO[verb]] * 2
    assert decided.status == "accepted"
    done, refused = told(answer)
    assert "完成 2 件" in done
    assert refused == f"1 件没有办成：\n{decided.number} 目前是“已验收”，不能执行此操作。"


def test_several_go_to_one_team_each_with_an_order_of_its_own(desk):
    demands = [desk.brought_to("graded") for _nth in range(3)]
    together(desk, desk.lin, "dispatch", demands, asked="1", team=desk.team.pk)
    assert {row.status for row in demands} == {"dispatched"}
    assert list(WorkOrder.objects.values_list("team", "executor")) == [(desk.team.pk, None)] * 3


def test_an_urgent_one_under_way_is_confirmed_with_the_others(desk):
    urgent, other = desk.submitted(claimed="urgent"), desk.submitted()
    together(desk, desk.chen, "dispatch", [urgent], asked="1", team=desk.team.pk)
    together(desk, desk.chen, "grade", [urgent, other], asked="1", grade="important")
    assert urgent.graded_at == other.graded_at is not None


@pytest.mark.parametrize("name", ["wu", "wang", "li", "zhao"])
def test_only_those_who_review_are_offered_it(desk, name):
    demand = desk.submitted()
    assert (
        together(
            desk, getattr(desk, name), "grade", [demand], asked="1", grade="routine"
        ).status_code
        == 403
    )
    assert demand.status == "submitted"
    assert desk.get(getattr(desk, name), "demands").context["bulk"] == []
    assert len(desk.get(desk.chen, "demands").context["bulk"]) >= 4


def test_what_is_not_seen_cannot_be_ticked(desk):
    demand = desk.submitted()
    assert (
        together(desk, desk.west, "grade", [demand], asked="1", grade="routine").status_code == 409
    )
    assert demand.status == "submitted"


def test_nothing_ticked_is_said_and_so_is_too_much(desk):
    url = reverse("demands:bulk", args=["grade"])
    desk.client.force_login(desk.chen)
    for picked in ([], ["x", "²", str(2**70)], [str(n) for n in range(201)]):
        answer = desk.client.post(url, {"pick": picked})
        assert answer.status_code == 409


def test_a_form_that_lacks_something_keeps_what_was_ticked(desk):
    demands = [desk.submitted(), desk.submitted()]
    answer = together(desk, desk.chen, "reject", demands, asked="1", reason=" ")
    assert answer.status_code == 422
    assert answer.content.decode().count('name="pick"') == 2
    assert {row.status for row in demands} == {"submitted"}


def test_a_verb_that_the_list_does_not_know_is_not_found(desk):
    assert together(desk, desk.chen, "fly", [desk.submitted()]).status_code == 404
