"""Nothing is left behind by somebody who leaves."""

from datetime import timedelta

import pytest
from django.urls import reverse

from houqin.desk.demands import actions
from houqin.desk.demands.models import Supervision
from houqin.desk.demands.tests.conftest import MONDAY
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Absence, Role, User
from houqin.kernel.trail.models import Event
from houqin.platform.notices.models import Notice
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift, Swap
from houqin.work.roster.swapping import ask_swap
from houqin.work.teams.models import Member

pytestmark = pytest.mark.engine


@pytest.fixture
def sun(desk):
    """A colleague in the team of wang."""
    person = User.objects.create_user("sun", name="孙师傅")
    Member.objects.create(team=desk.team, user=person)
    return person


def hand(desk, user, of, **answers):
    desk.client.force_login(user)
    return desk.client.post(reverse("handover:handover_of", args=[of.username]), answers)


def told(user, name):
    return Notice.objects.filter(user=user, event__name=name).count()


def test_everything_in_hand_goes_to_the_successors_as_it_stands(desk, sun):
    working, held = desk.brought_to("working"), desk.brought_to("on_hold")
    actions.supervise_demand(desk.lin, working, ask="?", due_at=MONDAY + timedelta(days=1))
    other = User.objects.create_user("other", name="周主管")
    grant_role(other, Role.MANAGER)
    before = list(working.clocks.values_list("kind", "due_at", "result"))
    assert hand(desk, desk.chen, desk.wang, orders="孙师傅", reason="离职").status_code == 302
    assert hand(desk, desk.lin, desk.wu, demands="he").status_code == 302
    assert hand(desk, desk.lin, desk.lin, supervisions="周主管").status_code == 302
    orders = WorkOrder.objects.order_by("pk").values_list("executor__username", "status")
    assert list(orders) == [("sun", "working"), ("sun", "held")]
    for demand in (working, held):
        demand.refresh_from_db()
        assert demand.requester == desk.he
    assert Supervision.objects.get().by == other
    assert list(working.clocks.values_list("kind", "due_at", "result")) == before
    assert (told(sun, "order.passed_on"), told(desk.wang, "order.passed_on")) == (2, 2)
    assert (told(desk.he, "demand.passed_on"), told(other, "demand.supervision_passed_on")) == (
        2,
        1,
    )
    assert list(
        Event.objects.filter(name="user.handed_over").values_list("facts__count", flat=True)
    ) == [
        2,
        2,
        1,
    ]


def test_one_hands_over_ones_own(desk, sun):
    desk.brought_to("working")
    assert "换了" not in desk.get(desk.wang, "handover:handover").content.decode()
    assert "空调不制热" in desk.get(desk.wang, "handover:handover").content.decode()
    assert hand(desk, desk.wang, desk.wang, orders="sun").status_code == 302
    assert WorkOrder.objects.get().executor == sun
    assert "没有要交接的事" in desk.get(desk.wang, "handover:handover").content.decode()


@pytest.mark.parametrize("name", ["wu", "wang", "li", "zhao"])
def test_that_of_others_is_for_the_desk(desk, sun, name):
    desk.brought_to("working")
    assert hand(desk, getattr(desk, name), desk.lin, orders="sun").status_code == 403
    assert desk.get(getattr(desk, name), "handover:handover_of", "lin").status_code == 403


def test_what_lies_elsewhere_stays_and_is_said(desk, sun):
    desk.brought_to("working")
    page = desk.get(desk.west, "handover:handover_of", "wang").content.decode()
    assert "另有 1 件在您管不到的地方" in page
    assert hand(desk, desk.west, desk.wang, orders="sun").status_code in (409, 422)
    assert WorkOrder.objects.get().executor == desk.wang


@pytest.mark.parametrize(
    "said",
    [{}, {"orders": "谁也不是"}, {"orders": "sun、he"}, {"orders": "aud"}, {"orders": "wang"}],
)
def test_a_successor_is_one_colleague_who_can_do_it(desk, sun, said):
    grant_role(User.objects.create_user("aud", name="审计"), Role.AUDITOR)
    desk.brought_to("working")
    assert hand(desk, desk.chen, desk.wang, **said).status_code in (409, 422)
    assert WorkOrder.objects.get().executor == desk.wang


def test_only_a_manager_takes_over_what_a_manager_asked(desk):
    demand = desk.brought_to("working")
    actions.supervise_demand(desk.lin, demand, ask="?", due_at=MONDAY + timedelta(days=1))
    answer = hand(desk, desk.lin, desk.lin, supervisions="he")
    assert answer.status_code == 422
    assert "不是后勤主管" in answer.content.decode()


def test_somebody_is_found_by_name_or_not(desk):
    desk.brought_to("working")
    assert "GD-" in desk.get(desk.chen, "handover:handover", person="王师傅").content.decode()
    answer = desk.get(desk.chen, "handover:handover", person="谁")
    assert answer.status_code == 422
    assert "没有找到" in answer.content.decode()
    assert desk.get(desk.chen, "handover:handover_of", "nobody").status_code == 404


def shift(user, place, day, *, on_call=False):
    start = MONDAY + timedelta(days=day)
    return Shift.objects.create(
        user=user, place=place, starts_at=start, ends_at=start + timedelta(hours=8), on_call=on_call
    )


def who_works(*shifts):
    results = dict(Shift.objects.values_list("pk", "user__username"))
    return [results[row.pk] for row in shifts]


def test_shifts_to_come_and_times_on_call_go_too_and_those_worked_stay(desk, sun):
    worked, early, night = (shift(desk.wang, desk.room, day) for day in (-3, 1, 2))
    call = shift(desk.wang, desk.room, 1, on_call=True)
    swap = ask_swap(desk.wang, early, colleague=sun)
    page = desk.get(desk.lin, "handover:handover_of", "wang").content.decode()
    assert "以后的班" in page
    assert "以后的值班" in page
    assert (
        hand(desk, desk.lin, desk.wang, shifts="sun", on_call="li", reason="调岗").status_code
        == 302
    )
    assert who_works(worked, early, night, call) == ["wang", "sun", "sun", "li"]
    swap.refresh_from_db()
    assert swap.status == Swap.Status.WITHDRAWN
    assert (told(sun, "user.handed_over"), told(desk.wang, "user.handed_over")) == (1, 1)
    assert Event.objects.filter(name="shift.passed_on").count() == 3


def test_what_is_ticked_is_left(desk, sun):
    row, other = (shift(desk.wang, desk.room, day) for day in (1, 2))
    assert hand(desk, desk.wang, desk.wang, shifts="sun", shifts_left=[other.pk]).status_code == 302
    assert who_works(row, other) == ["sun", "wang"]
    assert hand(desk, desk.wang, desk.wang, shifts="sun", shifts_left=[other.pk]).status_code == 409
    assert hand(desk, desk.wang, desk.wang, shifts="sun", shifts_left=["x"]).status_code == 422


def test_nobody_is_given_two_shifts_at_a_time(desk, sun):
    shift(sun, desk.room, 2)
    mine = [shift(desk.wang, desk.room, day) for day in (1, 2)]
    answer = hand(desk, desk.lin, desk.wang, shifts="sun")
    assert answer.status_code == 409
    assert "时间重叠" in answer.content.decode()
    assert who_works(*mine) == ["wang", "wang"]  # all of it or nothing


def test_standing_in_goes_to_somebody_whom_the_absent_could_have_chosen(desk):
    week = {"starts_at": MONDAY, "ends_at": MONDAY + timedelta(days=7)}
    away = Absence.objects.create(user=desk.lin, substitute=desk.chen, **week)
    User.objects.create_user("stranger", name="外单位")
    assert hand(desk, desk.chen, desk.chen, substitutions="stranger").status_code == 409
    other = User.objects.create_user("other", name="周主管")
    grant_role(other, Role.MANAGER)
    assert (
        hand(desk, desk.chen, desk.chen, substitutions="other", reason="也外出").status_code == 302
    )
    away.refresh_from_db()
    assert away.substitute == other
    assert (told(other, "user.substitute_changed"), told(desk.lin, "user.substitute_changed")) == (
        1,
        0,
    )


def test_what_was_handed_over_can_be_taken_back_while_the_successor_has_it(desk, sun):
    desk.brought_to("working")
    coming = shift(desk.wang, desk.room, 1)
    hand(desk, desk.lin, desk.wang, orders="sun", shifts="sun", reason="病假")
    page = desk.get(desk.lin, "handover:handover_of", "wang").content.decode()
    back = reverse(
        "handover:handover_back", args=["wang", Event.objects.get(name="user.handed_over").pk]
    )
    assert back in page
    shift_again = Shift.objects.filter(pk=coming.pk)
    shift_again.update(user=desk.li)  # it has gone on to somebody else
    desk.client.force_login(desk.wu)
    assert desk.client.post(back).status_code == 403
    desk.client.force_login(desk.lin)
    assert desk.client.post(back).status_code == 302
    assert (WorkOrder.objects.get().executor, shift_again.get().user) == (desk.wang, desk.li)
    assert (told(sun, "user.taken_back"), told(desk.wang, "user.taken_back")) == (1, 1)
    assert desk.client.post(back).status_code == 409
    assert back not in desk.get(desk.lin, "handover:handover_of", "wang").content.decode()
