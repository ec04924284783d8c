"""The two lists and the card: what they show, to whom, at what cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.desk.demands.actions import comment_demand, refuse_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.timekeeping import turned_to
from houqin.work.orders.actions import accept_order, finish_order, hold_order, start_order
from houqin.work.orders.models import WorkOrder
from tests.cast import later

pytestmark = pytest.mark.engine


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client, path):
    with CaptureQueriesContext(connection) as seen:
        page_of(client, path)
    return len(seen)


def move(cast, order, *actions):
    for action in actions:
        action(cast.wang, order)
    return order


@pytest.fixture
def four(cast):
    """One order of wang in each part of his list."""
    offered = cast.order(title="甲：刚派来", grade="important")
    doing = move(cast, cast.order(title="乙：在做"), accept_order, start_order)
    held = move(cast, cast.order(title="丙：等备件"), accept_order)
    hold_order(cast.wang, held, reason="parts")
    done = move(cast, cast.order(title="丁：做完了"), accept_order, start_order)
    finish_order(cast.wang, done, result="好了")
    return {"offered": offered, "doing": doing, "held": held, "done": done}


def test_each_part_of_ones_own_list_holds_its_orders_and_their_one_verb(cast, four, as_user):
    client = as_user(cast.wang)
    for part, verb in (("offered", "accept"), ("held", "resume"), ("doing", None), ("done", None)):
        page = page_of(client, f"/orders/mine/?view={part}")
        assert [order.title in page for order in four.values()] == [each == part for each in four]
        assert re.findall(r'action="/orders/[\w-]+/(\w+)/"', page) == ([verb] if verb else [])
    assert "继续处理" in page_of(client, "/orders/mine/?view=doing")


def test_ones_own_list_begins_with_all_that_is_open_the_nearest_clock_first(cast, four, as_user):
    page = page_of(as_user(cast.wang), "/orders/mine/")
    assert re.findall(r"[甲乙丙丁]：", page) == ["甲：", "乙：", "丙："]
    assert f'href="tel:{cast.wu.phone}"' in page
    counts = re.findall(r"(未结|待接|在办|挂起|已完) <span class=\"num\">(\d+)", page)
    assert counts == [("未结", "3"), ("待接", "1"), ("在办", "1"), ("挂起", "1"), ("已完", "1")]


def test_an_empty_list_teaches_what_it_is_for(cast, as_user):
    assert "派给您或您班组的活会出现在这里" in page_of(as_user(cast.zhao), "/orders/mine/")


def test_what_a_lead_runs_is_not_what_a_lead_has_in_hand(cast, four, as_user):
    client = as_user(cast.li)
    assert "手上没有工单" in page_of(client, "/orders/mine/")
    assert "共 3 件" in page_of(client, "/orders/")


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", "甲乙丙"),
        ("view=offered", "甲"),
        ("view=working", "乙"),
        ("view=held", "丙"),
        ("view=done", "丁"),
        ("view=all", "甲乙丙丁"),
        ("q=等备件", "丙"),
        ("q=王师傅+502", "甲乙丙"),
        ("q=赵师傅", ""),
        ("view=all&status=done", "丁"),
        ("q=%27", ""),
    ],
)
def test_the_list_of_those_who_run_work_narrows_by_view_filter_and_words(
    cast, four, as_user, asked, titles
):
    page = page_of(as_user(cast.chen), f"/orders/?{asked}")
    assert set(re.findall(r">([甲乙丙丁])：", page)) == set(titles)


def test_teams_and_sites_narrow_the_list(cast, four, as_user):
    other = cast.order(title="戊：城西", place=cast.far_room, executor=cast.zhao)
    client = as_user(cast.chen)
    assert other.title in page_of(client, f"/orders/?place={cast.far.code}")
    assert "甲：" not in page_of(client, f"/orders/?place={cast.far.code}")
    assert "甲：" in page_of(client, f"/orders/?team={cast.team.pk}")
    assert other.title not in page_of(as_user(cast.li), "/orders/")


@pytest.mark.parametrize(
    "path", ["/orders/", "/orders/?view=all", "/orders/mine/", "/orders/mine/?view=offered"]
)
def test_a_list_costs_the_same_with_few_and_with_many_rows(cast, as_user, path):
    client = as_user(cast.wang if "mine" in path else cast.chen)
    for nth in range(2):
        cast.order(title=f"第 {nth} 件")
    page_of(client, path)  # what is kept from the first page on, such as content types
    few = queries(client, path)
    for nth in range(7):
        cast.order(
            title=f"再一件 {nth}", executor=cast.wang, actor=cast.meng if nth % 2 else cast.wu
        )
    assert queries(client, path) == few


def test_the_card_tells_what_was_asked_and_links_to_it(cast, as_user):
    order = cast.order(body="开了半小时还是凉的")
    demand = Demand.objects.get()
    comment_demand(cast.wu, demand, text="下午两点客户到")
    page = page_of(as_user(cast.wang), order.get_absolute_url())
    for words in (
        "开了半小时还是凉的",
        demand.get_absolute_url(),
        "下午两点客户到",
        f"tel:{cast.wu.phone}",
    ):
        assert words in page


def test_the_stages_follow_the_work_and_forget_an_earlier_executor(cast, as_user):
    order = cast.order()

    def looks():
        return re.findall(
            r'<li(?: class="(is-\w+)")?(?:\s+aria-current="step")?\s*>', stages(cast, as_user)
        )

    assert looks() == ["is-now", "", "", ""]
    accept_order(cast.wang, order)
    assert looks() == ["is-past", "is-now", "", ""]
    with turned_to(later(minutes=36)):
        start_order(cast.wang, order)
    with turned_to(later(minutes=80)):
        assert looks() == ["is-past", "is-past", "is-now", ""]
        assert "44 分" in stages(cast, as_user)
        finish_order(cast.wang, order, result="好了")
    assert looks() == ["is-past"] * 4


def stages(cast, as_user):
    page = page_of(as_user(cast.wang), WorkOrder.objects.get().get_absolute_url())
    return page[page.index('class="stages') : page.index("</ol>")]


def test_rework_says_so_and_links_to_what_was_refused(cast, as_user):
    first = move(cast, cast.order(), accept_order, start_order)
    finish_order(cast.wang, first, result="好了")
    refuse_demand(cast.wu, Demand.objects.get(), reason="还在滴水")
    second = WorkOrder.objects.get(round=2)
    page = page_of(as_user(cast.wang), second.get_absolute_url())
    assert "第 2 次办理" in page
    assert first.get_absolute_url() in page
