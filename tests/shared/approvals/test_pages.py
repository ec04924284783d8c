"""The pages: what waits for whom, deciding on the card, writing chains, trying out who would be asked."""

import pytest
from django.urls import reverse

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.shared.approvals.actions import approve_approval, save_chain
from houqin.shared.approvals.kinds import ROLE, StepRule
from houqin.shared.approvals.models import Approval, Chain
from houqin.shared.approvals.papers import APPROVAL, approval_form
from houqin.ui.shell.navigation import ITEMS
from tests.cast import NOW


def listed(client, view):
    page = client.get(reverse("approvals:approvals"), {"view": view})
    return [row.number for row in page.context["rows"]]


def test_each_sees_what_waits_for_them_what_they_began_and_what_they_decided(
    house, asked, rules, as_user
):
    approval = asked(rules.manager, rules.finance)
    waiting = ITEMS["approvals:approvals"].waiting
    people = (house.lin, house.xu, house.chen)
    assert [waiting(person).count() for person in people] == [1, 0, 0]
    client = as_user(house.lin)
    assert listed(client, "mine") == [approval.number]
    url = approval.get_absolute_url()
    page = client.get(url).content.decode()
    assert "502 会议室空调不制热" in page
    assert "许会计" in page  # who will be asked next
    assert client.post(f"{url}approve/", {"comment": "同意"}).status_code == 302
    assert (listed(client, "mine"), listed(client, "done")) == ([], [approval.number])
    assert listed(as_user(house.xu), "mine") == [approval.number]
    for person in (house.wu, house.chen):
        assert listed(as_user(person), "asked") == [approval.number]
    stranger = as_user(house.meng)
    assert listed(stranger, "all") == []
    assert stranger.get(url).status_code == 404


def test_deciding_on_the_card_asks_for_what_is_missing(house, asked, rules, as_user):
    approval = asked(rules.named(house.lin, signs=True), rules.finance)
    url, client = approval.get_absolute_url(), as_user(house.lin)
    assert client.post(f"{url}reject/").status_code == 422
    assert client.post(f"{url}approve/", {"comment": ""}).status_code == 422
    assert client.post(f"{url}add_sign/", {"to": "nobody"}).status_code == 422
    assert client.post(f"{url}add_sign/", {"to": "ma"}).status_code == 302
    assert client.post(f"{url}approve/", {"signature_name": "林主管"}).status_code == 302
    assert as_user(house.ma).post(f"{url}approve/", {"signature_name": "马"}).status_code == 302
    finance = as_user(house.xu)
    assert finance.post(f"{url}step_back/", {"to": "1", "comment": "?"}).status_code == 422
    assert finance.post(f"{url}step_back/", {"to": "0", "comment": "再看"}).status_code == 302
    approval.refresh_from_db()
    assert approval.step == 0
    page = as_user(house.wu).get(url).content.decode()
    assert "退回第 1 步" in page
    assert 'data-key="a"' not in page


STEP = {"s0_who": "role:manager", "s0_everyone": "on", "s1_who": "person", "s1_person": "xu"}
FITS = {"name": "大额", "kind": "demand", "min_fen": "1000", "position": "5", "active": "on"}


def test_a_chain_is_written_read_and_changed(house, as_user):
    client = as_user(house.lin)
    assert client.post(reverse("approvals:new_chain"), FITS | STEP).status_code == 302
    chain = Chain.objects.get()
    assert (chain.min_fen, chain.below_fen, len(chain.steps)) == (100_000, None, 2)
    page = client.get(reverse("approvals:chains")).content.decode()
    assert "后勤主管 · 会签 → 许会计" in page
    form = client.get(reverse("approvals:chain", args=[chain.pk]))
    known = {name: form.context["form"][name].value() for name in ("min_fen", "s1_person")}
    assert known == {"min_fen": 1000, "s1_person": "xu"}
    changed = FITS | {"s0_who": "superior", "s0_from": "500"}
    url = reverse("approvals:chain", args=[chain.pk])
    assert client.post(url, changed).status_code == 302
    chain.refresh_from_db()
    assert [(rule.who, rule.from_fen) for rule in chain.rules] == [("superior", 50_000)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"s0_who": ""}, "s0_who"),
        ({"s0_who": "person"}, "s0_person"),
        ({"below_fen": "999"}, "below_fen"),
        ({"category": "none"}, "category"),
        ({"name": "旧的"}, "name"),
    ],
)
def test_a_chain_that_makes_no_sense_is_told_beside_the_field(house, as_user, rules, wrong, field):
    Chain.objects.create(kind="demand", name="旧的", steps=[rules.manager.stored()])
    answer = as_user(house.lin).post(
        reverse("approvals:new_chain"), FITS | {"s0_who": "superior"} | wrong
    )
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_the_simulation_names_who_would_be_asked_and_asks_nobody(house, as_user, rules):
    client, url = as_user(house.lin), reverse("approvals:simulation")
    assert client.get(url).status_code == 200
    assert client.get(url, {"kind": "demand"}).status_code == 422
    page = client.get(url, {"kind": "demand", "owner": "wu"}).content.decode()
    assert "默认" in page
    assert "林主管" in page
    client.post(reverse("approvals:new_chain"), FITS | {"s0_who": "superior"})
    page = client.get(url, {"kind": "demand", "owner": "wu", "amount": "1000"}).content.decode()
    assert "罗经理" in page
    page = client.get(url, {"kind": "demand", "owner": "luo", "amount": "1000"}).content.decode()
    assert "没有人可审批" in page
    assert not Approval.objects.exists()


def test_what_nobody_may_approve_is_in_sight_of_those_who_write_the_chains(house, asked, as_user):
    house.lin.role_grants.all().delete()
    house.yao.role_grants.all().delete()
    house.luo.role_grants.all().delete()
    grant_role(house.chen, Role.MANAGER)
    approval = asked()
    client = as_user(house.chen)
    assert "1 件审批没有人可审批" in client.get(reverse("approvals:chains")).content.decode()
    assert listed(client, "stuck") == [approval.number]
    grant_role(house.meng, Role.SECURITY_ADMIN)
    assert "1 件审批没有人可审批" in as_user(house.meng).get("/").content.decode()
    as_user(house.chen)
    url = approval.get_absolute_url()
    assert client.post(f"{url}assign/", {"to": "ma"}).status_code == 302
    assert as_user(house.ma).post(f"{url}approve/").status_code == 302


def test_several_are_decided_together_and_each_that_is_not_is_told(house, asked, rules, as_user):
    first, second = asked(rules.manager), asked()
    chain = Chain.objects.get()
    signs = StepRule(ROLE, Role.MANAGER, signs=True)
    save_chain(house.lin, chain, kind="demand", name=chain.name, steps=[signs])
    signed = asked()
    client = as_user(house.lin)
    picked = {"pick": [approval.pk for approval in (first, second, signed)], "asked": "1"}
    url = reverse("approvals:bulk", args=["approve"])
    answer = client.post(url, picked | {"comment": "同意"}, follow=True)
    assert "请手写签名" in answer.content.decode()
    states = [Approval.objects.get(pk=each.pk).status for each in (first, second, signed)]
    assert states == ["approved", "approved", "running"]
    refused = client.post(reverse("approvals:bulk", args=["reject"]), picked | {"comment": ""})
    assert "请写明意见" in refused.content.decode()
    stranger = as_user(house.meng)
    assert stranger.post(reverse("approvals:bulk", args=["approve"]), picked).status_code == 403


def test_an_approval_is_printed_with_every_opinion_and_signature(house, asked, rules, as_user):
    approval = asked(StepRule(ROLE, Role.MANAGER, signs=True), rules.finance)
    approve_approval(house.lin, approval, comment="按预算办", name="林主管")
    form = approval_form(house.wu, approval, NOW)
    words = str(form.parts)
    for part in ("502 会议室空调不制热", "林主管", "按预算办", "许会计", "签字"):
        assert part in words
    client = as_user(house.wu)
    assert APPROVAL.address(approval) in client.get(approval.get_absolute_url()).content.decode()
    printed = client.get(APPROVAL.address(approval))
    assert printed["Content-Type"] == "application/pdf"
    assert as_user(house.meng).get(APPROVAL.address(approval)).status_code == 404
