"""Finding with the keyboard alone."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browsing import DESK, in_browser

pytestmark = in_browser


@pytest.mark.parametrize("held", ["/", "Control+k"])
def test_a_request_is_found_and_opened_without_a_mouse(held, house, window, troubles):
    demand = house.submit(title="茶水间漏水")
    page = window(DESK, house.chen)
    page.goto("/")
    page.keyboard.press(held)
    page.keyboard.type("茶水")
    hit = page.locator(".search__panel .found__hit").first
    expect(hit).to_contain_text(demand.number)
    expect(hit.locator("mark")).to_have_text("茶水")  # the answer to both letters
    expect(hit).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-search]")).to_be_focused()
    expect(page.locator(".search__panel")).to_be_hidden()
    page.keyboard.type("间")
    expect(hit.locator("mark")).to_have_text("茶水间")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{demand.get_absolute_url()}")
    assert troubles == []


def test_an_answer_that_comes_late_does_not_take_the_list_from_under_the_hand(
    house, window, troubles
):
    demand = house.submit(title="茶水间漏水")
    page = window(DESK, house.chen)
    page.goto("/")
    waiting = []
    page.route(f"**/search/?q={quote('茶水')}*", lambda route: waiting.append(route))
    box, hit = page.locator("[data-search]"), page.locator(".search__panel .found__hit").first
    box.press_sequentially("茶")
    expect(hit).to_contain_text(demand.number)
    with page.expect_request("**/search/*"):
        box.press_sequentially("水")
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    with page.expect_response("**/search/*"):
        waiting.pop().continue_()
    page.wait_for_load_state("networkidle")
    expect(hit).to_be_focused()
    assert troubles == []
