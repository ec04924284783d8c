"""The main job, step by step, as people do it with their hands; every page they come to is checked."""

import re

from playwright.sync_api import Page, expect

from houqin.demo.pictures import FOLDER
from tests.browsing import PHONE, overflow, snap, violations, wait_until

PASSWORD = "a long and quiet Monday"


class Story:
    """`scripted` is whether their browsers run scripts. Where they do not, there are no dialogs, no keys, no
    drawing and no previews, and everything else is the same."""

    def __init__(self, window, scripted=True):
        self.window, self.scripted = window, scripted
        self.wrong: list[str] = []
        self.number = ""

    def enter(self, user, width: int) -> Page:
        """Sign in at the door."""
        user.set_password(PASSWORD)
        user.save()
        page: Page = self.window(width, java_script_enabled=self.scripted, has_touch=width == PHONE)
        page.goto("/")
        page.get_by_label("工号").fill(user.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(user.name)
        return page

    def look(self, page: Page, name: str) -> None:
        """Whatever is on the screen has to be in order. Without scripts it is the same page."""
        if self.scripted:
            page.wait_for_load_state("load")
            snap(page, f"job-{name}")
            self.wrong += [f"{name}: {violation}" for violation in violations(page)]
            if overflow(page) > 0:
                self.wrong.append(f"{name}: {overflow(page)} pixels too wide")

    def raise_demand(self, phone: Page, *, grade="重要") -> None:
        phone.get_by_label("底部导航").get_by_role("link", name="新需求").click()
        self.look(phone, "01-catalogue")
        phone.get_by_role("link", name="空调").click()
        phone.get_by_label("在哪里").select_option(label="2 号楼 502")
        phone.get_by_label("怎么了，一句话").fill("502 会议室空调不制热")
        phone.locator("label", has_text="不制热").click()
        phone.get_by_label("详细说明").fill("出风口滴水，下午有客户。\n钥匙在前台。")
        self.take_photos(phone, "valve-before", "ceiling-before")
        phone.locator(".choice--list label", has_text=grade).click()
        self.look(phone, "02-form")
        phone.get_by_role("button", name="提交", exact=True).click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("502 会议室空调不制热")
        self.number = phone.url.rstrip("/").rpartition("/")[2]
        self.look(phone, "03-raised")

    def take_photos(self, page: Page, *names: str, field: str = "") -> None:
        field = f"[name={field}]" if field else ""
        page.locator(f"input[type=file]{field}").set_input_files(
            [FOLDER / f"photo-{name}.jpg" for name in names]
        )
        if self.scripted:
            shown = page.locator(f"[data-photos]:has({field or 'input'}) [data-previews] img")
            expect(shown).to_have_count(len(names), timeout=20_000)

    def review(self, desk: Page) -> None:
        """With the keyboard where there is one: 2 is the second tile, a accepts."""
        desk.get_by_label("主导航").get_by_role("link", name="审核台").click()
        expect(desk.locator(".desk__title")).to_have_text("502 会议室空调不制热")
        self.look(desk, "04-desk")
        if self.scripted:
            desk.keyboard.press("3")
            expect(desk.locator("input[name=grade][value=routine]")).to_be_checked()
            desk.keyboard.press("2")
            expect(desk.locator("input[name=grade][value=important]")).to_be_checked()
            desk.keyboard.press("a")
        else:
            desk.locator("label[for=grade-important]").click()
            desk.get_by_role("button", name="受理并定级").click()
        expect(desk.get_by_text("没有待初审的需求")).to_be_visible()
        self.look(desk, "05-desk-empty")

    def dispatch(self, desk: Page) -> None:
        desk.get_by_label("主导航").get_by_role("link", name="需求队列").click()
        self.look(desk, "06-queue")
        desk.get_by_role("link", name="502 会议室空调不制热").click()
        self.look(desk, "07-graded")
        self.speak(desk, "派工", key="d")
        desk.locator("label", has_text="王师傅").click()
        desk.get_by_label("为什么这样派").fill("就近，会暖通")
        self.look(desk, "08-dispatch")
        desk.get_by_role("button", name="派出").click()
        expect(desk.locator(".page__head .state")).to_have_text("已派工")
        self.look(desk, "09-dispatched")

    def speak(self, page: Page, label: str, key: str = "") -> None:
        """Open the form of a verb by its key, or by its button."""
        if self.scripted and key:
            page.wait_for_selector("[data-htmx-powered]", state="attached")
            page.keyboard.press(key)
        else:
            page.locator(".action-bar").get_by_role("link", name=label).click()
        if self.scripted:
            expect(page.locator("dialog")).to_be_visible()

    def accept_and_start(self, phone: Page) -> None:
        phone.get_by_label("底部导航").get_by_role("link", name="我的工单").click()
        self.look(phone, "10-my-orders")
        phone.get_by_role("button", name="接单").click()
        expect(phone.locator(".card-x .state")).to_have_text("已接单")
        phone.get_by_role("link", name="502 会议室空调不制热").click()
        self.look(phone, "11-accepted")
        phone.get_by_role("button", name="到场，开始").click()
        expect(phone.locator("#order .state").first).to_have_text("处理中")
        self.look(phone, "12-started")

    def finish(self, phone: Page) -> None:
        expect(phone.get_by_role("button", name="完工")).to_have_attribute("aria-disabled", "true")
        self.speak(phone, "拍照")
        self.take_photos(phone, "valve-before", field="before")
        self.take_photos(phone, "valve-after", field="after")
        self.look(phone, "13-photos")
        phone.locator("#dialog-body").get_by_role("button", name="拍照", exact=True).click()
        expect(phone.get_by_text("前后照片齐了")).to_be_visible()
        self.speak(phone, "完工")
        phone.get_by_label("怎么处理的").fill("换电磁阀，清洗滤网。\n试机 20 分钟正常。")
        phone.get_by_label("工时：小时").fill("1")
        phone.get_by_label("分钟").fill("30")
        phone.locator("summary", has_text="用料和外委").click()
        for part, text in {
            "name": "电磁阀 DN20",
            "quantity": "1",
            "unit": "只",
            "price": "86.5",
        }.items():
            phone.locator(f"[name=materials-0-{part}]").fill(text)
        self.look(phone, "14-finish")
        phone.locator("#dialog-body").get_by_role("button", name="完工").click()
        expect(phone.locator("#order .state").first).to_have_text("已完工")
        expect(phone.locator("#order")).to_contain_text("86.50")
        self.look(phone, "15-finished")

    def sign(self, phone: Page) -> None:
        """From the notice: stars, a word, the signature with a finger."""
        phone.get_by_label("底部导航").get_by_role("link", name="消息").click()
        self.look(phone, "16-notices")
        phone.get_by_role("button", name=re.compile("^查看")).first.click()
        self.look(phone, "17-to-sign")
        self.speak(phone, "签字验收")
        for group in ("响应速度", "服务态度", "解决问题"):
            phone.get_by_role("group", name=group).locator("label").nth(4).click()
        phone.get_by_label("想说的话").fill("修得快，地也拖干净了。")
        if self.scripted:
            self.draw(phone)
        self.look(phone, "18-sign")
        phone.get_by_role("button", name="签字确认，验收通过").click()
        expect(phone.locator("#demand")).to_contain_text("已固化")
        self.look(phone, "19-signed")

    def draw(self, phone: Page) -> None:
        pad = phone.locator(".pad__canvas")
        pad.scroll_into_view_if_needed()
        wait_until(phone, "document.querySelector('.pad__canvas').width > 300")  # unmounted: 300
        box = pad.bounding_box()
        assert box
        phone.mouse.move(box["x"] + 30, box["y"] + 110)
        phone.mouse.down()
        for x, y in [(90, 40), (120, 120), (180, 50), (260, 90)]:
            phone.mouse.move(box["x"] + x, box["y"] + y, steps=5)
        phone.mouse.up()

    def refuse(self, phone: Page, reason: str) -> None:
        self.speak(phone, "没修好，退回返工")
        phone.get_by_label("原因").fill(reason)
        self.look(phone, "30-refuse")
        phone.locator("#dialog-body").get_by_role("button", name="没修好，退回返工").click()
        expect(phone.locator("#demand .pill").get_by_text("返工")).to_be_visible()

    def do_again(self, phone: Page, result: str) -> None:
        phone.goto("/orders/mine/")
        expect(phone.locator(".card-x")).to_contain_text("返工，第 2 次")
        self.look(phone, "31-again")
        phone.get_by_role("button", name="接单").click()
        phone.get_by_role("link", name="502 会议室空调不制热").click()
        phone.get_by_role("button", name="到场，开始").click()
        self.speak(phone, "完工")
        phone.get_by_label("怎么处理的").fill(result)
        phone.locator("#dialog-body").get_by_role("button", name="完工").click()
        expect(phone.locator("#order .state").first).to_have_text("已完工")

    def find_in_archive(self, desk: Page) -> None:
        desk.get_by_label("主导航").get_by_role("link", name="需求队列").click()
        desk.get_by_label("视图").get_by_role("link", name="已归档").click()
        self.look(desk, "20-archive")
        desk.get_by_role("link", name="502 会议室空调不制热").click()
        demand = desk.locator("#demand")
        expect(demand).to_contain_text("吴工")
        expect(demand.get_by_text("5 / 5")).to_have_count(3)
        expect(demand).to_contain_text("修得快，地也拖干净了。")
        expect(demand).to_contain_text("试机 20 分钟正常。")
        if self.scripted:
            signature = desk.get_by_alt_text("吴工 的签名")
            signature.scroll_into_view_if_needed()
            wait_until(
                desk,
                """[...document.images].some((img) =>
                img.alt === "吴工 的签名" && img.complete && img.naturalWidth > 0)""",
            )
        self.look(desk, "21-archived")
