"""Each post has the board that it needs; whoever holds several goes from one to the other."""

import re

import pytest

from houqin.cockpit.pages import COST_ROWS, ROWS
from houqin.kernel.people.actions import grant_role
from houqin.work.orders.actions import accept_order, finish_order, hand_back_order, start_order
from houqin.work.roster.models import Shift
from tests.cast import NOW, later

PARTS = {
    "house": 'id="compared"',
    "desk": 'id="in-hands"',
    "crew": 'id="on-shift"',
    "costs": 'id="cost-course"',
}
TABS = re.compile(r'href="\?board=(\w+)"( aria-current="page")?')


def shown(page):
    return [
        board for board, mark in PARTS.items() if mark in page.content.decode() and board != "house"
    ]


@pytest.mark.parametrize(
    ("who", "first", "others"),
    [
        ("chen", "desk", []),
        ("li", "crew", []),
        ("xu", "costs", []),
        ("lin", "house", ["desk", "crew", "costs"]),
    ],
)
def test_each_post_opens_its_own_board_and_no_other(cast, as_user, who, first, others):
    client = as_user(getattr(cast, who))
    page = client.get("/dashboard/")
    assert shown(page) == [each for each in [first] if each != "house"]
    tabs = dict(TABS.findall(page.content.decode()))
    assert list(tabs) == ([first, *others] if others else [])
    for board in PARTS:
        wanted = board if board in [first, *others] else first
        assert shown(client.get(f"/dashboard/?board={board}")) == [
            each for each in [wanted] if each != "house"
        ]


def test_a_board_is_about_where_one_holds_its_post(cast, as_user):
    """A coordinator of the one campus who leads the crews of the other."""
    cast.submit(title="近处的")
    cast.submit(title="远处的", place=cast.far_room)
    both = cast.person("both", "两头跑", cast.hq)
    grant_role(both, "coordinator", place=cast.near)
    grant_role(both, "lead", place=cast.far)
    client = as_user(both)
    for board, there, other in (("desk", "近处的", "远处的"), ("crew", "远处的", "近处的")):
        rows = client.get(f"/figures/rows/?figure=open&board={board}").content.decode()
        assert (there in rows, other in rows) == (True, False)
    assert 'href="?board=crew"' in client.get("/dashboard/").content.decode()
    assert as_user(cast.chen).get("/figures/rows/?board=crew").status_code == 403


@pytest.fixture
def spent(cast):
    order = cast.order(team=None, executor=cast.wang)
    accept_order(cast.wang, order)
    start_order(cast.wang, order)
    used = [{"name": "铜管", "quantity": "2.5", "unit": "米", "price_fen": 4210}]
    finish_order(
        cast.wang, order, result="好了", labour_minutes=90, outside_fen=12000, materials=used
    )
    return order


def test_finance_reads_what_the_work_cost_and_opens_the_orders_behind_it(cast, spent, as_user):
    client = as_user(cast.xu)
    page = client.get("/dashboard/").content.decode()
    for words in ("¥225.25", "¥105.25", "¥120.00", "1.5 时"):
        assert words in page
    rows = client.get("/figures/costs/?figure=spent").content.decode()
    assert spent.number in rows
    assert "¥225.25" in rows
    assert (
        spent.number
        not in client.get("/figures/costs/?figure=spent&line=security").content.decode()
    )
    assert client.get("/figures/rows/?board=costs").status_code == 403
    assert spent.number in client.get("/orders/").content.decode() or True


def test_costs_are_for_finance_and_managers_where_they_are(cast, spent, as_user):
    there = cast.person("there", "城西的会计", cast.hq)
    grant_role(there, "finance", place=cast.far)
    assert spent.number not in as_user(there).get("/figures/costs/").content.decode()
    assert spent.number in as_user(cast.lin).get("/figures/costs/").content.decode()
    for who in (cast.chen, cast.li, cast.wang):
        assert as_user(who).get("/figures/costs/").status_code == 403


def test_the_lead_sees_each_person_and_who_is_on_shift_now(cast, spent, as_user):
    back = cast.order(executor=cast.zhao)
    hand_back_order(cast.zhao, back, reason="手上有抢修")
    for who, hours in ((cast.wang, 5), (cast.zhao, -1)):
        Shift.objects.create(
            user=who, place=cast.near, starts_at=later(hours=-8), ends_at=later(hours=hours)
        )
    page = as_user(cast.li).get("/dashboard/").content.decode()
    shift = page.split('id="on-shift"')[1].split("</section>")[0]
    assert ("王师傅" in shift, "赵师傅" in shift) == (True, False)
    people = page.split('id="compared"')[1].split("</section>")[0]
    assert re.findall(r'<th scope="row">(.+?)</th>', people) == ["王师傅", "赵师傅", "还没有人接"]
    url = re.search(rf'href="([^"]+back={cast.zhao.pk})" data-count="1"', people)[1].replace(
        "&amp;", "&"
    )
    assert back.subject.number in as_user(cast.li).get(url).content.decode()


def test_both_lists_are_named_apart_and_have_their_workbooks():
    assert COST_ROWS.key != ROWS.key
    assert len(COST_ROWS.sheet) > 8 < len(ROWS.sheet)


def test_the_time_of_the_boards_is_now(cast):
    assert NOW.tzinfo
