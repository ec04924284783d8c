"""The front desk in a real browser: received, told, handed out with a signature on a phone."""

from playwright.sync_api import expect

from houqin.kernel.people.actions import grant_role
from houqin.lines.front_desk.access import RECEPTIONIST
from houqin.lines.front_desk.models import Parcel
from houqin.platform.files.models import Attachment
from tests.browser.conftest import browser, cast, house, running_clock, troubles, window
from tests.browsing import PHONE, in_browser, sound, wait_until

__all__ = ["browser", "cast", "house", "running_clock", "troubles", "window"]
pytestmark = in_browser


def receive(desk, place):
    """The clerk enters what the carrier has brought."""
    desk.goto("/front-desk/")
    sound(desk)
    desk.get_by_role("link", name="登记快递").click()
    sound(desk)
    for name, text in (
        ("recipient", "吴工"),
        ("carrier", "顺丰"),
        ("tracking_number", "SF0000424242"),
    ):
        desk.fill(f"[name={name}]", text)
    desk.select_option("[name=place]", str(place.pk))
    desk.get_by_role("button", name="保存").click()
    expect(desk.locator("#main")).to_contain_text("待领取")
    sound(desk)


def sign(desk):
    """The recipient draws on the pad of the clerk's phone."""
    desk.locator("#action-bar").get_by_text("交给收件人").click()
    desk.fill("[name=signature_name]", "吴工")
    wait_until(desk, "document.querySelector('.pad__canvas').width > 300")  # unmounted: 300
    pad = desk.locator("canvas").bounding_box()
    desk.mouse.move(pad["x"] + 20, pad["y"] + 40)
    desk.mouse.down()
    desk.mouse.move(pad["x"] + 120, pad["y"] + 70, steps=6)
    desk.mouse.up()
    desk.locator("#dialog-body").get_by_role("button", name="交给收件人").click()


def test_a_parcel_is_received_told_and_signed_for_on_a_phone(house, window, troubles):
    clerk = house.person("zheng", "小郑", house.hq)
    grant_role(clerk, RECEPTIONIST, place=house.near)
    desk, phone = window(PHONE, clerk), window(PHONE, house.wu)
    receive(desk, house.building)
    parcel = Parcel.objects.get()
    phone.goto("/notices/")
    phone.get_by_role("button", name="查看").click()
    expect(phone.locator("#main")).to_contain_text(f"取件码 {parcel.code}")
    sound(phone)
    sign(desk)
    expect(desk.locator("#main")).to_contain_text("已领取")
    expect(desk.locator(".signature__image")).to_be_visible()
    assert Attachment.objects.of(parcel).get().tag == "signature"
    phone.reload()
    expect(phone.locator("#main")).not_to_contain_text("取件码")
    assert troubles == []
