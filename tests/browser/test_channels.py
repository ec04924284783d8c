"""Every other way in, from the first word to the signed result, in real browsers."""

import re

import pytest
from playwright.sync_api import expect

from houqin.demo.pictures import FOLDER
from houqin.desk.demands.actions import dispatch_demand, grade_demand
from houqin.desk.demands.models import Acceptance, Demand
from houqin.kernel.timekeeping import turned_to
from houqin.work.orders.actions import accept_order, finish_order, start_order
from houqin.work.orders.models import WorkOrder
from tests.browsing import DESK, PHONE, in_browser
from tests.cast import picture

pytestmark = in_browser
KEY = 0.2  # seconds: somebody who types 60 words a minute
CHINESE = 4  # keys for one character: its pinyin and the choice
THINKING = 1.0  # seconds to look at a list before taking from it


def brought_to_done(house, at):
    """What the desk and the technician do between, by the actions that their pages call."""
    with turned_to(at):
        return _do(house)


def _do(house):
    demand = Demand.objects.get()
    grade_demand(house.chen, demand, grade=demand.grade)
    dispatch_demand(house.chen, demand, executor=house.wang)
    for do in (accept_order, start_order):
        do(house.wang, WorkOrder.objects.get())
    shots = {"before": [picture("b.jpg", "red")], "after": [picture("a.jpg", "green")]}
    finish_order(house.wang, WorkOrder.objects.get(), result="换了镇流器", **shots)
    return demand


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_a_stranger_scans_reports_and_signs(house, window, troubles, running_clock, scripted):
    phone = window(PHONE, java_script_enabled=scripted)
    phone.goto(f"/at/{house.room.label}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("滨江园区 2 号楼 502")
    phone.locator("label", has_text=re.compile(r"^\s*电\s*$")).click()
    phone.get_by_label("怎么了").fill("灯一闪一闪")
    phone.locator("input[type=file]").set_input_files([FOLDER / "photo-ceiling-before.jpg"])
    phone.get_by_label("怎么称呼您").fill("沈工")
    phone.get_by_label("手机").fill("138 0013 5127")
    phone.get_by_role("button", name="提交报修").click()
    expect(phone.get_by_text("只有拿到链接的人能看")).to_be_visible()
    link = phone.url
    brought_to_done(house, running_clock.now())
    phone.goto(link)
    phone.get_by_role("link", name="签字验收").click()
    phone.get_by_role("button", name="签字确认，验收通过").click()
    expect(phone.locator(".state").first).to_have_text("已验收")
    assert Acceptance.objects.get().signed_name == "沈工"
    assert troubles == []


class Typist:
    """Fingers on a keyboard, and how long they take."""

    def __init__(self, page):
        self.page, self.keys, self.seconds = page, 0, 0.0

    def type(self, text):
        self.page.keyboard.type(text)
        self._took(sum(1 if letter.isascii() else CHINESE for letter in text))

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self._took(len(keys))

    def take(self, typed, key):
        """Type until the list shows it, look, and take the first."""
        self.type(typed)
        expect(self.page.locator("[role=listbox]:visible [role=option]").first).to_contain_text(
            typed
        )
        self.seconds += THINKING
        self.press(key)

    def _took(self, keys):
        self.keys, self.seconds = self.keys + keys, self.seconds + keys * KEY


def test_a_call_is_taken_down_by_keyboard_alone_within_a_minute(house, window, troubles):
    house.submit(title="门锁打不开", entry="furniture")
    desk = window(DESK, house.chen)
    desk.goto("/hotline/")
    desk.wait_for_selector("[role=combobox]#id_who")
    hands = Typist(desk)
    hands.take("吴工", "Enter")
    expect(desk.locator("#beside")).to_contain_text("门锁打不开")
    hands.press("Tab", "Tab", "Tab")  # past the phone and the place, which are known
    hands.take("空调", "Tab")
    expect(desk.locator("#questions")).to_contain_text("现象")
    hands.type("502 会议室空调不制热")
    hands.press("Tab", "Space", "ArrowRight")  # 不制冷, no: 不制热
    hands.press("Tab", "ArrowLeft", "Enter")  # one more than routine: important
    expect(desk.locator(".said")).to_have_text(re.compile(r"XQ-2026-\d{6}"))
    demand = Demand.objects.order_by("pk").last()
    assert desk.locator(".said").inner_text() == demand.number
    assert (demand.requester, demand.entry.code, demand.place) == (house.wu, "hvac", house.room)
    assert (demand.claimed, demand.answers) == ("important", {"symptom": "不制热"})
    expect(desk.locator("#id_who")).to_be_focused()  # ready for the next call
    assert hands.seconds <= 60
    assert troubles == []


def choose_place_and_service(desk):
    for label, typed in (("在哪里", "502"), ("服务项", "其他维修")):
        desk.get_by_role("combobox", name=label).fill(typed)
        desk.locator("[role=listbox]:visible [role=option]").first.click()


def test_a_caller_without_an_account_is_called_back_and_signed_for(
    house, window, troubles, running_clock
):
    desk = window(DESK, house.chen)
    desk.goto("/hotline/")
    desk.get_by_role("combobox", name="谁").fill("张师傅")
    desk.get_by_label("联系电话").fill("139 0000 1111")
    choose_place_and_service(desk)
    desk.get_by_label("怎么了，一句话").fill("灯一闪一闪")
    desk.get_by_role("button", name="登记", exact=True).click()
    expect(desk.locator(".said")).to_be_visible()
    demand = brought_to_done(house, running_clock.now())
    desk.goto(demand.get_absolute_url())
    desk.locator(".action-bar").get_by_role("link", name="代来电人验收").click()
    desk.get_by_label("怎么确认的").fill("电话回访，来电人说好了")
    desk.locator("#dialog-body").get_by_role("button", name="代来电人验收").click()
    expect(desk.locator("#demand")).to_contain_text("陈专员 代签")
    assert Acceptance.objects.get().on_behalf == "电话回访，来电人说好了"
    assert troubles == []


def test_a_paper_form_is_transcribed_and_signed_by_whom_it_is_for(
    house, window, troubles, running_clock
):
    desk = window(DESK, house.chen)
    desk.goto("/paper/")
    desk.get_by_label("纸单的照片或扫描件").set_input_files(
        [FOLDER / "photo-valve-before.jpg", FOLDER / "photo-ceiling-before.jpg"]
    )
    desk.get_by_role("button", name="放入待录盘").click()
    desk.get_by_role("link", name="从第一张开始录").click()
    expect(desk.get_by_alt_text("纸单扫描件")).to_be_visible()
    desk.get_by_role("combobox", name="谁").press_sequentially("吴工")
    desk.get_by_role("option", name="吴工").click()
    choose_place_and_service(desk)
    desk.get_by_label("纸单日期").fill("2026-11-20")
    desk.get_by_label("怎么了，一句话").fill("窗帘拉不动")
    desk.get_by_role("button", name="录入，看下一张").click()
    # the next of the tray
    expect(desk.locator(".page__sub")).to_contain_text("photo-ceiling-before")
    demand = brought_to_done(house, running_clock.now())
    requester = window(PHONE, house.wu)
    requester.goto(demand.get_absolute_url())
    expect(requester.get_by_role("link", name="photo-valve-before.jpg")).to_be_visible()
    requester.locator(".action-bar").get_by_role("link", name="签字验收").click()
    requester.get_by_role("button", name="签字确认，验收通过").click()
    expect(requester.locator(".page__head .state")).to_have_text("已验收")
    assert (demand.channel, Acceptance.objects.get().signer) == ("paper", house.wu)
    assert troubles == []
