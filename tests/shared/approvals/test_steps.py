"""The steps of a chain: who is asked, when a step is done, and who never decides."""

from datetime import timedelta

import pytest

from houqin.desk.demands.models import Demand
from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.actions import add_department, go_away, grant_role
from houqin.kernel.people.models import Role, User
from houqin.platform.notices.models import Notice
from houqin.shared.approvals import actions as do
from houqin.shared.approvals.kinds import ROLE, StepRule
from houqin.shared.approvals.models import Approval, Chain
from tests.cast import NOW, later

pytestmark = pytest.mark.engine


def waits_for(approval):
    """The account names that the open step waits for."""
    return {turn.user.username for turn in approval.turns.all() if turn.waits(approval)}


def verdicts(approval):
    return {turn.user.username: turn.verdict for turn in approval.turns.order_by("pk")}


def test_one_of_a_step_is_enough_and_the_others_are_no_longer_asked(house, asked, rules):
    approval = asked(rules.manager, rules.finance)
    assert waits_for(approval) == {"lin", "yao"}
    do.approve_approval(house.yao, approval, comment="可以")
    assert (approval.status, approval.step, waits_for(approval)) == ("running", 1, {"xu"})
    assert verdicts(approval) == {"lin": "skipped", "yao": "approved", "xu": "waiting"}
    with pytest.raises(Refused, match="已经有人处理"):
        do.approve_approval(house.lin, approval)
    do.approve_approval(house.xu, approval)
    assert (approval.status, approval.ended_at) == ("approved", NOW)
    told = Notice.objects.filter(event__name="approval.approved")
    assert [notice.user for notice in told] == [house.chen]


def test_where_all_have_to_agree_one_is_not_enough_and_one_no_ends_it(house, asked):
    approval = asked(StepRule(ROLE, Role.MANAGER, everyone=True))
    do.approve_approval(house.lin, approval)
    assert (approval.status, waits_for(approval)) == ("running", {"yao"})
    do.reject_approval(house.yao, approval, comment="超了")
    assert (approval.status, waits_for(approval)) == ("rejected", set())
    other = asked(subject=house.submit())
    for person in (house.lin, house.yao):
        do.approve_approval(person, other)
    assert other.status == "approved"


@pytest.mark.parametrize(("fen", "people"), [(99_999, ["lin"]), (100_000, ["lin", "xu"])])
def test_a_step_with_an_amount_is_left_out_below_it(house, asked, rules, priced, fen, people):
    steps = (rules.named(house.lin), StepRule(ROLE, Role.FINANCE, from_fen=100_000))
    approval = asked(*steps, subject=house.submit(body=str(fen)))
    for name in people:
        assert waits_for(approval) == {name}
        do.approve_approval(getattr(house, name), approval)
    assert approval.status == "approved"


def test_the_first_chain_that_fits_by_amount_place_department_and_category_counts(
    house, asked, rules, priced
):
    def chain(name, position, **fits):
        steps = [rules.named(house.ma)]
        do.save_chain(
            house.lin, None, kind="demand", name=name, steps=steps, position=position, **fits
        )

    chain("大额", 1, min_fen=500_000)
    chain("小额", 2, below_fen=100)
    chain("城西", 3, place=house.far)
    chain("后勤", 4, department=house.hq)
    chain("办公", 5, category="office")
    chain("停用", 6, active=False)
    chain("其余", 7)
    category = house.submit().entry.category.code
    Chain.objects.filter(name="办公").update(category=category)

    def taken(**more):
        approval = asked(subject=house.submit(**{"body": "200"} | more))
        return approval.chain.name

    assert taken(body="500000") == "大额"
    assert taken(body="99") == "小额"
    assert taken(place=house.far_room) == "城西"
    assert taken(actor=house.wang) == "后勤"
    assert taken() == "办公"
    Chain.objects.filter(name="办公").update(category="other")
    assert taken() == "其余"


def test_without_a_chain_the_usual_steps_of_the_kind_are_taken(house, asked):
    approval = asked()
    assert (approval.chain, waits_for(approval)) == (None, {"lin", "yao"})


def test_nobody_approves_their_own_nor_what_they_sent(house, asked, rules):
    """The owner is the only one at the post: their superior is asked. A sender is passed over too."""
    approval = asked(rules.named(house.wu))
    assert waits_for(approval) == {"luo"}
    with pytest.raises(NotAllowed):
        do.approve_approval(house.wu, approval)
    assert waits_for(asked(by=house.lin, subject=house.submit(title="灯"))) == {"luo"}
    own = asked(subject=house.submit(house.lin, title="门"), by=house.chen)
    assert "lin" not in waits_for(own)
    for verb in (do.delegate_approval, do.add_sign):
        with pytest.raises(Refused, match="不能审批自己的事"):
            verb(house.luo, approval, to=house.chen)


def test_the_superior_of_a_head_is_the_head_above(house, asked, rules):
    group = house.lab
    below = add_department(group, name="一组", code="rd1-1")
    house.person("ren", "任组长", below)
    grant_role(house.ren, Role.HEAD, department=below)
    assert waits_for(asked(rules.superior, subject=house.submit(house.ren))) == {"luo"}


def test_who_owns_it_does_not_decide_as_a_substitute_either(house, asked, rules):
    until = {"starts_at": NOW - timedelta(hours=1), "ends_at": later(days=1)}
    go_away(house.xu, substitute=house.wu, **until)
    assert waits_for(asked(rules.finance)) == {"luo"}
    go_away(house.luo, substitute=house.wu, **until)
    other = asked(subject=house.submit(title="灯"))
    assert (other.stuck, waits_for(other)) == (True, set())


def test_a_substitute_decides_and_the_record_says_who(house, asked, rules):
    approval = asked(rules.named(house.lin))
    go_away(house.lin, substitute=house.ma, starts_at=NOW, ends_at=later(days=1))
    ma = User.objects.get(pk=house.ma.pk)
    assert list(Approval.objects.visible_to(ma).waiting_for(ma)) == [approval]
    do.approve_approval(ma, approval)
    turn = approval.turns.get()
    assert (approval.status, turn.user, turn.by) == ("approved", house.lin, house.ma)


def test_without_an_approver_it_waits_in_sight_until_a_manager_names_one(house, asked, rules):
    grant_role(house.wu, Role.HEAD, department=house.lab)
    house.luo.role_grants.all().delete()
    approval = asked(rules.named(house.wu), rules.finance)
    assert (approval.status, approval.stuck, waits_for(approval)) == ("running", True, set())
    told = Notice.objects.filter(event__name="approval.stranded")
    assert {notice.user.username for notice in told} == {"lin", "yao"}
    assert list(Approval.objects.visible_to(house.lin).stranded()) == [approval]
    with pytest.raises(NotAllowed):
        do.assign_approval(house.chen, approval, to=house.ma)
    do.assign_approval(house.lin, approval, to=house.ma)
    do.approve_approval(house.ma, approval)
    assert (approval.stuck, waits_for(approval)) == (False, {"xu"})


def test_a_running_approval_keeps_the_steps_it_began_with(house, asked, rules):
    approval = asked(rules.named(house.lin), rules.finance)
    changed = [rules.named(house.ma)]
    do.save_chain(house.lin, Chain.objects.get(), kind="demand", name="链", steps=changed)
    do.approve_approval(house.lin, approval)
    assert waits_for(approval) == {"xu"}
    assert waits_for(asked(subject=house.submit(title="灯"))) == {"ma"}


def test_a_chain_that_would_let_small_amounts_pass_unasked_is_refused(house):
    steps = [StepRule(ROLE, Role.FINANCE, from_fen=100_000)]
    for rules in (steps, []):
        with pytest.raises(Refused, match="至少有一步"):
            do.save_chain(house.lin, None, kind="demand", name="漏", steps=rules)
    with pytest.raises(NotAllowed):
        do.save_chain(house.yao, None, kind="demand", name="只管一个园区", steps=[])


def test_one_thing_is_not_asked_twice_at_a_time(house, asked):
    approval = asked()
    demand = Demand.objects.get(pk=approval.subject_id)
    with pytest.raises(Refused, match="已经在审批中"):
        asked(subject=demand)
