"""A coordinator's morning at the review desk, with the keyboard alone: nothing here ever moves a mouse."""

from collections import Counter

from playwright.sync_api import Page, expect

from houqin.desk.demands.models import Demand
from houqin.work.orders.models import WorkOrder
from tests.browsing import DESK, in_browser
from tests.cast import later

pytestmark = in_browser
WAITING = 20


class Keyboard:
    """The hands of the coordinator."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def opened(self) -> str:
        return self.page.locator(".desk__main .num").first.inner_text()

    def and_then(self, *keys: str) -> None:
        """Press; the next one lies on the desk afterwards, and the keys reach it."""
        before = self.opened()
        self.press(*keys)
        expect(self.page.locator(".desk__main .num").first).not_to_have_text(before)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("[data-htmx-powered]", state="attached")

    def in_dialog(self, key: str, *keys: str) -> None:
        """Open the dialog of a verb by its letter, and go on in it: the focus is where the answer goes."""
        self.press(key)
        expect(self.page.locator("dialog[open]")).to_be_visible()
        self.press(*keys)

    def tick(self, count: int) -> None:
        for _nth in range(count):
            self.press("j", "x")
        expect(self.page.locator("[data-count]")).to_have_text(str(count))

    def go_to(self, name: str) -> None:
        """With Tab, as far as the link of that name, and Enter."""
        for _nth in range(60):
            self.press("Tab")
            if name in self.page.evaluate("document.activeElement.innerText ?? ''").split("\n")[0]:
                return self.press("Enter")
        raise AssertionError(f"Tab does not reach {name}")


def reported(cast):
    """Twenty of this morning: lamps and heaters, two of them the same leak, told by two people."""
    titles = [f"{nth} 号会议室灯不亮" for nth in range(1, WAITING - 1)]
    for nth, title in enumerate(titles):
        cast.submit(title=title, entry="electrical", grade="routine", at=later(minutes=nth - 60))
    cast.submit(title="茶水间漏水", entry="plumbing", grade="important", at=later(minutes=-90))
    cast.submit(
        cast.meng,
        title="茶水间地上有水",
        entry="plumbing",
        grade="important",
        at=later(minutes=-80),
    )


def one_by_one(hands, page):
    """The two that matter, then three of the lamps."""
    expect(page.locator(".desk__title")).to_have_text("茶水间漏水")
    hands.in_dialog("?", "Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    hands.and_then("1", "a")  # it is urgent
    hands.press("m")
    expect(page.locator("dialog[open]")).to_contain_text("茶水间漏水")
    hands.and_then("Enter")  # the likely one is chosen already
    hands.and_then("3", "a")
    for letter, reason in (("b", "是哪一盏？"), ("r", "属物业管")):
        hands.in_dialog(letter)
        page.keyboard.insert_text(reason)
        hands.and_then("Tab", "Tab", "Enter")
    hands.press("p", "ArrowDown")  # the first of those proposed
    hands.and_then("Tab", "Enter")


def the_rest_together(hands, page):
    hands.tick(13)
    hands.in_dialog("a", "Enter")
    expect(page.locator("#toasts")).to_contain_text("完成 13 件")
    hands.ready()
    hands.press("a")
    expect(page.get_by_text("没有待初审的需求")).to_be_visible()


def given_to_the_team(hands, page):
    hands.go_to("看需求队列")
    hands.ready()
    hands.go_to("待派工")
    expect(page.locator("[data-row]")).to_have_count(16)
    hands.ready()
    hands.tick(16)
    hands.in_dialog("d", "ArrowDown", "Tab", "Tab", "Tab", "Enter")
    expect(page.locator("#toasts")).to_contain_text("完成 16 件")


def test_twenty_requests_are_decided_and_given_out_without_a_mouse(house, window, troubles):
    reported(house)
    page = window(DESK, house.chen)
    hands = Keyboard(page)
    page.goto("/review/")
    hands.ready()
    one_by_one(hands, page)
    the_rest_together(hands, page)
    given_to_the_team(hands, page)
    assert Demand.objects.get(title="茶水间地上有水").merged_into.title == "茶水间漏水"
    assert Counter(Demand.objects.values_list("status", flat=True)) == {
        "dispatched": 17, "merged": 1, "returned": 1, "rejected": 1,
    }  # fmt: skip
    assert WorkOrder.objects.count() == 17
    assert troubles == []
