"""What is typed into a form ends when the server has accepted it, and only then."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from houqin.desk.demands.models import Demand
from tests.browsing import DESK, in_browser, sign_in

pytestmark = in_browser
EMPTY = {
    "#id_who": "",
    "#id_person": "",
    "#id_phone": "",
    "#id_place": "",
    "#id_entry": "",
    "#id_title": "",
}


class Call:
    """The hotline desk."""

    def __init__(self, page: Page):
        self.page = page

    def open(self) -> None:
        self.page.goto("/hotline/")
        self.page.wait_for_selector("[role=combobox]#id_entry")

    def choose(self, field: str, typed: str) -> None:
        self.page.locator(field).click()
        self.page.locator(field).fill("")
        self.page.locator(field).press_sequentially(typed)
        self.page.locator("[role=listbox]:visible [role=option]", has_text=typed).first.click()

    def say(self, who="吴工", place="502", entry="其他维修", title="窗帘拉不动") -> None:
        self.choose("#id_who", who)
        self.choose("#id_place", place)
        self.choose("#id_entry", entry)
        self.page.locator("#id_title").fill(title)

    def send(self) -> None:
        self.page.get_by_role("button", name="登记", exact=True).click()

    def holds(self, **answers: str) -> None:
        for field, value in (
            EMPTY | {f"#id_{name}": value for name, value in answers.items()}
        ).items():
            expect(self.page.locator(field)).to_have_value(value)
        expect(self.note).to_be_visible(visible=bool(answers))

    @property
    def note(self):
        return self.page.locator("[data-draft-note]")


def run_out(page: Page) -> None:
    """The session ends; the page stands as it was."""
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


@pytest.fixture
def call(house, window):
    call = Call(window(DESK, house.chen))
    call.open()
    return call


def test_after_each_registration_the_form_is_empty(house, call, troubles):
    call.say()
    call.send()
    expect(call.page.locator(".said")).to_have_text(re.compile(r"XQ-2026-\d{6}"))
    expect(call.page.locator("#id_who")).to_be_focused()
    call.holds()
    call.page.reload()
    call.page.wait_for_selector("[role=combobox]#id_entry")
    call.holds()
    call.page.goto("/demands/")
    call.open()
    call.holds()
    call.page.go_back()
    call.page.go_back()
    call.page.wait_for_selector("[role=combobox]#id_entry")
    call.holds()
    assert Demand.objects.get().requester == house.wu
    assert troubles == []


def test_what_was_never_sent_is_back_with_a_note_and_can_be_cleared(call, troubles):
    call.say()
    call.page.goto("/demands/")
    call.open()
    expect(call.note).to_contain_text("草稿已恢复")
    expect(call.page.locator("#id_title")).to_have_value("窗帘拉不动")
    call.choose("#id_who", "吴工")
    call.note.get_by_role("button", name="清空").click()
    call.holds()
    expect(call.page.locator("#id_who")).to_be_focused()
    call.open()
    call.holds()
    assert troubles == []


def test_a_refusal_keeps_what_was_typed(call):
    call.say()
    call.page.locator("#id_title").fill(" ")
    call.send()
    expect(call.page.locator(".field__error")).to_have_count(1)
    call.open()
    expect(call.note).to_be_visible()
    expect(call.page.locator("#id_who")).to_have_value("吴工")


def test_a_session_that_ran_out_keeps_what_was_typed(house, call, live_server):
    call.say()
    run_out(call.page)
    call.send()
    call.page.wait_for_url("**/signin/**")
    sign_in(call.page.context, house.chen, live_server.url)
    call.open()
    expect(call.note).to_be_visible()
    expect(call.page.locator("#id_title")).to_have_value("窗帘拉不动")
    assert not Demand.objects.exists()


def test_a_network_that_fails_keeps_what_was_typed(call):
    call.say()
    call.page.route("**/hotline/", lambda route: route.abort())
    call.send()
    call.page.wait_for_url("chrome-error://**")
    call.page.unroute("**/hotline/")
    call.open()
    expect(call.note).to_be_visible()
    expect(call.page.locator("#id_title")).to_have_value("窗帘拉不动")


def test_phone_and_place_are_those_of_the_caller_chosen_last(house, call):
    house.submit()
    house.submit(house.meng, place=house.building)
    phone, place = call.page.locator("#id_phone"), call.page.locator("[name=place]")
    for who, where in (("吴工", house.room), ("孟工", house.building), ("李班长", "")):
        person = {"吴工": house.wu, "孟工": house.meng}.get(who, house.li)
        call.choose("#id_who", who)
        expect(phone).to_have_value(person.phone)
        expect(place).to_have_value(str(where and where.pk))
    phone.fill("13900001111")
    call.choose("#id_place", "502")
    call.choose("#id_who", "孟工")
    expect(phone).to_have_value("13900001111")
    expect(place).to_have_value(str(house.room.pk))


def test_a_comment_ends_when_it_stands_in_the_thread(house, window, live_server):
    page = window(DESK, house.wu)
    url, box = house.submit().get_absolute_url(), page.locator("[name=text]")
    page.goto(url)
    page.wait_for_selector("[data-htmx-powered]", state="attached")
    box.fill("门开着")
    run_out(page)
    with page.expect_response("**/comment/**"):
        page.get_by_role("button", name="发送").click()
    page.wait_for_load_state("networkidle")
    sign_in(page.context, house.wu, live_server.url)
    page.goto(url)
    expect(box).to_have_value("门开着")
    page.wait_for_selector("[data-htmx-powered]", state="attached")
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#demand")).to_contain_text("门开着")
    expect(box).to_have_value("")
    page.wait_for_load_state("networkidle")
    page.goto(url)
    expect(box).to_have_value("")
