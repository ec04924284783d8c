"""Take the pictures of the documentation from a running demonstration.

    bin/demo                                   # in one terminal
    .venv/bin/python docs/screenshots/make.py  # in another; BASE names another address

Needs the development packages (`bin/bootstrap dev`) and a Chromium.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

BASE = os.environ.get("BASE", "http://127.0.0.1:8000")
FOLDER = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-dev-shm-usage", "--font-render-hinting=none"]
DESK, PHONE = (1440, 900), (390, 844)

# name, who, size, path (or what to click on the page before), themes and languages
SHOTS = [
    ("signin", "", DESK, "/signin/", ["light-zh"]),
    ("workbench", "chen", DESK, "/", ["light-zh", "dark-zh", "light-en"]),
    ("queue", "chen", DESK, "/demands/", ["light-zh"]),
    ("review", "chen", DESK, "/review/", ["light-zh", "dark-zh", "light-en"]),
    ("request", "chen", DESK, "/demands/?q=空调不制热", ["light-zh", "dark-zh"]),
    ("board", "chen", DESK, "/dispatch/", ["light-zh"]),
    ("hotline", "chen", DESK, "/hotline/", ["light-zh"]),
    ("dashboard", "lin", DESK, "/dashboard/", ["light-zh", "dark-zh", "light-en"]),
    ("roster", "lin", DESK, "/roster/", ["light-zh"]),
    ("wall", "lin", DESK, "/wall/", ["light-zh"]),
    ("calendar", "lin", DESK, "/calendar/", ["light-zh"]),
    ("new-request", "wugong", PHONE, "/demands/new/hvac/", ["light-zh"]),
    ("home", "wugong", PHONE, "/", ["light-zh"]),
    ("my-orders", "wang", PHONE, "/orders/mine/", ["light-zh", "dark-zh"]),
    ("order", "wang", PHONE, "/orders/mine/", ["light-zh"]),
]


def main() -> None:
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, who, size, path, looks in SHOTS:
            for look in looks:
                take(browser, name, who, size, path, look)
        browser.close()


def take(
    browser: Browser, name: str, who: str, size: tuple[int, int], path: str, look: str
) -> None:
    theme, language = look.split("-")
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,
        timezone_id="Asia/Shanghai",
        locale="zh-CN",
        device_scale_factor=1 if width > 600 else 2,
        reduced_motion="reduce",
    )
    page = context.new_page()
    if who:
        page.goto(f"{BASE}/signin/")
        page.click(f"button[name=username][value={who}]")
    speak(page, language)
    page.goto(BASE + path)
    if name in ("request", "order"):
        page.locator("[data-open], .rows__title a, .card-x__title").first.click()
        page.wait_for_load_state()
    page.wait_for_timeout(400)
    save(page.screenshot(), FOLDER / f"{name}-{width}-{look}.png")
    speak(page, "zh")
    context.close()


def speak(page: Page, language: str) -> None:
    """Choose the language of the account, as the menu does."""
    code = {"zh": "zh-hans", "en": "en"}[language]
    token = page.locator("input[name=csrfmiddlewaretoken]").first
    if page.url.startswith(BASE) and token.count():
        page.request.post(
            f"{BASE}/language/",
            form={"language": code, "csrfmiddlewaretoken": token.input_value()},
            headers={"Referer": BASE},
        )


def save(shot: bytes, path: Path) -> None:
    """Write a picture of 256 colours: a third of the size, and nobody sees it."""
    image = Image.open(BytesIO(shot)).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()
