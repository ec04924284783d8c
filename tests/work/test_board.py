"""The board: who is on it, what waits, what is planned when; it is drawn anew only when something changed."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.kernel.people.actions import go_away
from houqin.kernel.timekeeping import turned_to
from houqin.work.orders.actions import accept_order, plan_order
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift
from tests.cast import NOW, later

pytestmark = pytest.mark.engine


def page_of(client, query="", part=""):
    answer = client.get(f"/dispatch/{part}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def on_shift(cast, user, start=8, hours=10):
    begin = NOW.replace(hour=start, minute=0)
    Shift.objects.create(
        user=user, place=cast.building, starts_at=begin, ends_at=begin + timedelta(hours=hours)
    )


def planned(cast, start, hours=1, **more):
    order = cast.order(**more)
    begin = NOW.replace(hour=start, minute=0)
    plan_order(cast.chen, order, planned_from=begin, planned_to=begin + timedelta(hours=hours))
    return order


def lane(page, member):
    start = page.index(f'id="lane-{member.pk}"')
    end = page.find('<div class="gantt__who"', start)
    return page[start : end if end > 0 else None]


def test_somebody_of_two_teams_has_one_lane_with_the_first_of_them(cast, as_user):
    wang, zhao = (cast.team.crew.get(user=each) for each in (cast.wang, cast.zhao))
    cast.crew("又一班", cast.team.place, wang=[cast.hvac])
    page = page_of(as_user(cast.li))
    names = re.findall(r'id="lane-(\d+)"', page)
    assert names == [str(wang.pk), str(zhao.pk)]


def test_a_job_stands_in_the_lane_of_its_person_at_its_time(cast, as_user):
    on_shift(cast, cast.wang)
    planned(cast, 14, title="下午的活")
    cast.order(title="没排时间的活")
    cast.graded(title="没人做的需求")
    page = page_of(as_user(cast.li))
    wang, zhao = (cast.team.crew.get(user=each) for each in (cast.wang, cast.zhao))
    assert re.search(r'class="job job--routine at-14 for-2"[^>]*title="下午的活"', lane(page, wang))
    assert "没排时间的活" in lane(page, wang)
    assert re.findall(r"gantt__off (at-\d+ for-\d+)", lane(page, wang)) == [
        "at-0 for-2",
        "at-22 for-8",
    ]
    assert re.findall(r"gantt__off (at-\d+ for-\d+)", lane(page, zhao)) == ["at-0 for-30"]
    assert re.search(r"gantt__now at-6 for-1", lane(page, zhao))
    pool = page[page.index("board__pool") : page.index("board__main")]
    assert "没人做的需求" in pool
    assert "活" not in pool


def test_who_is_away_is_hatched_all_day(cast, as_user):
    on_shift(cast, cast.wang)
    go_away(cast.wang, substitute=cast.zhao, starts_at=NOW, ends_at=later(hours=3))
    page = page_of(as_user(cast.li))
    assert re.findall(
        r"gantt__off (at-\d+ for-\d+)", lane(page, cast.team.crew.get(user=cast.wang))
    ) == ["at-0 for-30"]


def test_the_table_says_the_same_line_by_line_and_the_columns_by_state(cast, as_user):
    planned(cast, 14, title="下午的活")
    accepted = cast.order(title="接了的活")
    accept_order(cast.wang, accepted)
    client = as_user(cast.li)
    table = page_of(client, "view=table")
    assert re.search(r"王师傅</th>.*?14:00–15:00.*?下午的活", table, re.DOTALL)
    columns = page_of(client, "view=columns")
    parts = re.split(r'aria-labelledby="column-', columns)[1:]
    assert [("下午的活" in part, "接了的活" in part) for part in parts[:2]] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    "query",
    ["view=x&day=y&team=z", "day=0001-01-01", "team=999999999999999999999", "day=2199-12-31"],
)
def test_an_address_that_means_nothing_shows_the_board(cast, as_user, query):
    page_of(as_user(cast.li), query)


def test_another_campus_is_on_another_board(cast, as_user):
    cast.crew("城西班", cast.far, meng=[cast.hvac])
    assert "孟工" not in page_of(as_user(cast.li))
    assert "孟工" in page_of(as_user(cast.lin))
    assert "王师傅" not in page_of(as_user(cast.qin))
    for nobody in (cast.wang, cast.wu, cast.ma):
        assert as_user(nobody).get("/dispatch/").status_code == 403


def again(order):
    return WorkOrder.objects.get(pk=order.pk)


def ask(client, tag=""):
    """The board as the page asks for it every few seconds, with the tag of what it shows."""
    return client.get("/dispatch/live/?view=columns", headers={"if-none-match": tag} if tag else {})


def test_nothing_new_is_answered_with_304_and_whatever_happens_with_the_board(cast, as_user):
    order = cast.order()
    client = as_user(cast.chen)

    tag = ask(client)["ETag"]
    assert ask(client, tag).status_code == 304
    with CaptureQueriesContext(connection) as seen:
        ask(client, tag)
    assert len(seen) <= 12
    for happens in (
        lambda: accept_order(cast.wang, order),
        lambda: cast.graded(title="新的"),
        lambda: on_shift(cast, cast.zhao),
        lambda: plan_order(cast.chen, again(order), planned_from=NOW, planned_to=later(hours=1)),
    ):
        happens()
        answer = ask(client, tag)
        assert answer.status_code == 200
        assert answer["ETag"] != tag
        tag = answer["ETag"]
    with turned_to(later(minutes=10)):  # the red line has moved
        assert ask(client, tag).status_code == 200


@pytest.mark.parametrize("view", ["timeline", "table", "columns"])
def test_the_board_costs_the_same_for_few_and_for_many(cast, as_user, view):
    on_shift(cast, cast.wang)

    def fill(count):
        for nth in range(count):
            planned(cast, 8 + nth, title=f"{nth}")
            cast.order(title=f"散 {nth}")
            cast.graded(title=f"等 {nth}")

    def cost():
        page_of(client, f"view={view}")
        with CaptureQueriesContext(connection) as seen:
            page_of(client, f"view={view}")
        return len(seen)

    client = as_user(cast.chen)
    fill(1)
    few = cost()
    fill(4)
    for nth in range(4):
        cast.person(f"n{nth}", f"{nth} 师傅", cast.hq)
        cast.team.crew.create(user=getattr(cast, f"n{nth}")).skills.add(cast.hvac)
    assert cost() == few


def test_the_lane_of_somebody_whose_team_keeps_no_roster_is_open_in_working_hours(cast, as_user):
    page = page_of(as_user(cast.chen), "view=timeline")
    assert " ".join(page.split()).count("班 08:30–17:30") == 2  # wang and zhao
    on_shift(cast, cast.wang)
    assert "08:30–17:30" not in page_of(as_user(cast.chen), "view=timeline")
