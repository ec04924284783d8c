"""Rooms in a real browser: a series over the national holiday, a drag, and an empty chair."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from houqin.desk.demands.models import Demand
from houqin.lines.rooms.models import Meeting
from houqin.lines.rooms.samples import at, room
from houqin.lines.rooms.sweeps import release_no_shows
from houqin.lines.rooms.tests.test_booking import book
from tests.browsing import DESK, PHONE, in_browser
from tests.cast import NOW

pytestmark = in_browser

# A Monday; 1 to 7 October are off, Saturday 10 October is worked.
SEPTEMBER = datetime(2026, 9, 21, 10, 0, tzinfo=NOW.tzinfo)


@pytest.fixture
def grid(house, window, running_clock):
    """The rooms of a day, of somebody at a desk."""
    first, second = room(house), room(house, "305 会议室")

    def shown(user, day, start=NOW):
        running_clock(start)
        page = window(DESK, user)
        page.goto(f"/rooms/?day={day}")
        page.wait_for_selector("[data-widget=rooms][data-ready]")
        return page

    house.rooms = first, second
    return shown


def held():
    """The day and hour of each meeting that is booked, with its room."""
    rows = Meeting.objects.filter(status="booked").order_by("starts_at").select_related("room")
    return [f"{timezone.localtime(row.starts_at):%m-%d %H:%M} {row.room.name[:3]}" for row in rows]


def test_a_series_over_the_holiday_is_booked_one_meeting_is_dragged_and_its_tea_follows(
    grid, house, troubles
):
    page = grid(house.wu, "2026-09-23", SEPTEMBER)
    page.locator("[data-lane=R1] [data-slot='14']").click()  # 14:00
    page.fill("[name=subject]", "项目例会")
    page.get_by_label("茶歇").check()
    page.get_by_text("重复的会议").click()
    page.select_option("[name=repeat]", "weekly")
    page.fill("[name=until]", "2026-10-14")
    page.select_option("[name=on_rest_days]", "next")
    page.get_by_role("button", name="预订", exact=True).click()
    expect(page.locator("#plan")).to_contain_text("10-07 休息，顺延")
    page.get_by_role("button", name="预订选中的日期").click()
    expect(page.locator("#main")).to_contain_text("共 4 次")
    assert held() == ["09-23 14:00 201", "09-30 14:00 201", "10-08 14:00 201", "10-14 14:00 201"]
    page.goto("/rooms/?day=2026-09-23")
    page.wait_for_selector("[data-widget=rooms][data-ready]")
    onto = page.locator("[data-lane=R2] [data-slot='18']")
    page.locator("[data-move]").drag_to(onto, source_position={"x": 4, "y": 8})
    expect(page.locator("#dialog-body [name=starts]")).to_have_value("16:00")
    page.locator("#dialog-body").get_by_role("button", name="改时间地点").click()
    expect(page.locator("[data-lane=R2] .rooms__bar")).to_contain_text("项目例会")
    assert held()[0] == "09-23 16:00 305"
    tea = Demand.objects.get(entry__code="tea")
    assert f"{timezone.localtime(tea.wanted_at):%m-%d %H:%M}" == "09-23 15:45"
    assert troubles == []


def test_a_stretch_is_drawn_over_free_slots_and_not_over_a_meeting(grid, house, troubles):
    book(house.meng, house.rooms[0], 15, 16)
    page = grid(house.wu, "2026-11-23")

    def draw(first, last):
        for slot, press in ((first, page.mouse.down), (last, page.mouse.up)):
            box = page.locator(f"[data-lane=R1] [data-slot='{slot}']").bounding_box()
            page.mouse.move(box["x"] + 4, box["y"] + 8, steps=4)
            press()

    draw(13, 19)  # from 13:30 over the meeting at three to 17:00
    expect(page.locator(".is-picked")).to_have_count(0)
    draw(12, 14)
    expect(page.locator("[name=starts]")).to_have_value("13:00")
    expect(page.locator("[name=ends]")).to_have_value("14:30")
    assert troubles == []


def test_nobody_comes_and_whoever_waits_confirms_on_the_phone(house, window, running_clock):
    where = room(house)
    book(house.wu, where, 14, 16)
    page = window(PHONE, house.meng)
    page.goto("/rooms/new/?room=R1&day=2026-11-23&starts=14:00&ends=15:30")
    page.fill("[name=subject]", "面试")
    page.get_by_role("button", name="预订", exact=True).click()
    page.get_by_role("button", name="排队等这间").click()
    expect(page.locator("#main")).to_contain_text("排队中")
    running_clock(at(14) + timedelta(minutes=16))
    release_no_shows(at(14) + timedelta(minutes=16))
    page.goto("/notices/")
    expect(page.locator("#main")).to_contain_text("排到了：201 会议室")
    page.goto(Meeting.objects.get(organiser=house.meng).get_absolute_url())
    page.get_by_role("button", name="确认使用").click()
    expect(page.locator("#main")).to_contain_text("已预订")
    page.goto("/rooms/R1/check-in/")
    page.get_by_role("button", name="签到").click()
    expect(page.locator("#main")).to_contain_text("进行中")
