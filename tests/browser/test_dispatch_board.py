"""The drag in a real browser: onto another person, past a conflict that is said first, and refused."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from houqin.work.orders.actions import accept_order, plan_order, start_order
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift
from tests.browsing import DESK, in_browser
from tests.cast import NOW

pytestmark = in_browser


def drop(page, what, onto, hour):
    """Drag a card to the middle of that hour in a lane."""
    lane = page.locator(onto)
    box = lane.bounding_box()
    x = (hour - 7) / 15 * box["width"] + 4
    page.locator(what).drag_to(lane, target_position={"x": x, "y": box["height"] / 2})


@pytest.fixture
def board(house, window, troubles):
    """Two people on shift; wang has a job at two."""
    hours = {"starts_at": NOW - timedelta(hours=2), "ends_at": NOW + timedelta(hours=7)}
    Shift.objects.create(user=house.zhao, place=house.building, **hours)
    order = house.order(title="下午的活")
    start = NOW.replace(hour=14, minute=0)
    plan_order(house.chen, order, planned_from=start, planned_to=start + timedelta(hours=1))
    house.job = order
    house.lanes = {
        name: f"#lane-{house.team.crew.get(user=getattr(house, name)).pk}"
        for name in ("wang", "zhao")
    }
    page = window(DESK, house.chen)
    page.goto("/dispatch/?day=2026-11-23")
    page.wait_for_selector("#board[data-ready]")
    return page


def test_a_job_is_dropped_on_another_person_and_time(board, house, troubles):
    drop(board, f"#job-{house.job.pk}", house.lanes["zhao"], 16)
    expect(board.locator(f"{house.lanes['zhao']} .job")).to_contain_text("16:00–17:00")
    house.job.refresh_from_db()
    assert (house.job.executor, house.job.planned_from) == (
        house.zhao,
        NOW.replace(hour=16, minute=0),
    )
    assert troubles == []


def test_a_conflict_is_said_before_it_is_saved_and_what_is_refused_stays(board, house, troubles):
    drop(board, f"#job-{house.job.pk}", house.lanes["zhao"], 20)
    expect(board.locator("#dialog")).to_contain_text("这段时间不在班上")
    house.job.refresh_from_db()
    assert house.job.executor == house.wang
    board.keyboard.press("Escape")
    accept_order(house.wang, WorkOrder.objects.get(pk=house.job.pk))
    start_order(house.wang, WorkOrder.objects.get(pk=house.job.pk))
    drop(board, f"#job-{house.job.pk}", house.lanes["zhao"], 15)
    expect(board.get_by_role("alert")).to_contain_text("不能执行此操作")
    assert WorkOrder.objects.get(pk=house.job.pk).executor == house.wang


def test_what_waits_is_dropped_and_its_dialog_knows_person_and_time(board, house, troubles):
    demand = house.graded(title="新来的活")
    board.reload()
    board.wait_for_selector("#board[data-ready]")
    drop(board, f"#waiting-{demand.number}", house.lanes["zhao"], 15)
    expect(board.locator("#dialog input[name=planned_from]")).to_have_value("2026-11-23T15:00")
    board.get_by_role("button", name="派出").click()
    expect(board.locator(f"{house.lanes['zhao']} .job")).to_contain_text("新来的活")
    assert troubles == []
