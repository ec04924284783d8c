"""The figures of the workbench, worked out again row by row in plain Python."""

import re
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.utils.timezone import localtime

from houqin.cockpit.reports import achieved, due_by_hour, month_of, standing, timetable_of_the_house
from houqin.cockpit.reports.desk import Hour
from houqin.desk.demands.actions import (
    dispatch_demand,
    grade_demand,
    refuse_demand,
    send_back_demand,
    sign_demand,
    withdraw_demand,
)
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Clock
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.worktime.models import Schedule
from houqin.work.orders.actions import accept_order, finish_order, start_order
from tests.cast import CAST, NOW
from tests.effort import times
from tests.stages import Stage

pytestmark = pytest.mark.engine
WITH_US = {"submitted", "graded", "dispatched", "responded", "working", "on_hold", "rework"}
OCTOBER = datetime(2026, 10, 1, tzinfo=NOW.tzinfo)
NOVEMBER = datetime(2026, 11, 1, tzinfo=NOW.tzinfo)


def play(cast, random, nth):
    """One demand on its way, stopped at a random point; what would be after NOW does not happen."""
    at = NOW - timedelta(hours=random.randint(1, 45 * 24))
    grade = random.choice(["urgent", "important", "routine", "routine"])
    place = random.choice([cast.room, cast.room, cast.far_room])
    demand = cast.submit(
        random.choice([cast.wu, cast.meng]), at=at, title=f"第 {nth} 件", place=place, grade=grade
    )
    steps = random.choice([0, 0, 1, 1, 2, 3, 4, 5, 5, 5, 6, 6, 7, 8])
    if steps in (7, 8):
        return withdraw(cast, demand, at, back=steps == 8)
    return advance(cast, random, demand, at, steps)


def withdraw(cast, demand, at, back):
    with turned_to(at + timedelta(minutes=30)):
        if back:
            send_back_demand(cast.chen, demand, reason="请补充")
        else:
            withdraw_demand(demand.requester, demand)


def advance(cast, random, demand, at, steps):
    order: Any = None
    for step in range(1, steps + 1):
        at += timedelta(hours=random.choice([0.2, 1, 6, 30, 100]))
        if at >= NOW:
            return
        with turned_to(at):
            if step == 1:
                grade_demand(cast.chen, demand, grade=demand.grade)
            elif step == 2:
                order = dispatch_demand(cast.chen, demand, executor=cast.wang)
            elif step in (3, 4, 5):
                move = {
                    3: accept_order,
                    4: start_order,
                    5: lambda *who: finish_order(*who, result="好了"),
                }[step]
                type(demand.entry).objects.update(photos_needed=False)
                order.photos_needed = False
                move(cast.wang, order)
                demand.refresh_from_db()
            else:
                end(demand, refused=random.random() < 0.5)


def end(demand, refused):
    if refused:
        refuse_demand(demand.requester, demand, reason="还不行")
    else:
        sign_demand(demand.requester, demand, name="吴工")


def october_and_november(cast):
    random = Random(20261123)
    for nth in range(times(24, most=60)):
        play(cast, random, nth)
    return cast


history = Stage(october_and_november, on=CAST).fixture("history")


def within(user):
    """The demands where `user` runs the work, by the site in the name of their place."""
    sites = {
        "chen": {"滨江园区", "城西院区"},
        "lin": {"滨江园区", "城西院区"},
        "li": {"滨江园区"},
        "qin": {"城西院区"},
    }
    chosen = sites[user.username]
    return [
        demand
        for demand in Demand.objects.select_related("place")
        if demand.place.full_name.split(" / ")[0] in chosen
    ]


def next_due(demand):
    due = [
        clock.due_at
        for clock in Clock.objects.filter(target_id=demand.pk, result="running")
        if clock.due_at
    ]
    return min(due, default=None)


def test_how_the_desk_stands_equals_a_count_by_hand(history):
    for who in ("chen", "lin", "li", "qin"):
        user = getattr(history, who)
        rows = within(user)
        ours = [(row, next_due(row)) for row in rows if row.status in WITH_US]
        today = [row.grade for row, due in ours if due and localtime(due).date() == NOW.date()]
        late = [due for _one, due in ours if due and due < NOW]
        review = {
            row.pk for row in rows if row.status in WITH_US | {"done"} and row.graded_at is None
        }
        results = standing(user, NOW)
        assert (results.to_review, results.overdue) == (len(review), len(late))
        assert results.to_dispatch == sum(row.status == "graded" for row in rows)
        assert results.due_today == {
            grade: today.count(grade) for grade in ("urgent", "important", "routine")
        }
        assert results.longest_over == min(late, default=None)
        waits = [due for row, due in ours if row.pk in review and due]
        assert results.oldest_review_due == min(waits, default=None)


def by_hand(user, since, until):
    """Handled, handled on time, and how long each first answer took."""
    handled, on_time, answers = 0, 0, []
    for demand in within(user):
        judged = [
            clock
            for clock in Clock.objects.filter(target_id=demand.pk)
            if clock.stopped_at
            and clock.result in ("met", "breached")
            and since <= clock.stopped_at < until
        ]
        results = [clock.result for clock in judged if clock.kind == "handling"]
        handled += bool(results)
        on_time += bool(results) and "breached" not in results
        answers += [
            clock.stopped_at - clock.started_at
            for clock in judged
            if clock.kind == "response" and clock.stopped_at
        ]
    return handled, on_time, answers


def test_what_was_achieved_equals_a_count_by_hand(history):
    assert month_of(NOW) == NOVEMBER
    for who in ("chen", "li", "qin"):
        for since, until in ((NOVEMBER, NOW), (OCTOBER, NOVEMBER)):
            user = getattr(history, who)
            handled, on_time, answers = by_hand(user, since, until)
            results = achieved(user, since, until)
            assert (results.handled, results.on_time, results.responded) == (
                handled,
                on_time,
                len(answers),
            )
            mean = sum(answers, timedelta()) / len(answers)
            assert results.response
            assert abs(results.response - mean) < timedelta(milliseconds=1)


def test_the_history_is_rich_enough_to_prove_something(history):
    results, before = standing(history.chen, NOW), achieved(history.chen, OCTOBER, NOVEMBER)
    now_on = achieved(history.chen, NOVEMBER, NOW)
    assert min(results.to_review, results.to_dispatch, results.overdue, before.handled) > 0
    assert 0 < now_on.on_time < now_on.handled
    assert Clock.objects.filter(kind="handling", round=2).exists()


def test_a_figure_is_the_number_of_the_rows_behind_it(history, as_user):
    for user in (history.chen, history.li):
        now_on, month = standing(user, NOW), achieved(user, NOVEMBER, NOW)
        figures = {
            "review": now_on.to_review, "dispatch": now_on.to_dispatch, "overdue": now_on.overdue,
            "today": now_on.due_today_total, "handled": month.handled, "responded": month.responded,
            "late": month.handled - month.on_time,
        }  # fmt: skip
        client = as_user(user)
        for view, figure in figures.items():
            page = client.get(f"/figures/?view={view}").content.decode()
            total = re.search(r"共 (\d+) 件", page)
            assert (view, int(total[1]) if total else 0) == (view, figure)
            assert (view, page.count("<tr data-row")) == (view, min(30, figure))


def test_what_is_due_today_stands_in_its_hour_and_the_lunch_break_is_marked(cast):
    for hour, grade in ((7, "urgent"), (8, "urgent"), (13, "urgent"), (9, "important")):
        start = NOW.replace(hour=hour, minute=10)
        with_day = start - timedelta(days=1) if grade == "important" else start - timedelta(hours=2)
        cast.submit(at=with_day, grade=grade)
    results = due_by_hour(cast.chen, NOW, timetable_of_the_house())
    assert [(each.hour, each.grades) for each in results.hours if each.grades] == [
        (8, ["urgent"]), (9, ["important"]), (13, ["urgent"]),
    ]  # fmt: skip
    assert (results.total, results.outside) == (4, 1)
    assert [each.hour for each in results.hours] == list(range(8, 18))
    assert [each.hour for each in results.hours if each.rest] == [12]
    assert [each.hour for each in results.hours if each.current] == [10]


def test_of_very_many_due_in_an_hour_some_are_drawn_and_the_others_counted():
    few, many = (Hour(9, False, False, ["routine"] * count) for count in (8, 30))
    assert (len(few.drawn), few.more) == (8, 0)
    assert (len(many.drawn), many.more) == (6, 24)


def test_on_a_day_off_the_hours_stay_away(cast):
    sunday = NOW + timedelta(days=6)
    results = due_by_hour(cast.chen, sunday, timetable_of_the_house())
    assert (results.hours, results.total) == ([], 0)


def test_a_house_without_a_calendar_has_no_hours(db):
    assert not Schedule.objects.exists()
    assert timetable_of_the_house() is None
