"""A demand whose entry asks for an approval waits for it, and goes on as it comes out (R2.2)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands import actions
from houqin.desk.demands.tests.conftest import MONDAY
from houqin.kernel.clock.models import Clock
from houqin.kernel.errors import Refused
from houqin.shared.approvals.models import Approval

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def _asks(desk):
    Entry.objects.filter(code="hvac").update(needs_approval=True)


def say(desk, user, verb, **data):
    """POST a verb of the last approval."""
    approval = Approval.objects.latest("pk")
    desk.client.force_login(user)
    answer = desk.client.post(reverse("approvals:approval_verb", args=[approval, verb]), data)
    approval.refresh_from_db()
    return answer.status_code, approval.status


def pending(desk, **asked):
    demand = desk.submitted(**asked)
    desk.speak(desk.chen, demand, "grade", grade="important", note="影响开会")
    return demand


def paused(demand):
    return {clock.kind for clock in demand.clocks.all() if clock.paused_at}


def test_the_grade_waits_for_the_approval_and_so_do_the_clocks(desk, clock):
    demand = pending(desk)
    assert (demand.status, demand.graded_at, demand.next_due_at) == ("pending", None, None)
    assert paused(demand) == {"review", "response", "handling"}
    page = desk.get(desk.wu, "demand", demand.number).content.decode()
    assert "等 林主管" in page
    dues = dict(demand.clocks.values_list("kind", "started_at"))
    taker = f"member-{desk.member.pk}"
    assert desk.speak(desk.chen, demand, "dispatch", to=taker).status_code == 409
    clock.move_to(MONDAY + timedelta(days=2))
    assert say(desk, desk.lin, "approve", comment="同意") == (302, "approved")
    demand.refresh_from_db()
    assert (demand.status, demand.grade, demand.graded_at) == (
        "graded",
        "important",
        MONDAY + timedelta(days=2),
    )
    review = demand.clocks.get(kind="review")
    assert (review.result, paused(demand)) == (Clock.Result.MET, set())
    assert dict(demand.clocks.values_list("kind", "started_at")) == dues
    handling = demand.clocks.get(kind="handling")
    assert (handling.amount, handling.due_at) == (48, MONDAY + timedelta(hours=48, days=2))
    assert desk.told(demand) == ["demand.submitted", "demand.approval_asked", "demand.graded"]


def test_what_is_not_approved_is_rejected_with_the_approvers_words(desk):
    demand = pending(desk)
    assert say(desk, desk.lin, "reject")[0] == 422
    assert say(desk, desk.lin, "reject", comment="本季度不再更换") == (302, "rejected")
    demand.refresh_from_db()
    assert demand.status == "rejected"
    assert set(demand.clocks.values_list("result", flat=True)) == {"met", "cancelled"}
    page = desk.get(desk.wu, "demand", demand.number).content.decode()
    assert "本季度不再更换" in page


def test_sent_back_it_is_reviewed_again_and_the_same_approval_asks_once_more(desk, clock):
    demand = pending(desk)
    assert say(desk, desk.lin, "send_back", comment="写明台数") == (302, "returned")
    demand.refresh_from_db()
    assert (demand.status, paused(demand)) == ("submitted", set())
    desk.speak(desk.chen, demand, "send_back", reason="几台？")
    actions.resubmit_demand(desk.wu, demand, title="三台空调不制热")
    desk.speak(desk.chen, demand, "grade", grade="routine")
    approval = Approval.objects.get()
    assert (demand.status, approval.status, approval.title) == (
        "pending",
        "running",
        "三台空调不制热",
    )
    say(desk, desk.lin, "approve")
    demand.refresh_from_db()
    assert (demand.status, demand.grade) == ("graded", "routine")


def test_asked_again_on_the_page_of_the_approval_the_demand_waits_again(desk):
    demand = pending(desk)
    say(desk, desk.lin, "send_back", comment="?")
    assert say(desk, desk.chen, "resubmit") == (302, "running")
    demand.refresh_from_db()
    assert (demand.status, demand.grade) == ("pending", "important")


def test_withdrawn_it_is_back_at_the_review(desk):
    demand = pending(desk)
    assert say(desk, desk.chen, "withdraw") == (302, "withdrawn")
    demand.refresh_from_db()
    assert (demand.status, demand.next_due_at is not None) == ("submitted", True)


@pytest.mark.parametrize(
    ("who", "verb", "said"), [("wu", "withdraw", {}), ("chen", "cancel", {"reason": "不要了"})]
)
def test_of_a_demand_that_is_over_nothing_is_asked_any_more(desk, who, verb, said):
    demand = pending(desk)
    assert desk.speak(getattr(desk, who), demand, verb, **said).status_code == 302
    assert Approval.objects.get().status == "void"
    assert say(desk, desk.lin, "approve")[0] in (403, 409)
    demand.refresh_from_db()
    assert demand.status == "cancelled"


def test_what_is_urgent_is_done_first_and_approved_beside(desk):
    demand = desk.submitted(claimed="urgent")
    desk.speak(desk.chen, demand, "grade", grade="urgent")
    assert (demand.status, paused(demand)) == ("graded", set())
    assert say(desk, desk.lin, "reject", comment="下不为例") == (302, "rejected")
    demand.refresh_from_db()
    assert demand.status == "graded"


def test_several_are_sent_together_and_nobody_is_given_work_before(desk):
    first, second = desk.submitted(), desk.submitted(title="灯不亮")
    for demand in (first, second):
        actions.review_demand(desk.chen, demand, grade="routine")
    assert Approval.objects.count() == 2
    with pytest.raises(Refused, match="批准后再派"):
        actions.grade_demand(desk.chen, desk.submitted(), grade="routine", executor=desk.wang)
    page = desk.get(desk.chen, "review").content.decode()
    assert "定级并送审" in page


def test_the_manager_does_not_approve_a_demand_of_their_own(desk):
    demand = pending(desk, by=desk.lin)
    assert Approval.objects.get().waiting_names() == ["罗经理"]
    assert say(desk, desk.lin, "approve")[0] == 403
    assert say(desk, desk.luo, "approve") == (302, "approved")
    demand.refresh_from_db()
    assert demand.status == "graded"
