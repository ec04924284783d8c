"""What the review desk is told by whoever knows something, and what it does when one of them is silent."""

from datetime import timedelta

import pytest

from houqin.desk.catalogue import lines
from houqin.desk.catalogue.models import Entry
from houqin.desk.demands import actions
from houqin.desk.demands.facts import facts_for, gathering
from houqin.desk.demands.tests.conftest import MONDAY
from houqin.work.orders.actions import accept_order, finish_order, start_order
from houqin.work.roster.models import Shift

pytestmark = pytest.mark.engine


def facts(demand):
    return {str(fact.label): fact for fact in facts_for(demand)}


@pytest.fixture
def provide():
    """Facts from outside, as an app of its own would register them; gone again afterwards."""
    provided = []

    def add(provider):
        provided.append(lines.provide_facts(provider))

    yield add
    for row in provided:
        lines.FACTS.remove(row)


def broken(demand):
    raise OSError("the warehouse does not answer")


def slow(demand):
    gathering.time.sleep(0.03)
    return [lines.Fact("box", "库存", "移动空调 2 台", "够", "ok")]


def test_who_fails_is_left_out_and_the_desk_works_on(desk, provide):
    provide(broken)
    provide(lambda demand: [lines.Fact("shield", "保修", "在保至 12 月 18 日", "在保", "ok")])
    desk.submitted()
    page = desk.get(desk.chen, "review")
    assert page.status_code == 200
    assert "在保至 12 月 18 日" in page.content.decode()
    assert "1 项事实暂时取不到" in page.content.decode()


def test_who_takes_long_costs_the_others_no_more_than_the_patience_of_the_desk(
    desk, provide, monkeypatch
):
    monkeypatch.setattr(gathering, "PATIENCE", 0.02)
    monkeypatch.setattr(gathering, "FACTS", [slow, broken, broken])
    results = facts(desk.submitted())
    assert results["库存"].verdict == "够"
    assert "2 项" in results["没有取到"].text


def test_the_last_one_alike_tells_its_price(desk):
    earlier = desk.brought_to("graded")
    order = actions.dispatch_demand(desk.chen, earlier, executor=desk.wang)
    accept_order(desk.wang, order)
    start_order(desk.wang, order)
    used = [{"name": "阀", "quantity": 2, "unit": "只", "price_fen": 8650}]
    order.photos_needed = False
    finish_order(desk.wang, order, result="好了", materials=used, outside_fen=10000)
    last = facts(desk.submitted())["上次同类"]
    assert earlier.number in last.text
    assert last.verdict == "¥273.00"


def test_rework_and_stars_of_the_building_are_told(desk):
    for status in ("closed", "done"):
        desk.brought_to(status)
    actions.refuse_demand(desk.wu, desk.brought_to("done"), reason="还在滴水")
    told = facts(desk.submitted())["本栋口碑"]
    assert (told.text, told.verdict) == ("近 365 天办结 2 件，返工 0 件", "4.0 星")


def test_who_is_on_duty_is_told_and_so_is_that_nobody_is(desk):
    demand = desk.submitted()
    assert facts(demand)["现在值班"].tone == "warn"
    span = {"starts_at": MONDAY - timedelta(hours=1), "ends_at": MONDAY + timedelta(hours=1)}
    Shift.objects.create(user=desk.zhao, place=desk.campus, on_call=True, **span)
    assert "赵值班" in facts(demand)["现在值班"].text


def test_what_needs_an_approval_or_a_signature_says_so(desk):
    Entry.objects.filter(code="hvac").update(needs_approval=True, met_signs=True)
    results = facts(desk.submitted())
    assert results["审批权限"].verdict == "要审批"
    assert results["完工签字"].verdict == "要签字"


def test_the_reviewer_gives_it_to_somebody_in_the_same_breath(desk):
    demand = desk.submitted()
    page = desk.get(desk.chen, "review")
    taker = f"member-{desk.member.pk}"
    assert f'value="{taker}"' in page.content.decode()
    desk.speak(desk.chen, demand, "grade", grade="important", taker=taker)
    assert (demand.status, desk.order(demand).executor) == ("dispatched", desk.wang)
    other = desk.submitted()
    assert (
        desk.speak(desk.chen, other, "grade", grade="routine", taker="member-0").status_code == 422
    )
    desk.speak(desk.chen, other, "grade", grade="routine", taker=f"team-{desk.team.pk}")
    assert desk.order(other).team == desk.team
