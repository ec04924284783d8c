"""What a person does with the menu: fold, pin, order; and everything of one's roles by taps on a phone."""

import pytest
from playwright.sync_api import expect

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.ui.shell.menu import Menu
from tests.browsing import DESK, PHONE, in_browser, violations

pytestmark = in_browser
BUSINESS = ("wu", "wang", "li", "ma", "chen", "lin", "xu", "luo")
# The addresses of the links that are to be seen, without scrolling sideways, and can be tapped.
LINKS = """() => [...document.querySelectorAll("a[href]")]
  .filter((link) => link.checkVisibility() && link.getBoundingClientRect().right <= innerWidth)
  .map((link) => link.getAttribute("href"))"""


@pytest.fixture
def everybody(house):
    """One person of each role."""
    grant_role(house.person("luo", "罗经理", house.lab), Role.HEAD, department=house.lab)
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        grant_role(house.person(role, str(role.label), house.hq), role)
    return house


def tapped_from_home(page):
    """What can be reached from home by one tap on the bar, or by 我的 and one more."""
    page.goto("/")
    reached = set(page.evaluate(LINKS))
    page.locator(".tabbar a[href='/me/']").click()
    page.wait_for_url("**/me/")
    return reached | set(page.evaluate(LINKS))


@pytest.mark.parametrize("username", [*BUSINESS, "system_admin", "security_admin", "auditor"])
def test_every_entry_of_every_role_is_reached_by_taps_on_a_phone(
    everybody, window, username, troubles
):
    person = getattr(everybody, username)
    page = window(PHONE, person)
    reached = tapped_from_home(page)
    wanted = {str(item.label): item.url for item in Menu(person).items}
    assert wanted
    assert {label: url for label, url in wanted.items() if url not in reached} == {}
    for url in wanted.values():
        assert page.request.get(url).status == 200, url
    assert not troubles


def test_on_a_phone_more_leads_to_the_roster_and_on_to_the_swaps(house, window):
    page = window(PHONE, house.chen)
    for label, heading in (
        ("派工调度", "/dispatch/"),
        ("热线登记", "/hotline/"),
        ("班组", "/teams/"),
    ):
        page.goto("/me/")
        page.locator("#more").get_by_role("link", name=label).click()
        page.wait_for_url(f"**{heading}")
    page.goto("/me/")
    page.locator("#more").get_by_role("link", name="值班表").click()
    page.wait_for_url("**/roster/")
    assert "/roster/swaps/" in page.evaluate(LINKS)


def test_a_group_stays_as_it_was_left(house, window, troubles):
    page = window(DESK, house.chen)
    page.goto("/")
    roster, dashboard = (page.locator(f".rail [title='{name}']") for name in ("值班表", "数据看板"))
    assert roster.is_visible()
    assert dashboard.is_hidden()
    for name in ("服务台", "分析"):
        with page.expect_response("**/me/menu/"):
            page.locator(f"summary[title='{name}']").click()
    assert roster.is_hidden()
    assert dashboard.is_visible()
    page.goto("/notices/")
    assert roster.is_hidden()
    assert dashboard.is_visible()
    page.goto("/demands/")
    assert roster.is_visible()  # the group of the page is open
    assert violations(page) == []
    assert not troubles


def test_entries_are_pinned_and_ordered_in_place(house, window, troubles):
    page = window(DESK, house.chen)
    page.goto("/me/menu/")
    for name in ("固定 值班表", "固定 数据看板", "上移 数据看板"):
        with page.expect_response("**/me/menu/"):
            page.get_by_role("button", name=name, exact=True).click()
        page.locator(".htmx-request").wait_for(state="detached")
    page.locator("#arrange h2", has_text="常用").wait_for()
    titles = page.locator(".rail__item").evaluate_all("all => all.map((one) => one.title)")
    assert titles[:5] == ["工作台", "我的需求", "审批", "数据看板", "值班表"]
    assert page.evaluate("document.activeElement.id") == "up-dashboard"
    assert violations(page) == []
    page.get_by_role("button", name="恢复默认").click()
    expect(page.get_by_role("heading", name="常用")).to_have_count(0)
    assert not troubles


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_menu_is_arranged_without_a_script_too(house, window, width):
    page = window(width, house.wang, java_script_enabled=False)
    page.goto("/me/")
    page.get_by_role("link", name="调整菜单").locator("visible=true").first.click()
    page.get_by_role("button", name="固定 值班表", exact=True).click()
    expect(page.locator("#arrange h2").nth(0)).to_have_text("我的")
    expect(page.locator("#arrange h2").nth(1)).to_have_text("常用")
    page.get_by_role("button", name="下移 工作台", exact=True).click()
    expect(page.locator("#arrange ul").first.locator("li").nth(1)).to_contain_text("工作台")
    house.wang.refresh_from_db()
    assert Menu(house.wang).keys["own"][1] == "home"


@pytest.mark.parametrize("username", ["system_admin", "security_admin", "auditor"])
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_homes_of_the_administrators_are_in_order(everybody, window, username, width, troubles):
    page = window(width, getattr(everybody, username))
    page.goto("/")
    assert page.get_by_role("heading", name="等我处理").is_visible()
    assert violations(page) == []
    assert not troubles
