import pytest
from django.urls import reverse

from houqin.desk.demands import actions


def on_desk(page):
    return page.context["demand"].number


def test_the_nearest_clock_lies_on_the_desk(desk):
    desk.submitted()
    urgent = desk.submitted(claimed="urgent")
    page = desk.get(desk.chen, "review")
    assert on_desk(page) == urgent.number
    assert page.context["queue"][0].number == urgent.number


def test_after_the_verb_the_next_one_lies_there(desk):
    first, second = desk.submitted(claimed="important"), desk.submitted()
    page = desk.get(desk.chen, "review", number=first.number)
    then = page.context["next"]
    assert then == f"{reverse('demands:review')}?number={second.number}"
    answer = desk.speak(desk.chen, first, "grade", grade="important", next=then)
    assert answer.url == then
    assert on_desk(desk.client.get(then)) == second.number


def test_nobody_is_sent_to_a_strange_house(desk):
    demand = desk.submitted()
    answer = desk.speak(desk.chen, demand, "grade", grade="urgent", next="https://example.org/")
    assert answer.url == demand.get_absolute_url()


def test_the_form_of_a_verb_keeps_where_to_go_on(desk):
    demand = desk.submitted()
    page = desk.get(
        desk.chen, "demand_verb", demand.number, "send_back", next="/review/"
    ).content.decode()
    assert '<input type="hidden" name="next" value="/review/">' in page


def test_the_facts_and_the_proposal_are_shown(desk):
    earlier = desk.submitted(title="会议室空调滴水")
    demand = desk.submitted()
    page = desk.get(desk.chen, "review", number=demand.number)
    facts = {str(fact.label): fact for fact in page.context["review_facts"]}
    assert earlier.number in facts["可能重复"].text
    assert earlier.number in facts["同地点在办"].text
    assert "建议派给 王师傅" in page.content.decode()


def test_every_grade_shows_what_it_would_mean(desk, clock):
    desk.submitted()
    clock.shift(3 * 3600)
    page = " ".join(desk.get(desk.chen, "review").content.decode().split())
    assert "响应 今天 12:24 已超" in page
    assert "2 小时 / 4 小时" in page


def test_an_urgent_one_that_is_being_done_is_still_to_review(desk):
    demand = desk.submitted(claimed="urgent")
    actions.dispatch_demand(desk.zhao, demand, executor=desk.wang)
    page = desk.get(desk.chen, "review")
    assert on_desk(page) == demand.number
    assert page.context["accept"].endswith("/confirm/")


def test_what_is_reviewed_shows_its_card(desk):
    demand = desk.brought_to("graded")
    answer = desk.get(desk.chen, "review", number=demand.number)
    assert (answer.status_code, answer.url) == (302, demand.get_absolute_url())


def test_the_empty_desk_says_so(desk):
    assert "没有待初审的需求" in desk.get(desk.chen, "review").content.decode()


@pytest.mark.parametrize("name", ["wu", "wang", "zhao", "qian", "luo"])
def test_only_coordinators_and_managers_sit_here(desk, name):
    desk.submitted()
    assert desk.get(getattr(desk, name), "review").status_code == 403


def test_the_other_campus_has_its_own_desk(desk):
    demand = desk.submitted()
    assert desk.get(desk.west, "review").context["queue"] == []
    assert desk.get(desk.west, "review", number=demand.number).status_code == 404


def test_the_rail_counts_what_waits(desk):
    desk.submitted()
    rail = [
        item
        for group in desk.get(desk.chen, "demands").context["menu"].groups
        for item in group.items
    ]
    assert {item.label: item.count for item in rail}["审核台"] == 1
    rail = [
        item
        for group in desk.get(desk.wu, "demands").context["menu"].groups
        for item in group.items
    ]
    assert "审核台" not in {item.label for item in rail}
