"""The row under the cursor, what lies on the desk and what a key means are one, however slow the answers."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from houqin.desk.demands.actions import withdraw_demand
from houqin.desk.demands.models import Demand
from tests.browsing import DESK, in_browser, violations
from tests.cast import later

pytestmark = in_browser
CURSOR = ".desk__item.is-cursor"
PANE = re.compile(r"/review/\?number=")
SLOW = 0.7  # seconds


@pytest.fixture
def six(house):
    """Six that wait, the first the most pressing."""
    return [
        house.submit(title=f"{nth} 号会议室灯不亮", at=later(minutes=nth - 60))
        for nth in range(1, 7)
    ]


@pytest.fixture
def desk(house, six, window) -> Page:
    page = window(DESK, house.chen)
    page.goto("/review/")
    page.wait_for_selector("[data-htmx-powered]", state="attached")
    return page


def slow_down(page: Page) -> None:
    """From now on each pane takes its time."""

    def late(route):
        time.sleep(SLOW)
        route.continue_()

    page.route(PANE, late)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def lies_there(page: Page, demand: Demand) -> None:
    """The row under the cursor and the pane say the same."""
    expect(page.locator(f"{CURSOR} [data-open]")).to_have_text(demand.title)
    expect(page.locator(".desk__title")).to_have_text(demand.title)
    expect(page.locator(f"{CURSOR}[aria-current]")).to_have_count(1)


def states() -> list[str]:
    return list(Demand.objects.order_by("submitted_at").values_list("status", flat=True))


def test_the_pane_follows_the_cursor(desk, six, troubles):
    for key, nth in [("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0), ("j", 1)]:
        press(desk, key)
        lies_there(desk, six[nth])
    desk.locator("[data-open]").nth(4).click()
    lies_there(desk, six[4])
    assert violations(desk) == []
    desk.reload()
    lies_there(desk, six[4])
    assert troubles == []


def test_a_verb_typed_fast_means_the_highlighted_one(desk, six, troubles):
    slow_down(desk)
    press(desk, "j", "j", "j", "j", "3", "a")
    expect(desk.locator(f"{CURSOR} [data-open]")).to_have_text(six[4].title)
    expect(desk.locator(".desk__item")).to_have_count(5, timeout=15_000)
    assert states() == ["submitted"] * 4 + ["graded", "submitted"]
    assert Demand.objects.get(pk=six[4].pk).grade == "routine"
    assert troubles == []


def test_a_dialog_is_that_of_the_highlighted_one(desk, six, troubles):
    slow_down(desk)
    press(desk, "j", "j", "r")
    dialog = desk.locator("dialog[open]")
    expect(dialog).to_be_visible(timeout=15_000)
    lies_there(desk, six[2])
    assert six[2].number in dialog.locator("form.stack").get_attribute("action")
    assert troubles == []


def test_what_is_typed_before_a_dialog_is_there_does_nothing(desk, six):
    desk.route(re.compile("/reject/"), lambda route: (time.sleep(SLOW), route.continue_()))
    press(desk, "r", "a", "j", "3", "a")
    expect(desk.locator("dialog[open]")).to_be_visible(timeout=15_000)
    lies_there(desk, six[0])
    assert states() == ["submitted"] * 6


def test_back_and_forth_ends_on_the_highlighted_one(desk, six):
    slow_down(desk)
    press(desk, "j", "k", "j", "j", "k", "3", "a")
    expect(desk.locator(".desk__item")).to_have_count(5, timeout=15_000)
    assert states() == ["submitted", "graded"] + ["submitted"] * 4


def test_beside_a_pane_that_does_not_come_no_key_means_anything(desk, six):
    desk.context.set_offline(True)
    press(desk, "j")
    expect(desk.locator("[data-lost]")).to_be_attached()
    press(desk, "3", "a")
    expect(desk.locator(f"{CURSOR} [data-open]")).to_have_text(six[1].title)
    desk.wait_for_timeout(300)
    assert states() == ["submitted"] * 6
    press(desk, "k")
    lies_there(desk, six[0])
    desk.context.set_offline(False)
    press(desk, "j")
    lies_there(desk, six[1])
    press(desk, "3", "a")
    expect(desk.locator(".desk__item")).to_have_count(5)
    assert states() == ["submitted", "graded"] + ["submitted"] * 4


def test_what_somebody_else_decided_is_shown_as_it_is_now(desk, six, house):
    withdraw_demand(house.wu, six[1], reason="又亮了")
    press(desk, "j", "3", "a")
    desk.wait_for_url(f"**{six[1].get_absolute_url()}")
    assert states() == ["submitted", "cancelled"] + ["submitted"] * 4


def test_without_a_script_a_row_is_a_link(house, six, window):
    page = window(DESK, house.chen, java_script_enabled=False)
    page.goto("/review/")
    page.get_by_role("link", name=six[3].title, exact=True).click()
    lies_there(page, six[3])


def test_on_a_phone_a_row_opens_its_own_page(house, six, window):
    page = window(390, house.chen)
    page.goto("/review/")
    page.get_by_role("link", name=six[3].title, exact=True).click()
    expect(page.locator(".desk__title")).to_have_text(six[3].title)
    expect(page.locator(".desk__list")).to_be_hidden()
    page.go_back()
    expect(page.locator(".desk__list")).to_be_visible()
