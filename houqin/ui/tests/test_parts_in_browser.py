"""The shared parts in a real browser, under the site's own content security policy."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browsing import (
    in_browser,
    overflow,
    running_clock,
    troubles,
    violations,
    visit,
    wait_until,
    window,
)

__all__ = ["running_clock", "troubles", "visit", "window"]

PAGES = ["/", "/form/", "/blank/", "/bare/", "/verb/", "/trouble/404/"]

pytestmark = [*in_browser, pytest.mark.urls("houqin.ui.tests.gallery.urls")]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_overflows(visit, path):
    page = visit(path)
    for width, theme in [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        assert violations(page) == []
        assert overflow(page) <= 0
        own_controls = "getComputedStyle(document.documentElement).colorScheme"
        assert page.evaluate(own_controls) == theme  # pickers, boxes, scrollbars


def test_pages_keep_the_content_security_policy(visit, troubles):
    visit("/")
    visit("/form/")
    assert troubles == []


def test_a_verb_opens_in_the_dialog_and_its_errors_and_refusals_stay_there(visit):
    page = visit("/?quiet")
    page.wait_for_selector(
        "[data-htmx-powered]", state="attached"
    )  # until then the link opens its page
    page.keyboard.press("g")
    dialog = page.locator("dialog")
    expect(dialog).to_be_visible()
    page.get_by_role("button", name="挂起").click()
    expect(dialog.locator(".field__error")).to_have_count(1)
    dialog.get_by_text("等备件").click()
    page.get_by_role("button", name="挂起").click()
    expect(dialog.get_by_role("alert")).to_contain_text("不能执行此操作")
    dialog.get_by_text("取消").click()
    expect(dialog).to_be_hidden()


def test_keys_walk_the_rows_and_are_silent_while_someone_types(visit):
    page = visit("/?quiet")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.is-cursor")).to_contain_text("XQ-2026-004386")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#row$"))
    page.keyboard.press("/")
    page.keyboard.type("jgk")
    expect(page.locator("[data-search]")).to_have_value("jgk")
    expect(page.locator("dialog")).to_be_hidden()


def test_single_keys_can_be_switched_off(visit):
    page = visit("/?quiet")
    page.locator("details.menu > summary.btn-ghost").click()
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("g")
    expect(page.locator("dialog")).to_be_hidden()


def test_the_chosen_theme_is_there_from_the_first_paint(visit, live_server):
    page = visit("/?quiet")
    page.locator("details.menu > summary.btn-ghost").click()
    page.get_by_role("button", name="深色").click()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    first = page.request.get(live_server.url + "/").text()
    assert 'data-bs-theme="dark"' in first


def test_a_draft_comes_back_after_leaving_and_can_be_dropped(visit):
    page = visit("/form/")
    page.get_by_label("怎么了？").fill("水管漏了")
    page.get_by_text("空调", exact=True).click()
    page.goto("about:blank")
    page.go_back()
    expect(page.get_by_label("怎么了？")).to_have_value("水管漏了")
    expect(page.get_by_role("radio", name="空调")).to_be_checked()
    page.get_by_role("button", name="清空").click()
    expect(page.get_by_label("怎么了？")).to_have_value("")
    page.reload()
    expect(page.get_by_label("怎么了？")).to_have_value("")


def test_photos_are_shrunk_added_up_and_can_be_taken_off(visit, tmp_path):
    page = visit("/form/")
    picture = Image.effect_noise((2400, 1200), 90).convert("RGB")
    for name in ("one.jpg", "two.jpg"):
        picture.save(tmp_path / name, quality=98)
        page.locator("input[type=file]").set_input_files(tmp_path / name)
    expect(page.locator("[data-previews] img")).to_have_count(2, timeout=20_000)
    size = page.evaluate(
        """async () => {
          const files = document.querySelector("input[type=file]").files;
          const picture = await createImageBitmap(files[0]);
          return [files.length, picture.width, picture.height, files[0].type];
        }"""
    )
    assert size == [2, 2000, 1000, "image/jpeg"]
    page.get_by_role("button", name="去掉这张").first.click()
    expect(page.locator("[data-previews] img")).to_have_count(1)


def test_a_signature_goes_as_a_picture_and_can_be_written_again(visit):
    page = visit("/form/")
    pad = page.locator(".pad__canvas")
    pad.scroll_into_view_if_needed()
    wait_until(page, "document.querySelector('.pad__canvas').width > 300")  # unmounted: 300
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=8)
    page.mouse.up()
    hidden = page.locator("[data-widget=signature] input[type=hidden]")
    assert hidden.input_value().startswith("data:image/png;base64,")
    page.get_by_role("button", name="重写").click()
    assert hidden.input_value() == ""


def test_without_a_script_the_form_is_whole(visit):
    page = visit("/form/", java_script_enabled=False)
    expect(page.get_by_label("签名人姓名")).to_be_visible()
    expect(page.locator("input[type=file]")).to_be_visible()
    expect(page.locator(".pad")).to_be_hidden()
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".field__error").first).to_be_visible()
