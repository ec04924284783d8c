"""Work that passes from hand to hand: handed over, helped with, in sequence, planned."""

from datetime import timedelta

import pytest

from houqin.desk.demands.actions import dispatch_demand, refuse_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Clock
from houqin.platform.notices.models import Notice
from houqin.work.orders.actions import (
    accept_order,
    cancel_order,
    finish_order,
    hold_order,
    start_order,
)
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift
from tests.cast import NOW


def speak(client, order, verb, **data):
    return client.post(f"/orders/{order.number}/{verb}/", data)


def told(user, event):
    return Notice.objects.filter(user=user, event__name=event).exists()


def under_way(cast, order=None):
    order = order or cast.order()
    accept_order(order.executor, order)
    start_order(order.executor, order)
    return order


def test_the_executor_passes_it_on_to_a_colleague_who_accepts_it_anew(cast, as_user):
    order = under_way(cast)
    answer = speak(as_user(cast.wang), order, "hand_over", executor=cast.zhao.pk, reason="我下班了")
    order.refresh_from_db()
    assert (answer.status_code, order.status, order.executor) == (302, "offered", cast.zhao)
    assert Clock.objects.get(kind="response").result == "met"
    assert told(cast.zhao, "order.handed_over")
    assert speak(as_user(cast.wang), order, "accept").status_code == 403
    assert speak(as_user(cast.zhao), order, "accept").status_code == 302


def test_only_a_colleague_of_the_same_team_can_be_handed_to(cast, as_user):
    cast.crew("外包班", cast.far, meng=[cast.hvac])
    order = under_way(cast)
    for nobody in (cast.meng.pk, cast.wang.pk, "", "x"):
        assert speak(as_user(cast.wang), order, "hand_over", executor=nobody).status_code == 422


def test_help_is_asked_for_sent_and_holds_nothing_up(cast, as_user):
    order = under_way(cast)
    assert speak(as_user(cast.wang), order, "ask_help", need=" ").status_code == 422
    assert speak(as_user(cast.wang), order, "ask_help", need="抬水泵要两个人").status_code == 302
    assert told(cast.li, "order.help_wanted")
    to = f"member-{cast.team.crew.get(user=cast.zhao).pk}"
    assert speak(as_user(cast.li), order, "send_help", to="").status_code == 422
    assert speak(as_user(cast.li), order, "send_help", to=to).status_code == 302
    helper = WorkOrder.objects.get(help_of=order)
    assert (helper.executor, helper.status, helper.title[:3]) == (cast.zhao, "offered", "协助：")
    order.refresh_from_db()
    assert order.help_wanted == ""
    accept_order(cast.zhao, helper)
    start_order(cast.zhao, helper)
    assert Notice.objects.filter(user=cast.wu, event__name="order.accepted").count() == 1
    finish_order(cast.wang, order, result="好了")
    assert Demand.objects.get().status == "done"
    finish_order(cast.zhao, helper, result="帮忙抬了", labour_minutes=20)
    assert Demand.objects.get().status == "done"


def test_a_helper_who_has_not_begun_need_not_come_when_the_work_is_done(cast, as_user):
    order = under_way(cast)
    to = f"member-{cast.team.crew.get(user=cast.zhao).pk}"
    speak(as_user(cast.li), order, "send_help", to=to)
    order.refresh_from_db()
    finish_order(cast.wang, order, result="好了")
    assert WorkOrder.objects.get(help_of=order).status == "cancelled"


@pytest.fixture
def in_sequence(cast, as_user):
    """First wang, then zhao, given over the desk's dialog."""
    first = cast.order(title="停水")
    to = f"member-{cast.team.crew.get(user=cast.zhao).pk}"
    answers = {"to": to, "title": "换阀", "after": first.pk}
    answer = as_user(cast.chen).post(first.subject.get_absolute_url() + "dispatch/", answers)
    assert answer.status_code == 302
    return first, WorkOrder.objects.get(title="换阀")


def test_what_comes_after_another_is_offered_when_that_is_done(cast, in_sequence):
    first, then = in_sequence
    assert then.status == "waiting"
    assert not told(cast.zhao, "order.queued")
    under_way(cast, first)
    hold_order(cast.wang, first, reason="parts")
    assert Demand.objects.get().status == "on_hold"
    assert Clock.objects.get(kind="handling").paused_at is not None
    WorkOrder.objects.filter(pk=first.pk).update(status="working")
    first.refresh_from_db()
    finish_order(cast.wang, first, result="停了")
    then.refresh_from_db()
    assert (then.status, Demand.objects.get().status) == ("offered", "responded")
    assert told(cast.zhao, "order.released")
    finish_order(cast.zhao, under_way(cast, then), result="换了")
    assert Demand.objects.get().status == "done"


def test_a_cancelled_step_lets_the_next_one_go_and_a_person_may_too(cast, in_sequence, as_user):
    first, then = in_sequence
    assert speak(as_user(cast.zhao), then, "release").status_code == 403
    assert speak(as_user(cast.chen), then, "release").status_code == 302
    assert speak(as_user(cast.chen), then, "release").status_code == 409
    WorkOrder.objects.filter(pk=then.pk).update(status="waiting")
    cancel_order(cast.chen, first, reason="不用停水")
    then.refresh_from_db()
    assert then.status == "offered"


def test_a_step_that_was_handed_back_leaves_the_request_to_be_dispatched(
    cast, in_sequence, as_user
):
    first, then = in_sequence
    assert speak(as_user(cast.wang), first, "hand_back", reason="没有钥匙").status_code == 302
    assert (Demand.objects.get().status, then.status) == ("graded", "waiting")


def test_rework_keeps_the_sequence(cast, in_sequence):
    first, then = in_sequence
    finish_order(cast.wang, under_way(cast, first), result="停了")
    then.refresh_from_db()
    finish_order(cast.zhao, under_way(cast, then), result="换了")
    refuse_demand(cast.wu, Demand.objects.get(), reason="还在漏")
    again = WorkOrder.objects.filter(round=2).order_by("pk")
    assert [(each.status, each.after) for each in again] == [
        ("offered", None),
        ("waiting", again[0]),
    ]


def test_orders_beside_each_other_need_no_waiting(cast):
    cast.order()
    second = dispatch_demand(cast.chen, Demand.objects.get(), executor=cast.zhao, after=None)
    assert second.status == "offered"


PLAN = {"planned_from": "2026-11-23T14:00", "planned_to": "2026-11-23T15:00"}


def test_a_plan_says_what_speaks_against_it_before_it_is_saved(cast, as_user):
    other, order = cast.order(title="甲"), cast.order(title="乙")
    WorkOrder.objects.filter(pk=other.pk).update(
        planned_from=NOW + timedelta(hours=4), planned_to=NOW + timedelta(hours=6)
    )
    client = as_user(cast.chen)
    late = {
        "planned_from": "2026-11-23T16:00",
        "planned_to": "2026-11-23T18:00",
    }  # the house closes at 17:30
    answer = speak(client, order, "plan", **late)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "和“甲”（14:24–16:24）重叠" in page
    assert "王师傅这段时间不在班上" in page
    assert speak(client, order, "plan", **late, anyway="on").status_code == 302
    order.refresh_from_db()
    assert (order.planned_from, order.status) == (NOW.replace(hour=16, minute=0), "offered")


def test_a_plan_in_working_hours_speaks_against_nobody_whose_team_keeps_no_roster(cast, as_user):
    assert speak(as_user(cast.chen), cast.order(), "plan", **PLAN).status_code == 302
    assert "排在 今天 14:00–15:00" in as_user(cast.wang).get("/orders/mine/").content.decode()


def test_a_plan_without_conflict_is_saved_at_once_and_another_person_means_another_offer(
    cast, as_user
):
    order = cast.order()
    Shift.objects.create(
        user=cast.zhao,
        place=cast.near,
        starts_at=NOW - timedelta(hours=2),
        ends_at=NOW + timedelta(hours=7),
    )
    to = f"member-{cast.team.crew.get(user=cast.zhao).pk}"
    assert speak(as_user(cast.li), order, "plan", to=to, **PLAN).status_code == 302
    order.refresh_from_db()
    assert (order.executor, order.status) == (cast.zhao, "offered")
    assert told(cast.zhao, "order.reassigned")


@pytest.mark.parametrize(
    "wrong",
    [
        {"planned_to": ""},
        {"planned_to": "2026-11-23T13:00"},
        {"planned_from": "x"},
        {"to": "member-0"},
    ],
)
def test_half_a_plan_is_a_form_error_that_loses_nothing(cast, as_user, wrong):
    answer = speak(as_user(cast.chen), cast.order(), "plan", **PLAN | wrong)
    assert answer.status_code == 422
    assert 'value="2026-11-23T1' in answer.content.decode()


def test_the_address_may_fill_in_where_something_was_dropped(cast, as_user):
    order = cast.order()
    to = f"member-{cast.team.crew.get(user=cast.zhao).pk}"
    page = as_user(cast.chen).get(
        f"/orders/{order.number}/plan/?to={to}&planned_from=2026-11-23T16:00"
    )
    assert 'value="2026-11-23T16:00"' in page.content.decode()
    assert f'value="{to}" checked' in " ".join(page.content.decode().split())
