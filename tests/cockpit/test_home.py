"""The workbench of each role: what it shows, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.cockpit.home_page import ASKED_SHOWN
from houqin.desk.demands.actions import send_back_demand
from houqin.kernel.timekeeping import turned_to
from houqin.ui.worklist import SHOWN
from houqin.work.orders.actions import accept_order, finish_order, start_order
from houqin.work.roster.models import Shift
from tests.cast import NOW, later

pytestmark = pytest.mark.engine


def home(as_user, user):
    answer = as_user(user).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def rows(page):
    """Title and verb of each row of the personal queue."""
    return re.findall(r'data-open>([^<]+)</a>.*?aria-label="(\S+) [^"]+">', page, re.DOTALL)


def finished(cast, **more):
    order = cast.order(**more)
    accept_order(cast.wang, order)
    start_order(cast.wang, order)
    finish_order(cast.wang, order, result="好了")


def test_a_newcomer_is_taught_and_given_the_one_button(cast, as_user):
    page = home(as_user, cast.meng)
    assert "还没有提过需求" in page
    assert page.count('href="/demands/new/"') >= 2
    for other in ("等我处理", "待初审", "今天的到期分布"):
        assert other not in page


def test_a_requester_first_sees_what_waits_for_them(cast, as_user):
    finished(cast, title="修好了的空调")
    back = cast.submit(title="说不清的事")
    send_back_demand(cast.chen, back, reason="在哪里？")
    cast.submit(title="刚提的事")
    cast.submit(cast.meng, title="别人的事")
    page = home(as_user, cast.wu)
    assert rows(page) == [("修好了的空调", "去验收"), ("说不清的事", "去补充")]
    assert "刚提的事" in page[page.index("我发起的") :]
    assert page.count("修好了的空调</a>") == 1
    assert "别人的事" not in page


def test_the_coordinator_has_one_queue_by_clock(cast, as_user):
    cast.submit(title="常规的事")
    cast.submit(title="紧急的事", grade="urgent")
    cast.graded(title="可以派的事", grade="important")
    with turned_to(later(hours=5)):
        page = home(as_user, cast.chen)
    assert rows(page) == [("紧急的事", "初审"), ("可以派的事", "派工"), ("常规的事", "初审")]
    assert re.findall(r"kpi__value[^>]*>\s*(\d+)<small>件", page) == ["2", "1", "1"]
    assert "超 3 时" in page


def test_what_is_overdue_waits_for_the_desk_although_somebody_is_at_it(cast, as_user):
    order = cast.order(title="拖久了的事", grade="urgent")
    accept_order(cast.wang, order)
    with turned_to(later(hours=6)):
        assert rows(home(as_user, cast.lin)) == [("拖久了的事", "查看")]


def test_the_executor_sees_the_own_orders_by_clock_with_their_next_step(cast, as_user):
    accept_order(cast.wang, cast.order(title="已接的"))
    cast.order(title="急的", grade="urgent")
    cast.order(title="班组的", team=cast.team, grade="important")
    cast.order(title="别人的", executor=cast.zhao)
    page = home(as_user, cast.wang)
    assert rows(page) == [("急的", "接单"), ("班组的", "接单"), ("已接的", "去现场")]
    assert re.findall(r"kpi__value[^>]*>\s*(\d+)<small>件", page) == ["2", "1", "0", "0"]


def test_a_lead_dispatches_at_the_own_site_only_and_reviews_nothing(cast, as_user):
    cast.submit(title="待审的")
    cast.graded(title="本园区待派的")
    cast.graded(title="外园区待派的", place=cast.far_room)
    assert rows(home(as_user, cast.li)) == [("本园区待派的", "派工")]
    assert rows(home(as_user, cast.qin)) == [("外园区待派的", "派工")]


@pytest.mark.parametrize("who", ["chen", "lin", "li", "ma", "xu", "wang", "wu"])
def test_every_role_has_a_workbench_that_greets(cast, as_user, who):
    user = getattr(cast, who)
    page = home(as_user, user)
    assert f"上午好，{user.name}" in page
    assert "11 月 23 日 周一 · 工作日 08:30–12:00、13:30–17:30" in page


def test_a_day_off_is_said_by_its_name(cast, as_user):
    with turned_to(NOW.replace(month=10, day=1)):
        assert "休息日 国庆" in home(as_user, cast.chen)


def test_whoever_is_on_call_now_can_be_called_at_once(cast, as_user):
    for user, start in ((cast.ma, -2), (cast.zhao, -30), (cast.wang, 1)):
        begin = later(hours=start)
        times = {"starts_at": begin, "ends_at": begin + timedelta(hours=8)}
        Shift.objects.create(user=user, place=cast.near, on_call=True, **times)
    page = home(as_user, cast.wu)
    duty = page[page.index("今日值班") :]
    assert re.findall(r"tel:(\d+)", duty) == [cast.ma.phone]
    assert "值到 今天 16:24" in duty


@pytest.mark.parametrize("who", ["chen", "wang", "wu"])
def test_the_workbench_costs_the_same_with_few_and_with_many_rows(cast, as_user, who):
    user = getattr(cast, who)

    def one_of_each():
        cast.submit()
        cast.graded()
        cast.order()
        finished(cast)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            home(as_user, user)
        return len([each for each in seen if "session" not in each["sql"]])

    for _ in range(ASKED_SHOWN + 1):  # a list is counted when it is longer than what is shown
        one_of_each()
    home(as_user, user)
    few = queries()
    for _ in range(SHOWN - ASKED_SHOWN - 1):
        one_of_each()
    assert queries() == few


def test_nobody_looks_at_a_workbench_without_signing_in(db, client):
    assert client.get("/").status_code == 302
    assert client.get("/figures/").status_code == 302


def test_the_rows_behind_a_figure_show_a_requester_nothing_of_the_desk(cast, as_user):
    cast.submit()
    client = as_user(cast.meng)
    for view in ("review", "dispatch", "today", "overdue", "handled", "late", "responded", "own"):
        assert "<tr data-row" not in client.get(f"/figures/?view={view}").content.decode()
