from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import User
from houqin.kernel.related import related

pytestmark = pytest.mark.engine


def numbers(page):
    return [row.number for row in page.context["rows"]]


def counts(page):
    return {tab["label"]: tab["count"] for tab in page.context["tabs_views"]}


def queries(ask):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert ask().status_code == 200
    return len(asked)


def test_the_nearest_clock_is_first(desk):
    routine, urgent = desk.submitted(), desk.submitted(claimed="urgent")
    assert numbers(desk.get(desk.chen, "demands")) == [urgent.number, routine.number]


def test_each_view_holds_what_its_name_says(desk, clock):
    for status in ("submitted", "graded", "working", "done", "closed"):
        desk.brought_to(status)
    late = desk.submitted(claimed="urgent")
    clock.move_to(datetime(2026, 11, 23, 13, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
    page = desk.get(desk.chen, "demands", view="over")
    assert numbers(page) == [late.number]
    tabs = {str(label): count for label, count in counts(page).items()}
    assert tabs == {
        "全部未结": 5, "待初审": 2, "待派工": 1, "今天到期": 0, "已超时": 1,
        "待验收": 1, "催办督办": 0, "我发起的": 0, "我关注的": 0, "已归档": 1,
    }  # fmt: skip


def test_everybody_sees_their_own_and_nobody_more(desk):
    demand = desk.submitted()
    assert numbers(desk.get(desk.wu, "demands", view="mine")) == [demand.number]
    for name in ("far", "west"):
        assert numbers(desk.get(getattr(desk, name), "demands")) == []


@pytest.mark.parametrize("words", ["不制热", "502", "吴工", "XQ-2026-000001", "吴工 502"])
def test_the_archive_is_found_by_number_text_place_and_person(desk, words):
    demand = desk.brought_to("closed")
    assert numbers(desk.get(desk.chen, "demands", view="archive", q=words)) == [demand.number]
    assert numbers(desk.get(desk.chen, "demands", view="archive", q="电梯")) == []


def test_filters_narrow_and_can_be_taken_off(desk):
    routine, urgent = desk.submitted(), desk.submitted(claimed="urgent")
    assert numbers(desk.get(desk.chen, "demands", grade="urgent")) == [urgent.number]
    assert numbers(desk.get(desk.chen, "demands", line="rooms")) == []
    assert numbers(desk.get(desk.chen, "demands", place=desk.campus.code)) == [
        urgent.number,
        routine.number,
    ]
    assert numbers(desk.get(desk.chen, "demands", place=desk.other_campus.code)) == []
    assert numbers(desk.get(desk.chen, "demands", status="done")) == []
    both = desk.get(desk.chen, "demands", grade=["urgent", "routine"])
    assert numbers(both) == [urgent.number, routine.number]
    assert {tab["count"] for tab in both.context["tabs_views"]} >= {0, 2}


def test_the_day_it_was_done_narrows_the_archive(desk, clock):
    demand = desk.brought_to("closed")
    clock.shift(20 * 24 * 3600)
    done = localtime(demand.done_at).date()
    day = {"view": "archive", "done_at_from": done.isoformat(), "done_at_to": done.isoformat()}
    assert numbers(desk.get(desk.chen, "demands", **day)) == [demand.number]
    day["done_at_to"] = (done - timedelta(days=1)).isoformat()
    assert numbers(desk.get(desk.chen, "demands", **day)) == []
    day["done_at_to"] = "2026-13-45"  # no day at all
    assert numbers(desk.get(desk.chen, "demands", **day)) == [demand.number]


def test_a_head_sorts_the_list_and_its_pages_follow(desk):
    first, second = desk.submitted(), desk.submitted()
    assert numbers(desk.get(desk.chen, "demands", sort="submitted_at")) == [
        first.number,
        second.number,
    ]
    newest = desk.get(desk.chen, "demands", sort="-submitted_at")
    assert numbers(newest) == [second.number, first.number]
    assert 'aria-sort="descending"' in newest.content.decode()
    assert numbers(desk.get(desk.chen, "demands", sort="body")) == [first.number, second.number]


def test_chosen_columns_are_drawn_until_the_usual_ones_are_asked_for(desk):
    demand = desk.submitted()
    client = desk.client
    client.force_login(desk.chen)
    asked = {"list": "demands", "column": ["channel", "nonsense"], "next": "/demands/"}
    assert client.post("/views/columns/", asked).url == "/demands/"
    heads = [str(head["label"]) for head in client.get("/demands/").context["heads"]]
    assert heads == ["内容", "渠道"]
    assert demand.title in client.get("/demands/").content.decode()
    client.post("/views/columns/", {"list": "demands", "usual": "1"})
    assert len(client.get("/demands/").context["heads"]) == 9


def test_a_row_names_who_does_it(desk):
    desk.brought_to("working")
    assert "王师傅" in desk.get(desk.chen, "demands").content.decode()


def test_the_empty_queue_says_what_it_is_for(desk):
    assert "提一件需求" in desk.get(desk.wu, "demands").content.decode()
    assert "清除条件" in desk.get(desk.wu, "demands", q="没有的").content.decode()


def test_twice_the_rows_ask_no_more_queries(desk):
    def show():
        return desk.get(User.objects.get(pk=desk.chen.pk), "demands")

    states = ("submitted", "working", "on_hold", "done")
    for status in states:
        desk.brought_to(status)
    show()  # content types and timetables are remembered from here on
    few = queries(show)
    for status in states * 2:
        desk.brought_to(status)
    assert queries(show) == few
    assert few <= 40, few


def test_the_clock_of_a_row_explains_itself(desk):
    demand = desk.submitted()
    page = desk.get(desk.wu, "explain_clock", demand.number, "handling").content.decode()
    assert "第 5 个工作日" in page
    assert desk.get(desk.wu, "explain_clock", demand.number, "acceptance").status_code == 404
    assert desk.get(desk.far, "explain_clock", demand.number, "handling").status_code == 404


def test_what_is_read_beside_a_row_is_asked_for_once_and_anew_with_the_row(desk):
    working = desk.brought_to("working")
    row = Demand.objects.with_all().get(pk=working.pk)
    with CaptureQueriesContext(connection) as asked:
        assert row.doers()
        assert {clock.kind for clock in related(row, "clocks")} >= {"response", "handling"}
    assert len(asked) == 0
    row.orders.update(status="cancelled")
    assert row.doers()
    row.refresh_from_db()
    assert row.doers() == []
