"""A technician at the door with one hand free: scan, arrive, tick off, photograph, have it signed, finish."""

from playwright.sync_api import expect

from houqin.desk.catalogue.models import Entry
from houqin.work.orders.actions import accept_order, finish_order, seed_fault_codes, start_order
from houqin.work.orders.models import WorkOrder
from tests.browser.story import Story
from tests.browsing import PHONE, in_browser

pytestmark = in_browser
STEPS = ["断电挂牌", "冷凝水盘已疏通", "（选做）拍下铭牌"]
# The height of everything that a thumb has to hit in the page and at its foot.
LOW = """() => [...document.querySelectorAll(".sheet button, .sheet .btn, .action-bar .btn, .step-x")]
  .filter((one) => one.checkVisibility() && !one.closest(".menu"))
  .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML.slice(0, 120))"""


def test_a_technician_does_the_whole_job_at_the_place(house, window, troubles):
    before = house.order()
    accept_order(house.wang, before)
    start_order(house.wang, before)
    used = [{"name": "电磁阀 DN20", "quantity": 1, "unit": "只", "price_fen": 8650}]
    finish_order(house.wang, before, result="好了", materials=used)
    Entry.objects.filter(code="hvac").update(steps=STEPS, met_signs=True)
    seed_fault_codes()
    order = house.order(photos=True)
    accept_order(house.wang, order)
    story = Story(window)
    phone = window(PHONE, house.wang, has_touch=True)
    arrive(story, phone, house, order)
    tick_off(story, phone)
    photograph(story, phone)
    finish(story, phone)
    assert story.wrong == []
    assert [
        trouble
        for trouble in troubles
        if "ERR_INTERNET_DISCONNECTED" not in trouble and "Failed to fetch" not in trouble
    ] == []
    order.refresh_from_db()
    assert (order.status, order.arrived_by_code, order.met_name) == ("done", True, "前台小周")
    assert (order.symptom.name, order.cause.name) == ("不制热", "阀门卡死")
    assert [(line.unit, line.price_fen) for line in order.materials.all()] == [("只", 8650)]
    assert order.steps_done.count() == 2


def arrive(story, phone, house, order):
    phone.goto(f"/at/{house.room.label}/")  # what the camera opens
    expect(phone.get_by_role("heading", name="我在这里的工单")).to_be_visible()
    story.look(phone, "50-scanned")
    phone.get_by_role("button", name="扫码到场，开始").click()
    expect(phone.get_by_text("已扫码到场", exact=True)).to_be_visible()
    assert order.number in phone.url


def tick_off(story, phone):
    phone.evaluate("window.same = true")
    expect(phone.get_by_role("button", name="完工")).to_contain_text("还差 2 步必做")
    for nth, words in enumerate(STEPS[:2], 1):
        step = phone.get_by_role("button", name=words)
        step.click()
        expect(phone.get_by_role("button", name=words)).to_have_attribute("aria-pressed", "true")
        expect(phone.locator("#order-steps .count")).to_have_text(f"{nth} / 3")
    assert phone.evaluate("window.same")  # the page has not been loaded anew
    assert phone.evaluate(LOW) == []
    story.look(phone, "51-ticked")


def photograph(story, phone):
    story.speak(phone, "拍照")
    story.take_photos(phone, "valve-before", field="before")
    story.take_photos(phone, "valve-after", field="after")
    phone.locator("#dialog-body").get_by_role("button", name="拍照", exact=True).click()
    expect(phone.get_by_text("前后照片齐了")).to_be_visible()


def finish(story, phone):
    story.speak(phone, "完工")
    phone.get_by_label("怎么处理的").fill("换电磁阀。")
    phone.locator("summary", has_text="故障代码").click()
    phone.get_by_label("故障现象").fill("不制热")
    phone.get_by_label("故障原因").fill("阀门卡死")
    phone.locator("summary", has_text="用料和外委").click()
    phone.locator("[name=materials-0-name]").fill("电磁阀 DN20")
    phone.locator("[name=materials-0-quantity]").fill("2")
    expect(phone.locator("[name=materials-0-price]")).to_have_value("86.50")
    phone.get_by_label("签名人姓名").fill("前台小周")
    story.draw(phone)
    story.look(phone, "52-finish")
    send = phone.locator("#dialog-body").get_by_role("button", name="完工")
    phone.context.set_offline(True)
    send.click()
    expect(phone.get_by_role("alert")).to_contain_text("没有网络")
    expect(phone.get_by_label("怎么处理的")).to_have_value("换电磁阀。")
    phone.context.set_offline(False)
    send.click()
    expect(phone.locator("#order .state").first).to_have_text("已完工")
    expect(phone.get_by_alt_text("前台小周 的签名")).to_be_visible()
    story.look(phone, "53-finished")


def test_steps_are_ticked_off_without_scripts(house, window):
    Entry.objects.filter(code="hvac").update(steps=STEPS[:1])
    order = house.order()
    accept_order(house.wang, order)
    start_order(house.wang, order)
    phone = window(PHONE, house.wang, java_script_enabled=False)
    phone.goto(order.get_absolute_url())
    phone.get_by_role("button", name="断电挂牌").click()
    expect(phone.get_by_role("button", name="断电挂牌")).to_have_attribute("aria-pressed", "true")
    assert WorkOrder.objects.get().steps_done.count() == 1
