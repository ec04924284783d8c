"""A real Chromium for the tests: windows onto the live server, and what is wrong with a page they show."""

import atexit
import os
import time
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from houqin.kernel import timekeeping
from tests.effort import EFFORT

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # playwright's loop runs beside the live server
AXE = Path(settings.BASE_DIR) / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = Path(settings.BASE_DIR) / "build" / "screenshots"
# The address bar of a whole Chromium is drawn by two more processes for each window, which nobody sees. The
# last --disable-features is the one that counts: of Playwright's own those that a page can tell are repeated.
WITHOUT = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "PreconnectToSearch",
]
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    f"--disable-features={','.join(WITHOUT)}",
    # A page lives for less than it takes to optimise its scripts.
    "--js-flags=--no-opt",
]
PHONE, DESK = 390, 1440
HEIGHTS = {PHONE: 844, DESK: 900}
# Chromium reports what its own policy refuses only as text; this names the directive and the source.
REPORT = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP", event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber));"""

in_browser = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path(settings.FRONTEND_MANIFEST).exists(), reason="bin/frontend has not run"
    ),
]


@cache
def chromium() -> Browser:
    """One Chromium for a whole process: Playwright lets nobody start it twice."""
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    wanted = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    path = wanted if Path(wanted).exists() else None
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture(scope="session")
def browser():
    """Each window of it is a person with cookies of their own."""
    return chromium()


def wait_until(page: Page, expression: str, *, seconds: float = 10) -> None:
    """Wait until `expression` holds in `page`; asked from here, as the policy of a page refuses the poll
    that wait_for_function leaves in it."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"never held: {expression}"
        page.wait_for_timeout(50)


@pytest.fixture
def troubles():
    """What went wrong in any window: script errors, refused resources, breaches of the content policy."""
    return []


class RunningClock:
    """`clock(start)` lets the house live from `start` on, in every thread and every window: the clock runs.
    `ahead` is by how much it differs from the machine's."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.ahead = timedelta()

    def __call__(self, start: datetime) -> None:
        self.ahead = start - timezone.now()
        running = SimpleNamespace(now=self.now, localtime=timezone.localtime)
        self.monkeypatch.setattr(timekeeping, "timezone", running)

    def now(self) -> datetime:
        moved: datetime = timezone.now() + self.ahead
        return moved


@pytest.fixture
def running_clock(monkeypatch):
    return RunningClock(monkeypatch)


@pytest.fixture
def window(browser: Browser, live_server, troubles, running_clock):
    """`window(width, user)` is a window with nothing in it yet, signed in as `user` if one is given."""
    opened: list[BrowserContext] = []

    def make(width: int = DESK, user=None, **options) -> Page:
        usual = {"viewport": {"width": width, "height": HEIGHTS.get(width, 900)}, "locale": "zh-CN"}
        usual |= {
            "timezone_id": "Asia/Shanghai",
            "base_url": live_server.url,
            "reduced_motion": "reduce",
        }
        context = browser.new_context(**usual | options)
        opened.append(context)
        if user:
            sign_in(context, user, live_server.url)
        context.add_init_script(REPORT)
        if ahead := running_clock.ahead / timedelta(milliseconds=1):
            context.add_init_script(f"const now = Date.now; Date.now = () => now() + {ahead:.0f};")
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _listen(message, page, troubles))
        return page

    yield make
    for context in opened:
        context.close()


def sign_in(context: BrowserContext, user, url: str) -> None:
    """Be `user` in this window, as after the sign-in page."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def _listen(message, page: Page, troubles: list[str]) -> None:
    if message.type == "error":
        troubles.append(f"{page.url}: {message.text}")


@pytest.fixture
def visit(window):
    """`visit(path, width, **how)` is that page, open."""

    def open_page(path: str, width: int = DESK, **options):
        page: Page = window(width, **options)
        page.goto(path)
        return page

    return open_page


def violations(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds on the page as it stands; by these rules only, where any are given."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    run = "(how) => axe.run(document, how).then((results) => results.violations)"
    violated = page.evaluate(run, options)
    return [
        f"{violation['id']}: {node['html'][:160]} {node['any'][:1]}"
        for violation in violated
        for node in violation["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def sound(page: Page) -> None:
    """Nothing for axe to find, nothing too wide."""
    assert violations(page) == []
    assert overflow(page) <= 0


def snap(page: Page, name: str) -> None:
    """Leave a picture for whoever wants to look: with more EFFORT, as a whole page takes its time to draw."""
    if EFFORT == 1:
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
