"""What an approver may say beside yes and no, and what voids what was said."""

import pytest

from houqin.desk.demands.approvals import DEMAND
from houqin.desk.demands.models import Demand
from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.handover import HANDINGS
from houqin.kernel.people.models import Role
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.platform.files.models import Attachment
from houqin.platform.notices.models import Notice
from houqin.shared.approvals import actions as do
from houqin.shared.approvals.kinds import ROLE, StepRule
from houqin.shared.approvals.models import Approval
from tests.cast import later, picture
from tests.shared.approvals.test_steps import verdicts, waits_for

pytestmark = pytest.mark.engine


def change(approval, **values):
    """Change the demand behind the back of the approval."""
    Demand.objects.filter(pk=approval.subject_id).update(**values)
    return Demand.objects.get(pk=approval.subject_id)


def test_sent_back_it_is_asked_again_as_it_stands_then_from_the_first_step(house, asked, rules):
    approval = asked(rules.named(house.lin), rules.finance)
    do.approve_approval(house.lin, approval)
    before = approval.digest
    do.send_back_approval(house.xu, approval, comment="写清楚数量")
    assert (approval.status, waits_for(approval)) == ("returned", set())
    change(approval, title="两台空调不制热")
    do.resubmit_approval(house.chen, approval)
    assert (approval.status, approval.step, waits_for(approval)) == ("running", 0, {"lin"})
    assert approval.shown["title"] == approval.title == "两台空调不制热"
    assert approval.digest != before


def test_sent_back_to_a_former_step_that_one_decides_once_more(house, asked, rules):
    approval = asked(rules.named(house.lin), rules.named(house.ma), rules.finance)
    with pytest.raises(Refused):
        do.step_back_approval(house.lin, approval, to=0, comment="?")
    do.approve_approval(house.lin, approval)
    do.approve_approval(house.ma, approval)
    with pytest.raises(Refused, match="前面的步骤"):
        do.step_back_approval(house.xu, approval, to=2, comment="?")
    do.step_back_approval(house.xu, approval, to=0, comment="预算再核一下")
    assert (approval.step, waits_for(approval)) == (0, {"lin"})
    do.approve_approval(house.lin, approval)
    assert waits_for(approval) == {"ma"}


def test_delegated_the_other_decides_and_oneself_no_longer(house, asked, rules):
    approval = asked(rules.named(house.lin))
    do.delegate_approval(house.lin, approval, to=house.ma, comment="您更清楚")
    assert (approval.status, waits_for(approval)) == ("running", {"ma"})
    with pytest.raises(Refused, match="已经有人处理"):
        do.approve_approval(house.lin, approval)
    do.approve_approval(house.ma, approval)
    assert approval.status == "approved"
    assert verdicts(approval) == {"lin": "delegated", "ma": "approved"}


def test_who_was_added_has_to_agree_too_even_where_one_is_enough(house, asked, rules):
    approval = asked(rules.manager)
    do.add_sign(house.lin, approval, to=house.ma)
    with pytest.raises(Refused, match="已经请过"):
        do.add_sign(house.lin, approval, to=house.ma)
    do.approve_approval(house.yao, approval)
    assert (approval.status, waits_for(approval)) == ("running", {"lin", "ma"})
    do.approve_approval(house.ma, approval)
    assert approval.status == "approved"
    assert verdicts(approval)["lin"] == "skipped"


def test_nobody_counts_twice_at_a_step_nor_does_an_administrator(house, asked):
    """Who has agreed is not asked again in another's place, where all have to agree."""
    approval = asked(StepRule(ROLE, Role.MANAGER, everyone=True))
    do.approve_approval(house.lin, approval)
    with pytest.raises(Refused, match="已经请过"):
        do.delegate_approval(house.yao, approval, to=house.lin)
    grant_role(house.meng, Role.AUDITOR)
    with pytest.raises(Refused, match="不参与业务审批"):
        do.delegate_approval(house.yao, approval, to=house.meng)
    assert waits_for(approval) == {"yao"}


def test_withdrawn_nobody_is_asked_any_more_and_it_may_be_asked_anew(house, asked):
    approval = asked()
    with pytest.raises(NotAllowed):
        do.withdraw_approval(house.lin, approval)
    do.withdraw_approval(house.chen, approval)
    assert (approval.status, waits_for(approval)) == ("withdrawn", set())
    with pytest.raises(Refused):
        do.approve_approval(house.lin, approval)
    assert asked(subject=change(approval)).pk != approval.pk


def test_what_has_changed_since_it_was_shown_cannot_be_approved(house, asked):
    approval = asked()
    change(approval, title="十台空调不制热")
    with pytest.raises(Refused, match="送审后内容改过"):
        do.approve_approval(house.lin, approval)
    do.send_back_approval(house.lin, approval, comment="改过了")
    assert approval.status == "returned"


def test_a_change_voids_what_was_approved_and_the_gate_says_so(house, asked):
    approval = asked()
    demand = change(approval)
    with pytest.raises(Refused, match="须先审批"):
        do.must_be_approved(DEMAND, demand)
    do.approve_approval(house.lin, approval)
    assert do.must_be_approved(DEMAND, demand) == approval
    assert do.void_changed(demand) == 0
    demand = change(approval, body="顺便换掉外机")
    with pytest.raises(Refused, match="审批后改过"):
        do.must_be_approved(DEMAND, demand)
    assert do.void_changed(demand) == 1
    assert Approval.objects.get().status == "void"
    told = Notice.objects.filter(event__name="approval.voided")
    assert [notice.user for notice in told] == [house.chen]
    assert asked(subject=demand).status == "running"


def test_urging_reminds_those_who_are_waited_for_and_not_twice_at_once(house, asked, rules):
    approval = asked(rules.manager, rules.finance)
    do.approve_approval(house.lin, approval)
    do.urge_approval(house.wu, approval)
    told = Notice.objects.filter(event__name="approval.urged")
    assert {notice.user.username for notice in told} == {"xu"}
    with pytest.raises(Refused, match="刚催过"):
        do.urge_approval(house.chen, approval)
    with turned_to(later(hours=2)):
        do.urge_approval(house.chen, approval)


def test_a_comment_is_told_to_the_other_side_and_holds_nothing_up(house, asked):
    approval = asked()
    stale = Approval.objects.get()
    do.comment_approval(house.lin, approval, comment="有报价吗？")
    do.approve_approval(house.lin, stale)
    event = Event.objects.get(name="approval.commented")
    assert {notice.user.username for notice in Notice.objects.filter(event=event)} == {
        "chen",
        "yao",
    }


def test_where_a_step_asks_for_a_signature_it_is_kept_with_the_part(
    house, asked, rules, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    approval = asked(rules.named(house.lin, signs=True), rules.finance)
    with pytest.raises(Refused, match="请手写签名"):
        do.approve_approval(house.lin, approval)
    do.approve_approval(house.lin, approval, name="林主管", signature=picture("签名.jpg"))
    turn = approval.turns.get(user=house.lin)
    assert (turn.signed_name, turn.signature) == ("林主管", Attachment.objects.get())
    assert turn.signature.visible_to(house.wu)
    assert not turn.signature.visible_to(house.meng)


def test_what_waits_for_somebody_passes_to_their_successor(house, asked):
    approval = asked()
    handing = HANDINGS["approvals"]
    (turn,) = handing.of(house.lin)
    handing.pass_on(house.yao, turn, to=house.ma, reason="调离")
    approval.refresh_from_db()
    assert waits_for(approval) == {"yao", "ma"}
    assert not handing.of(house.lin).exists()
    do.approve_approval(house.ma, approval)
    assert approval.status == "approved"
