"""From a house that nobody lives in to its first signed request, as the people of a new customer do it."""

import re
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import RoleGrant, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import turned_to
from houqin.setup.directory.models import RoleWish
from houqin.setup.sign_in_links.actions import make_setup_link
from houqin.work.teams.models import Team
from tests.browser.story import PASSWORD, Story
from tests.browsing import DESK, PHONE, in_browser
from tests.cast import NOW

pytestmark = [*in_browser, pytest.mark.long]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACES = [
    ["BJ", "滨江园区", "园区", None],
    ["BJ-2", "2 号楼", "大楼", "BJ"],  # no such kind
    ["BJ-2-502", "502", "房间", "BJ-2"],
]
DEPARTMENTS = [["G", "滨江科创集团", None], ["RD1", "研发一部", "G"], ["HQ", "后勤服务中心", "G"]]
PEOPLE = [
    ["1001", "吴工", "RD1", "5127", None, None, None, None, None],
    ["1002", "陈专员", "后勤", "6801", None, "后勤专员", None, None, None],  # a name, not a code
    [
        "1003",
        "王师傅",
        "HQ",
        "6821",
        None,
        "维修技术员",
        "BJ",
        "滨江工程班",
        "暖通",
    ],  # no such role
]
WRONG = (
    ("地点", "3", "类别", "没有“大楼”这种类别"),
    ("地点", "4", "上级编码", "上级“BJ-2”在第 3 行，那一行有错"),
    ("人员", "3", "部门编码", "没有编码为“后勤”的部门"),
    ("人员", "4", "角色", "没有“维修技术员”这个角色"),
)


def filled(template: bytes, *, right: bool) -> dict[str, object]:
    """The downloaded template with the house's rows in it, as a person would upload it."""
    book = openpyxl.load_workbook(BytesIO(template))
    for title, rows in (("地点", PLACES), ("部门", DEPARTMENTS), ("人员", PEOPLE)):
        for number, row in enumerate(rows, 2):
            for column, cell in enumerate(row, 1):
                book[title].cell(number, column, cell)
    if right:
        book["地点"]["C3"], book["人员"]["C3"], book["人员"]["F4"] = "楼栋", "HQ", "维修技师"
    out = BytesIO()
    book.save(out)
    return {"name": "滨江.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}


class Newcomers:
    """The people of a new house, each in a window of their own."""

    def __init__(self, window, story):
        self.window, self.story = window, story
        self.links: dict[str, str] = {}

    def found(self, page: Page, code: str) -> None:
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text("这里还没有人")
        self.story.look(page, "00-nobody")
        page.get_by_label("设置码").fill(code)
        page.get_by_role("button", name="开始设置").click()
        page.get_by_label("单位名称").fill("滨江科创集团")
        for post, name in zip(
            page.locator("fieldset.post").all(),
            ("林主管", "赵系统", "钱安全", "孙审计"),
            strict=True,
        ):
            post.get_by_label("姓名").fill(name)
        self.story.look(page, "01-found")
        page.get_by_role("button", name="建立单位和账号").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("账号建好了")
        for username in ("manager", "sysadmin", "secadmin", "auditor"):
            part = page.locator("section", has_text=f"工号 {username}")
            self.links[username] = part.get_by_role("link").get_attribute("href") or ""
        self.story.look(page, "02-links")

    def move_in(self, username: str, width: int = DESK) -> Page:
        """Choose a password by one's link and sign in with it."""
        page: Page = self.window(width, has_touch=width == PHONE)
        page.goto(self.links[username])
        for label in ("新密码", "再输一遍新密码"):
            page.get_by_label(label, exact=True).fill(PASSWORD)
        self.story.look(page, f"03-password-{username}")
        page.get_by_role("button", name="设好密码，去登录").click()
        page.get_by_label("工号").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_label("密码")).to_have_count(0)
        return page

    def bring(self, page: Page) -> None:
        """The sheet with three errors, what is said of them, and the corrected one."""
        expect(page.get_by_role("heading", level=1)).to_have_text("滨江科创集团")
        self.story.look(page, "04-steps")
        page.get_by_role("link", name="用 Excel 导入").click()
        self.story.look(page, "05-import")
        with page.expect_download() as download:
            page.get_by_role("link", name="空白模板").click()
        template = download.value.path().read_bytes()
        page.get_by_label("填好的工作簿").set_input_files(files=[filled(template, right=False)])
        page.get_by_role("button", name="上传并预览").click()
        rows = page.get_by_role("region", name="4 处错误").locator("tbody tr")
        for row, (sheet, number, column, sentence) in zip(rows.all(), WRONG, strict=True):
            expect(row.locator("td").nth(0)).to_have_text(sheet)
            expect(row.locator("td").nth(1)).to_have_text(number)
            expect(row.locator("td").nth(2)).to_have_text(column)
            expect(row.locator("td").nth(3)).to_contain_text(sentence)
        self.story.look(page, "06-errors")
        assert not Place.objects.exists()
        page.get_by_role("link", name="换一个文件").click()
        page.get_by_label("填好的工作簿").set_input_files(files=[filled(template, right=True)])
        page.get_by_role("button", name="上传并预览").click()
        expect(page.get_by_text("没有错误")).to_be_visible()
        self.story.look(page, "07-right")
        page.get_by_role("button", name=re.compile("导入 .* 行")).click()
        expect(page.get_by_text("已导入").first).to_be_visible()

    def hand_out_links(self, page: Page) -> None:
        for username, name in (("1001", "吴工"), ("1002", "陈专员"), ("1003", "王师傅")):
            page.get_by_label("主导航").get_by_role("link", name="人员").click()
            page.get_by_role("link", name=name).click()
            page.get_by_role("button", name="重设密码的链接").click()
            self.links[username] = page.locator(".onelink a").get_attribute("href") or ""
        self.story.look(page, "08-link")

    def grant(self, page: Page) -> None:
        page.get_by_role("link", name="核对并授予").click()
        self.story.look(page, "09-wishes")
        page.get_by_role("button", name="授予勾选的").click()
        expect(page.get_by_role("heading", name="没有待授予的角色")).to_be_visible()

    def settle(self, page: Page) -> None:
        """The manager: own hours, the standard as it is, and on to the first request."""
        menu = page.get_by_label("主导航")
        menu.get_by_text("设置", exact=True).click()  # folded: it is not the manager's daily work
        menu.get_by_role("link", name="设置向导").click()
        page.get_by_role("link", name="核对工作时段").click()
        page.get_by_label("周六").fill("9:00-12:00")
        self.story.look(page, "10-hours")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_label("周六")).to_have_value("09:00–12:00")
        page.get_by_role("link", name="回设置向导").click()
        for step in ("工作日历", "服务标准"):
            page.get_by_role("button", name=f"{step}：这样就对").click()
            expect(page.get_by_text(f"“{step}”已确认。")).to_be_visible()
        self.story.look(page, "11-settled")
        expect(page.locator("[aria-current=step]")).to_contain_text("提第一件需求")

    def work(self, story: Story) -> None:
        """The main job, by people who came with the sheet."""
        requester, technician = self.move_in("1001", PHONE), self.move_in("1003", PHONE)
        story.raise_demand(requester)
        coordinator = self.move_in("1002")
        story.review(coordinator)
        story.dispatch(coordinator)
        story.accept_and_start(technician)
        story.finish(technician)
        story.sign(requester)


@pytest.fixture
def empty_house(live_server, transactional_db, running_clock, settings, tmp_path):
    """A house behind a live server in which nobody lives, and the code that opens it."""
    settings.MEDIA_ROOT = tmp_path
    running_clock(NOW)
    with turned_to(NOW):
        return make_setup_link(NOW)


def test_an_empty_house_comes_to_its_first_signed_request(empty_house, window, troubles):
    story = Story(window)
    people = Newcomers(window, story)
    people.found(window(PHONE), empty_house)
    system = people.move_in("sysadmin")
    people.bring(system)
    people.hand_out_links(system)
    assert not RoleGrant.objects.filter(user__username="1003").exists()
    people.grant(people.move_in("secadmin"))
    assert not RoleWish.objects.exists()
    people.settle(people.move_in("manager"))
    people.work(story)
    auditor = people.move_in("auditor")
    auditor.get_by_label("主导航").get_by_role("link", name="审计").click()
    expect(auditor.get_by_text("吴工").first).to_be_visible()
    story.look(auditor, "20-trail")
    assert story.wrong == []
    assert [trouble for trouble in troubles if "404" not in trouble] == []
    done = Demand.objects.get(number=story.number)
    assert (done.requester.username, done.status) == ("1001", "closed")
    assert Team.objects.get().members.get() == User.objects.get(username="1003")
