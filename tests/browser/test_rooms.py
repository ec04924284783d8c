"""Rooms in a real browser: a series over the national holiday, a drag, and an empty chair."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from houqin.desk.demands.models import Demand
from houqin.kernel.timekeeping import turned_to
from houqin.lines.rooms.models import Meeting
from houqin.lines.rooms.samples import at, door, room
from houqin.lines.rooms.sweeps import raise_near_services, release_no_shows
from houqin.lines.rooms.tests.test_booking import book
from houqin.lines.rooms.tests.test_invitations import Diary, received
from tests.browsing import DESK, PHONE, in_browser, sound
from tests.cast import NOW

pytestmark = in_browser

# A Monday; 1 to 7 October are off, Saturday 10 October is worked.
SEPTEMBER = datetime(2026, 9, 21, 10, 0, tzinfo=NOW.tzinfo)
FRIDAY = datetime(2026, 10, 9, 9, 0, tzinfo=NOW.tzinfo)
SATURDAY, MONDAY = FRIDAY.replace(day=10), FRIDAY.replace(day=12)
PLANNED = [
    "2026-09-30 星期三 14:00–15:00",
    "2026-10-08 星期四 14:00–15:00",
    "2026-10-09 星期五 14:00–15:00 201 会议室已有 10-09 14:30–15:30 孟工的会议",
    "2026-10-10 星期六 14:00–15:00",
    "2026-10-12 星期一 14:00–15:00",
]


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


def test_the_tablet_at_the_door_checks_in_and_ends(house, window, running_clock, troubles):
    address, start = f"/rooms/door/{door(house)['token']}/", at(14)
    book(house.wu, room(house), 14, 16)
    running_clock(start)
    tablet = window(1280)
    tablet.goto(address)
    sound(tablet)
    for verb, word in (("签到", "使用中"), ("提前结束", "空闲")):
        tablet.get_by_role("button", name=verb).click()
        expect(tablet.locator("#door")).to_contain_text(word)
        sound(tablet)
    assert Meeting.objects.get().status == "ended"
    assert troubles == []


class WorkingDays:
    """A series on working days over the holiday, from its booking to the empty chair of its last day."""

    def __init__(self, house, window, running_clock):
        self.house, self.window, self.clock = house, window, running_clock
        self.first, self.second = room(house), room(house, "305 会议室")
        house.wang.email = "wang@house.example"
        house.wang.save()
        self.diary = Diary()

    def open(self, user, path, start, width=DESK):
        """That page in a window of `user`, from the moment `start` on."""
        self.clock(start)
        page = self.window(width, user)
        page.goto(path)
        return page

    def book(self):
        """Where the room is taken on one day, that day is left out."""
        asked = "?room=R1&day=2026-09-30&starts=14:00&ends=15:00"
        page = self.open(self.house.wu, f"/rooms/new/{asked}", SEPTEMBER)
        with turned_to(SEPTEMBER):
            book(self.house.meng, self.first, 14.5, 15.5, days=18)
        page.fill("[name=subject]", "项目例会")
        page.fill("[name=attendees]", "王师傅")
        page.get_by_label("茶歇").check()
        page.get_by_text("重复的会议").click()
        page.select_option("[name=repeat]", "daily")
        page.fill("[name=until]", "2026-10-12")
        page.select_option("[name=on_rest_days]", "skip")
        page.get_by_role("button", name="预订", exact=True).click()
        expect(page.locator("#plan li")).to_contain_text(PLANNED)
        expect(page.locator("#plan :checked")).to_have_count(4)
        sound(page)
        page.get_by_role("button", name="预订选中的日期").click()
        expect(page.locator("#main")).to_contain_text("共 4 次")
        sound(page)

    def move(self):
        """The meeting of the Saturday that is worked goes to another room and hour."""
        with turned_to(FRIDAY):
            assert raise_near_services(FRIDAY) == 1
        saturday = Meeting.objects.get(starts_at__date="2026-10-10")
        page = self.open(self.house.wu, saturday.get_absolute_url(), FRIDAY)
        page.get_by_role("link", name="改时间地点").click()
        dialog = page.locator("#dialog-body")
        for name, answer in (("starts", "16:00"), ("ends", "17:00")):
            dialog.locator(f"[name={name}]").fill(answer)
        dialog.locator("[name=room]").select_option("R2")
        sound(page)
        dialog.get_by_role("button", name="改时间地点").click()
        expect(page.locator(".page__head")).to_contain_text("2026-10-10 16:00")
        return saturday

    def see_tea(self, meeting):
        """The desk has the tea at the new hour in the new room."""
        tea = meeting.services.get().demand
        desk = self.open(self.house.chen, tea.get_absolute_url(), FRIDAY)
        expect(desk.locator("#main")).to_contain_text("明天 15:45")
        sound(desk)

    def come(self):
        """Whoever booked reads the code at the door."""
        soon = SATURDAY.replace(hour=15, minute=55)
        page = self.open(self.house.wu, "/rooms/R2/check-in/", soon, PHONE)
        page.get_by_role("button", name="签到").click()
        expect(page.locator("#main")).to_contain_text("进行中")
        sound(page)

    def wait(self):
        asked = "?room=R1&day=2026-10-12&starts=14:00&ends=15:30"
        page = self.open(self.house.meng, f"/rooms/new/{asked}", FRIDAY, PHONE)
        page.fill("[name=subject]", "面试")
        page.get_by_role("button", name="预订", exact=True).click()
        sound(page)
        page.get_by_role("button", name="排队等这间").click()
        expect(page.locator("#main")).to_contain_text("排队中")
        sound(page)

    def nobody_comes(self):
        """A quarter of an hour after the start the room goes to whoever waits."""
        late = MONDAY.replace(hour=14, minute=16)
        page = self.open(self.house.meng, "/notices/", late, PHONE)
        for moment, count in ((MONDAY, 3), (late, 1)):  # on the days before nobody came either
            with turned_to(moment):
                assert release_no_shows(moment) == count
        page.reload()
        expect(page.locator("#main")).to_contain_text("排到了：201 会议室")
        page.get_by_role("button", name="查看").first.click()
        sound(page)
        page.get_by_role("button", name="确认使用").click()
        expect(page.locator("#main")).to_contain_text("已预订")
        page.goto("/rooms/R1/check-in/")
        page.get_by_role("button", name="签到").click()
        expect(page.locator("#main")).to_contain_text("进行中")


def test_a_series_on_working_days_goes_from_its_booking_to_an_empty_chair(
    house, window, running_clock, troubles
):
    series = WorkingDays(house, window, running_clock)
    series.book()
    taken_in = series.diary.take(received("wang@house.example"))
    days = ["09-30 14:00", "10-08 14:00", "10-10 14:00", "10-12 14:00"]
    assert [f"{timezone.localtime(start):%m-%d %H:%M}" for start, _subject in taken_in] == days
    saturday = series.move()
    series.see_tea(saturday)
    (invitation,) = letters = received("wang@house.example")
    assert invitation.vevent.location.value.startswith("305 会议室")
    taken_in = series.diary.take(letters)
    assert (SATURDAY.replace(hour=16).astimezone(UTC), "项目例会") in taken_in
    assert len(taken_in) == 4
    series.wait()
    series.come()
    series.nobody_comes()
    (refused,) = troubles  # the room that was taken, before the wait for it
    assert re.search(r"/rooms/new/: .* status of 422", refused)
