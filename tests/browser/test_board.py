"""The board as a manager uses it: press a number, see its rows; read the table of the chart; print it; the
wall looks again by itself."""

import re

from playwright.sync_api import expect

from houqin.cockpit.actions import make_wall_link
from houqin.desk.demands.models import Demand
from tests.browser.lives import Lives
from tests.browsing import in_browser, overflow, violations

pytestmark = in_browser


def test_a_number_is_pressed_and_its_rows_are_there(house, visit, troubles):
    Lives(house)
    page = visit("/dashboard/", user=house.lin)
    number = page.locator("#followed").locator("xpath=../..").locator("a.n").nth(1)
    rows = number.get_attribute("data-count")
    number.press("Enter")
    assert rows == "1"
    expect(page.locator("h1 .count")).to_have_text(rows)
    assert page.locator("tr[data-row]").count() == 1
    page.go_back()
    page.locator("summary", has_text="看数字").click()
    assert page.locator(".chart-table table").is_visible()
    page.emulate_media(media="print")
    parts = (".rail", ".topbar", ".no-print", ".chart")
    assert [page.locator(part).first.is_visible() for part in parts] == [
        False, False, False, True,
    ]  # fmt: skip
    assert troubles == []


def test_the_wall_looks_again_by_itself_and_fits_the_screen(house, window, troubles):
    house.submit()
    _link, token = make_wall_link(house.lin, name="东墙", place=None)
    page = window(1920)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.clock.install()
    page.goto(f"/wall/{token}/")
    first = page.locator("dd").first
    assert first.inner_text() == "1"
    assert overflow(page) == 0
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    assert violations(page) == []
    house.submit()
    assert Demand.objects.count() == 2
    page.clock.fast_forward(21_000)
    expect(first).to_have_text("2")
    assert not re.search("吴工|孟工", page.content())
    assert troubles == []
