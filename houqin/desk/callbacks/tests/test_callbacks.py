"""Who is called back, what is asked, and what becomes of the answers."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from houqin.desk.callbacks.actions import draw_call_back, miss_call_back, reason_to_call
from houqin.desk.callbacks.models import CallBack
from houqin.desk.callbacks.policies import SHARE
from houqin.desk.callbacks.sweeps import draw_call_backs
from houqin.desk.demands import actions
from houqin.desk.demands.models import Demand
from houqin.desk.demands.tests.conftest import MONDAY
from houqin.platform.notices.models import Notice
from tests.policies import put

pytestmark = pytest.mark.engine
SOON = MONDAY + timedelta(hours=1)


def speak(desk, user, call, verb, **answers):
    desk.client.force_login(user)
    answer = desk.client.post(f"{call.get_absolute_url()}{verb}/", answers)
    call.refresh_from_db()
    return answer


def drawn(desk, status="closed"):
    put(SHARE, 100)
    desk.brought_to(status)
    assert draw_call_backs(SOON) == 1
    return CallBack.objects.get()


def test_bad_ratings_and_silence_are_all_called(desk, clock):
    put(SHARE, 0)
    desk.brought_to("closed")  # rated well
    low = desk.brought_to("accepted")
    actions.rate_demand(desk.wu, low, speed=5, attitude=2, solution=4)
    silent = desk.brought_to("done")
    actions.deem_demand(silent)
    late = silent.acceptances.get().at + timedelta(hours=1)
    assert draw_call_backs(SOON) == 1
    assert draw_call_backs(late) == 1
    assert dict(CallBack.objects.values_list("demand", "why")) == {
        low.pk: "rated_low",
        silent.pk: "deemed",
    }


def test_drawing_twice_draws_the_same_and_nothing_twice(desk):
    put(SHARE, 100)
    demand = desk.brought_to("closed")
    assert draw_call_backs(SOON) == 1
    assert draw_call_backs(SOON) == 0
    assert not draw_call_back(demand, "sample", at=SOON)
    desk.brought_to("working")
    assert draw_call_backs(SOON) == 0


def test_the_share_is_what_it_says(desk):
    put(SHARE, 5)
    demand = desk.submitted()
    chosen = 0
    for nth in range(2000):
        demand.number = f"XQ-2026-{nth:06d}"
        chosen += bool(reason_to_call(demand, MONDAY))
    assert 75 <= chosen <= 125  # five of a hundred, give or take


def test_the_answers_are_kept_and_what_has_to_improve_is_told(desk):
    call = drawn(desk)
    assert "您好，吴工" in desk.get(desk.chen, "callbacks:callback", call.number).content.decode()
    assert speak(desk, desk.chen, call, "reach").status_code == 422
    answers = {"solved": "no", "score": "2", "remark": "又滴水了", "improvement": "阀门批次有问题"}
    assert speak(desk, desk.chen, call, "reach", **answers).status_code == 302
    assert (call.status, call.solved, call.score, call.by) == ("reached", False, 2, desk.chen)
    told = Notice.objects.filter(event__name="demand.improvement_noted")
    assert [row.user for row in told] == [desk.lin]
    card = desk.get(desk.chen, "demand", call.demand.number).content.decode()
    assert "阀门批次有问题" in card
    assert "阀门批次有问题" not in desk.get(desk.wu, "demand", call.demand.number).content.decode()
    assert speak(desk, desk.chen, call, "reach", **answers).status_code == 409


def test_after_three_calls_that_nobody_answers_it_is_left_at_that(desk):
    call = drawn(desk)
    for nth in (1, 2):
        assert speak(desk, desk.chen, call, "miss").status_code == 302
        assert (call.status, call.tries) == ("waiting", nth)
    miss_call_back(desk.chen, call)
    assert (call.status, call.tries) == ("unreached", 3)
    assert speak(desk, desk.chen, call, "miss").status_code == 409


@pytest.mark.parametrize(
    ("name", "status"), [("wu", 404), ("wang", 404), ("li", 404), ("west", 404)]
)
def test_calls_are_for_those_who_review_there(desk, name, status):
    call = drawn(desk)
    assert desk.get(getattr(desk, name), "callbacks:callback", call.number).status_code == status
    listed = desk.get(getattr(desk, name), "callbacks:callbacks")
    assert listed.status_code == (200 if name == "west" else 403)
    assert call.number in desk.get(desk.lin, "callbacks:callbacks").content.decode()


def test_a_result_is_whole_in_the_database_as_well(desk):
    drawn(desk)
    for wrong in ({"score": 6}, {"status": "reached"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CallBack.objects.update(**wrong)


def test_what_was_imported_is_not_called(desk):
    put(SHARE, 100)
    demand = desk.brought_to("closed")
    Demand.objects.filter(pk=demand.pk).update(channel="import")
    assert draw_call_backs(SOON) == 0
