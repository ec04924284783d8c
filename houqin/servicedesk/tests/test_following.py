"""Urging, supervising, copying in and mentioning: who may, when, and who hears of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from houqin.kernel.notices.models import Notice
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role, User
from houqin.servicedesk import actions
from houqin.servicedesk.models import Request, Supervision, Watcher
from houqin.servicedesk.sweeps import chase_answers
from houqin.servicedesk.tests.conftest import MONDAY

S = set(Request.Status.values)
HANDLED = {"dispatched", "responded", "working", "on_hold", "rework"}
EVERYBODY = {"wu", "chen", "lin", "li", "zhao", "qian", "luo", "wang", "he"}
LAW = {  # verb: the states, the people; the law written a second time, by hand
    "merge": ({"submitted", "returned", "graded"}, {"chen", "lin"}),
    "urge": ({"submitted", "graded"} | HANDLED, {"wu"}),
    "supervise": ({"submitted", "returned", "graded", "done"} | HANDLED, {"lin"}),
    "answer": (set(), {"chen", "li"}),
    "copy": (S, {"wu", "luo", "chen", "lin", "li"}),
    "leave": (S, {"he"}),
    "comment": (S, EVERYBODY - {"qian"}),
}


@pytest.mark.parametrize("verb", LAW)
def test_the_law_of_following_through(verb):
    states, people = LAW[verb]
    roles = {"wu": "requester", "chen": "coordinator", "lin": "manager", "li": "lead", "zhao": "duty"}
    roles |= {"qian": "finance", "luo": "head", "wang": "executor", "he": "watcher"}
    step = Request.FLOW[verb]
    assert step.by == {roles[name] for name in people}
    assert {state for state in S if step.fits(Request(status=state))} == states
    asked = {state for state in S if step.fits(Request(status=state, supervised=True))}
    assert asked == {"answer": S, "supervise": set()}.get(verb, states)


def told(request, name):
    found = Notice.objects.filter(event__name=name, event__target_id=request.pk)
    return sorted(found.values_list("user__username", flat=True))


def test_who_does_it_and_who_reviews_hear_that_it_is_urged(desk):
    request = desk.brought_to("working")
    assert desk.speak(desk.wu, request, "urge", note="两点客户到").status_code == 302
    assert (request.urges, request.urged_at) == (1, MONDAY)
    assert told(request, "request.urged") == ["chen", "wang"]
    assert "催 1 次" in desk.get(desk.chen, "requests", view="pressed").content.decode()
    page = desk.get(desk.wang, "request", request.number).content.decode()
    assert "两点客户到" in page
    assert "催办（第 1 次）" in page


def test_the_team_hears_of_what_nobody_has_taken_yet(desk):
    request = desk.brought_to("graded")
    actions.dispatch_request(desk.chen, request, team=desk.team)
    actions.urge_request(desk.wu, request)
    assert told(request, "request.urged") == ["chen", "wang"]


def test_it_is_urged_once_in_two_hours(desk, clock):
    request = desk.submitted()
    desk.speak(desk.wu, request, "urge")
    again = desk.speak(desk.wu, request, "urge")
    assert again.status_code == 409
    assert "12:24 以后可以再催" in again.content.decode()
    button = next(
        v for v in desk.get(desk.wu, "request", request.number).context["verbs"] if v["verb"] == "urge"
    )
    assert "12:24" in button["blocked"]
    clock.shift(timedelta(hours=2))
    assert desk.speak(desk.wu, request, "urge").status_code == 302
    assert request.urges == 2


def supervised(desk, hours=4, **asked):
    request = desk.brought_to(asked.pop("status", "working"))
    due_at = MONDAY + timedelta(hours=hours)
    actions.supervise_request(desk.lin, request, ask="为什么还没好？", due_at=due_at)
    return request


def test_a_manager_asks_and_is_answered(desk):
    request = desk.brought_to("working")
    answer = desk.speak(desk.lin, request, "supervise", ask="为什么还没好？", due_at="2026-11-23T14:24")
    assert (answer.status_code, request.supervised) == (302, True)
    assert told(request, "request.supervised") == ["chen", "li"]
    assert "为什么还没好？" in desk.get(desk.chen, "request_verb", request.number, "answer").content.decode()
    assert desk.speak(desk.lin, request, "supervise", ask="x", due_at="2026-11-24T10:00").status_code == 409
    assert desk.speak(desk.chen, request, "answer", answer="").status_code == 422
    assert desk.speak(desk.li, request, "answer", answer="等一个阀，明早装").status_code == 302
    assert (request.supervised, told(request, "request.answered")) == (False, ["lin"])
    kept = Supervision.objects.get()
    assert (kept.answer, kept.answered_by, kept.answered_at) == ("等一个阀，明早装", desk.li, MONDAY)


def test_an_answer_needs_time(desk):
    request = desk.brought_to("working")
    for due_at in ("2026-11-23T10:00", "", "gestern"):
        assert desk.speak(desk.lin, request, "supervise", ask="x", due_at=due_at).status_code == 422
    assert not request.supervised


def test_a_late_answer_is_told_once_and_seen(desk, clock):
    request = supervised(desk)
    assert chase_answers(MONDAY + timedelta(hours=3)) == 0
    clock.shift(timedelta(hours=5))
    assert (chase_answers(MONDAY + timedelta(hours=5)), chase_answers(MONDAY + timedelta(hours=6))) == (1, 0)
    assert told(request, "request.supervision_late") == ["chen", "li", "lin"]
    assert "已逾期" in desk.get(desk.chen, "request", request.number).content.decode()
    actions.answer_request(desk.chen, request, answer="已修好")
    assert chase_answers(MONDAY + timedelta(hours=9)) == 0
    assert "已逾期" not in desk.get(desk.chen, "request", request.number).content.decode()


def test_an_answer_is_whole_in_the_database_as_well(desk):
    supervised(desk)
    for wrong in ({"answer": "x"}, {"answered_at": MONDAY}, {"due_at": MONDAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Supervision.objects.update(**wrong)


def test_whoever_is_copied_in_may_read_and_say_something(desk):
    request = desk.submitted()
    assert desk.get(desk.he, "request", request.number).status_code == 404
    assert desk.speak(desk.wu, request, "copy", people="贺工、far").status_code == 302
    assert told(request, "request.copied") == ["far", "he"]
    assert desk.speak(desk.he, request, "comment", text="我们屋也冷").status_code == 302
    assert desk.speak(desk.he, request, "copy", people="钱会计").status_code == 403
    assert request.number in desk.get(desk.he, "requests", view="watched").content.decode()
    desk.speak(desk.chen, request, "comment", text="下午来修")
    assert "he" in told(request, "request.commented")
    desk.speak(desk.chen, request, "comment", text="又是这台", inner="on")
    assert told(request, "request.noted") == []


def test_a_watcher_leaves_or_is_dropped(desk):
    request = desk.submitted()
    actions.copy_request(desk.wu, request, people=[desk.he, desk.far])
    assert desk.speak(desk.wu, request, "copy", dropped=[desk.far.pk]).status_code == 302
    assert desk.speak(desk.he, request, "leave").status_code == 302
    assert not request.watchers.exists()
    assert desk.get(desk.he, "request", request.number).status_code == 404


@pytest.mark.parametrize("said", ["", "谁也不是", "贺工 谁", "house", "aud"])
def test_only_a_colleague_can_be_copied_in(desk, said):
    grant_role(User.objects.create_user("aud", name="审计"), Role.AUDITOR)
    request = desk.submitted()
    assert desk.speak(desk.wu, request, "copy", people=said).status_code in (409, 422)
    assert not request.watchers.exists()


@pytest.mark.parametrize(
    "text", ["@贺工请看", "请 @贺工 看", "（@贺工(he)）", "@贺工，@贺工 看", "谢谢@贺工"]
)
def test_whoever_is_mentioned_hears_of_it_and_watches(desk, text):
    request = desk.submitted()
    User.objects.create_user("he1", name="贺")
    desk.speak(desk.wu, request, "comment", text=text)
    assert list(request.watchers.values_list("user__username", "why")) == [("he", Watcher.Why.MENTIONED)]
    assert "he" in told(request, "request.commented")


@pytest.mark.parametrize("text", ["a@贺工.cn", "@谁", "@", "@ 贺工", "@贺工(far)", "he@x"])
def test_what_mentions_nobody_is_text_like_any_other(desk, text):
    request = desk.submitted()
    assert desk.speak(desk.wu, request, "comment", text=text).status_code == 302
    assert not request.watchers.exists()


def test_two_of_one_name_are_told_apart_by_their_accounts(desk):
    User.objects.create_user("he2", name="贺工")
    request = desk.submitted()
    answer = desk.speak(desk.wu, request, "comment", text="@贺工 请看")
    assert answer.status_code == 422
    assert "@贺工(he)" in answer.content.decode()
    assert desk.speak(desk.wu, request, "comment", text="@贺工(he2) 请看").status_code == 302
    assert request.watchers.get().user.username == "he2"


def test_an_inner_note_mentions_only_those_who_may_read_it(desk):
    request = desk.submitted()
    assert desk.speak(desk.chen, request, "comment", text="@贺工 看", inner="on").status_code == 422
    assert desk.speak(desk.chen, request, "comment", text="@李班长 看", inner="on").status_code == 302
    assert "li" in told(request, "request.noted")


def test_an_administrator_is_not_mentioned(desk):
    grant_role(User.objects.create_user("aud", name="审计"), Role.AUDITOR)
    assert desk.speak(desk.wu, desk.submitted(), "comment", text="@审计 看").status_code == 422
