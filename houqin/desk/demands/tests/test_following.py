"""Urging, supervising, copying in and mentioning: who may, when, and who hears of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from houqin.desk.demands import actions
from houqin.desk.demands.models import Demand, Supervision, Watcher
from houqin.desk.demands.sweeps import chase_answers
from houqin.desk.demands.tests.conftest import MONDAY
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User
from houqin.platform.notices.models import Notice

pytestmark = pytest.mark.engine
S = set(Demand.Status.values)
HANDLED = {"dispatched", "responded", "working", "on_hold", "rework"}
EVERYBODY = {"wu", "chen", "lin", "li", "zhao", "qian", "luo", "wang", "he"}
LAW = {  # verb: the states, the people; the law written a second time, by hand
    "merge": ({"submitted", "pending", "returned", "graded"}, {"chen", "lin"}),
    "urge": ({"submitted", "pending", "graded"} | HANDLED, {"wu"}),
    "supervise": ({"submitted", "pending", "returned", "graded", "done"} | HANDLED, {"lin"}),
    "answer": (set(), {"chen", "li"}),
    "copy": (S, {"wu", "luo", "chen", "lin", "li"}),
    "leave": (S, {"he"}),
    "comment": (S, EVERYBODY - {"qian"}),
}


@pytest.mark.parametrize("verb", LAW)
def test_the_law_of_following_through(verb):
    states, people = LAW[verb]
    roles = {
        "wu": "requester",
        "chen": "coordinator",
        "lin": "manager",
        "li": "lead",
        "zhao": "duty",
    }
    roles |= {"qian": "finance", "luo": "head", "wang": "executor", "he": "watcher"}
    step = Demand.FLOW[verb]
    assert step.by == {roles[name] for name in people}
    assert {state for state in S if step.fits(Demand(status=state))} == states
    asked = {state for state in S if step.fits(Demand(status=state, supervised=True))}
    assert asked == {"answer": S, "supervise": set()}.get(verb, states)


def told(demand, name):
    results = Notice.objects.filter(event__name=name, event__target_id=demand.pk)
    return sorted(results.values_list("user__username", flat=True))


def test_who_does_it_and_who_reviews_hear_that_it_is_urged(desk):
    demand = desk.brought_to("working")
    assert desk.speak(desk.wu, demand, "urge", note="两点客户到").status_code == 302
    assert (demand.urges, demand.urged_at) == (1, MONDAY)
    assert told(demand, "demand.urged") == ["chen", "wang"]
    assert "催 1 次" in desk.get(desk.chen, "demands", view="pressed").content.decode()
    page = desk.get(desk.wang, "demand", demand.number).content.decode()
    assert "两点客户到" in page
    assert "催办（第 1 次）" in page


def test_the_team_hears_of_what_nobody_has_taken_yet(desk):
    demand = desk.brought_to("graded")
    actions.dispatch_demand(desk.chen, demand, team=desk.team)
    actions.urge_demand(desk.wu, demand)
    assert told(demand, "demand.urged") == ["chen", "wang"]


def test_it_is_urged_once_in_two_hours(desk, clock):
    demand = desk.submitted()
    desk.speak(desk.wu, demand, "urge")
    again = desk.speak(desk.wu, demand, "urge")
    assert again.status_code == 409
    assert "12:24 以后可以再催" in again.content.decode()
    button = next(
        v
        for v in desk.get(desk.wu, "demand", demand.number).context["verbs"]
        if v["verb"] == "urge"
    )
    assert "12:24" in button["blocked"]
    clock.shift(timedelta(hours=2))
    assert desk.speak(desk.wu, demand, "urge").status_code == 302
    assert demand.urges == 2


def supervised(desk, hours=4, **asked):
    demand = desk.brought_to(asked.pop("status", "working"))
    due_at = MONDAY + timedelta(hours=hours)
    actions.supervise_demand(desk.lin, demand, ask="为什么还没好？", due_at=due_at)
    return demand


def test_a_manager_asks_and_is_answered(desk):
    demand = desk.brought_to("working")
    answer = desk.speak(
        desk.lin, demand, "supervise", ask="为什么还没好？", due_at="2026-11-23T14:24"
    )
    assert (answer.status_code, demand.supervised) == (302, True)
    assert told(demand, "demand.supervised") == ["chen", "li"]
    assert (
        "为什么还没好？"
        in desk.get(desk.chen, "demand_verb", demand.number, "answer").content.decode()
    )
    assert (
        desk.speak(desk.lin, demand, "supervise", ask="x", due_at="2026-11-24T10:00").status_code
        == 409
    )
    assert desk.speak(desk.chen, demand, "answer", answer="").status_code == 422
    assert desk.speak(desk.li, demand, "answer", answer="等一个阀，明早装").status_code == 302
    assert (demand.supervised, told(demand, "demand.answered")) == (False, ["lin"])
    kept = Supervision.objects.get()
    assert (kept.answer, kept.answered_by, kept.answered_at) == (
        "等一个阀，明早装",
        desk.li,
        MONDAY,
    )


def test_an_answer_needs_time(desk):
    demand = desk.brought_to("working")
    for due_at in ("2026-11-23T10:00", "", "gestern"):
        assert desk.speak(desk.lin, demand, "supervise", ask="x", due_at=due_at).status_code == 422
    assert not demand.supervised


def test_a_late_answer_is_told_once_and_seen(desk, clock):
    demand = supervised(desk)
    assert chase_answers(MONDAY + timedelta(hours=3)) == 0
    clock.shift(timedelta(hours=5))
    assert (
        chase_answers(MONDAY + timedelta(hours=5)),
        chase_answers(MONDAY + timedelta(hours=6)),
    ) == (1, 0)
    assert told(demand, "demand.supervision_late") == ["chen", "li", "lin"]
    assert "已逾期" in desk.get(desk.chen, "demand", demand.number).content.decode()
    actions.answer_demand(desk.chen, demand, answer="已修好")
    assert chase_answers(MONDAY + timedelta(hours=9)) == 0
    assert "已逾期" not in desk.get(desk.chen, "demand", demand.number).content.decode()


def test_an_answer_is_whole_in_the_database_as_well(desk):
    supervised(desk)
    for wrong in ({"answer": "x"}, {"answered_at": MONDAY}, {"due_at": MONDAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Supervision.objects.update(**wrong)


def test_whoever_is_copied_in_may_read_and_say_something(desk):
    demand = desk.submitted()
    assert desk.get(desk.he, "demand", demand.number).status_code == 404
    assert desk.speak(desk.wu, demand, "copy", people="贺工、far").status_code == 302
    assert told(demand, "demand.copied") == ["far", "he"]
    assert desk.speak(desk.he, demand, "comment", text="我们屋也冷").status_code == 302
    assert desk.speak(desk.he, demand, "copy", people="钱会计").status_code == 403
    assert demand.number in desk.get(desk.he, "demands", view="watched").content.decode()
    desk.speak(desk.chen, demand, "comment", text="下午来修")
    assert "he" in told(demand, "demand.commented")
    desk.speak(desk.chen, demand, "comment", text="又是这台", inner="on")
    assert told(demand, "demand.noted") == []


def test_a_watcher_leaves_or_is_dropped(desk):
    demand = desk.submitted()
    actions.copy_demand(desk.wu, demand, people=[desk.he, desk.far])
    assert desk.speak(desk.wu, demand, "copy", dropped=[desk.far.pk]).status_code == 302
    assert desk.speak(desk.he, demand, "leave").status_code == 302
    assert not demand.watchers.exists()
    assert desk.get(desk.he, "demand", demand.number).status_code == 404


@pytest.mark.parametrize("said", ["", "谁也不是", "贺工 谁", "house", "aud"])
def test_only_a_colleague_can_be_copied_in(desk, said):
    grant_role(User.objects.create_user("aud", name="审计"), Role.AUDITOR)
    demand = desk.submitted()
    assert desk.speak(desk.wu, demand, "copy", people=said).status_code in (409, 422)
    assert not demand.watchers.exists()


@pytest.mark.parametrize(
    "text", ["@贺工请看", "请 @贺工 看", "（@贺工(he)）", "@贺工，@贺工 看", "谢谢@贺工"]
)
def test_whoever_is_mentioned_hears_of_it_and_watches(desk, text):
    demand = desk.submitted()
    User.objects.create_user("he1", name="贺")
    desk.speak(desk.wu, demand, "comment", text=text)
    assert list(demand.watchers.values_list("user__username", "why")) == [
        ("he", Watcher.Why.MENTIONED)
    ]
    assert "he" in told(demand, "demand.commented")


@pytest.mark.parametrize("text", ["a@贺工.cn", "@谁", "@", "@ 贺工", "@贺工(far)", "he@x"])
def test_what_mentions_nobody_is_text_like_any_other(desk, text):
    demand = desk.submitted()
    assert desk.speak(desk.wu, demand, "comment", text=text).status_code == 302
    assert not demand.watchers.exists()


def test_two_of_one_name_are_told_apart_by_their_accounts(desk):
    User.objects.create_user("he2", name="贺工")
    demand = desk.submitted()
    answer = desk.speak(desk.wu, demand, "comment", text="@贺工 请看")
    assert answer.status_code == 422
    assert "@贺工(he)" in answer.content.decode()
    assert desk.speak(desk.wu, demand, "comment", text="@贺工(he2) 请看").status_code == 302
    assert demand.watchers.get().user.username == "he2"


def test_an_inner_note_mentions_only_those_who_may_read_it(desk):
    demand = desk.submitted()
    assert desk.speak(desk.chen, demand, "comment", text="@贺工 看", inner="on").status_code == 422
    assert (
        desk.speak(desk.chen, demand, "comment", text="@李班长 看", inner="on").status_code == 302
    )
    assert "li" in told(demand, "demand.noted")


def test_an_administrator_is_not_mentioned(desk):
    grant_role(User.objects.create_user("aud", name="审计"), Role.AUDITOR)
    assert desk.speak(desk.wu, desk.submitted(), "comment", text="@审计 看").status_code == 422
