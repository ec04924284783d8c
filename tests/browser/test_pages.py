"""Every page of every role as a browser shows it: nothing for axe to find, nothing too wide, nothing covered,
nothing on the console; and in English not one Chinese character that the program wrote.

A page is opened when it draws a template that no page before it has drawn; each of them with more EFFORT."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.test.signals import template_rendered
from django.utils import translation

from houqin.kernel.worktime.models import Schedule
from houqin.work.orders.models import FaultCode
from houqin.work.teams.models import Team
from tests.browser.lives import Lives, speak_english
from tests.browsing import DESK, HEIGHTS, PHONE, in_browser, overflow, violations
from tests.effort import EFFORT

pytestmark = [*in_browser, pytest.mark.long]
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
QUOTED = re.compile("“[^”]*”")  # what a file has to contain literally
# By how much the end of the page stays under the bars at its foot when one has scrolled as far as one can.
COVERED = """() => {
  scrollTo(0, document.body.scrollHeight);
  const box = (one) => one.getBoundingClientRect();
  const stays = (one) => one.checkVisibility() && /fixed|sticky/.test(getComputedStyle(one).position);
  const bars = [...document.querySelectorAll(".action-bar, .tabbar")].filter(stays);
  const scrolls = (one) => getComputedStyle(one).overflowY !== "visible";
  const held = (one) => one.id !== "main" && (scrolls(one) || held(one.parentElement));
  const under = (one, bar) => box(one).left < box(bar).right && box(one).right > box(bar).left;
  const parts = [...document.querySelectorAll("#main *:not(.action-bar, .action-bar *, :has(.action-bar))")]
    .filter((part) => part.checkVisibility({contentVisibilityAuto: true}) && !held(part.parentElement));
  const over = (bar) =>
    parts.filter((part) => under(part, bar)).map((part) => box(part).bottom - box(bar).top);
  return Math.ceil(Math.max(0, ...bars.flatMap(over)));
}"""
# Those that stick out at the right, for the message.
WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .filter((one) => !one.closest(".scroll-x, .chips, .kpis"))
  .map((one) => one.outerHTML.slice(0, 120)).slice(-3)"""
# What is read or read out: the text that is shown, and the attributes that screen readers and tips say.
WORDS = """() => {
  const own = (one) => !one.closest("[lang|=zh]:not(html)");
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const words = [document.title];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("style") && own(parent)) words.push(walker.currentNode.textContent);
  }
  for (const name of ["title", "alt", "aria-label", "placeholder", "content"])
    document.querySelectorAll(`[${name}]`).forEach((one) => own(one) && words.push(one.getAttribute(name)));
  return words;
}"""


@pytest.fixture
def lives(house):
    return Lives(house)


@pytest.fixture
def english_lives(house):
    """A house where everybody reads and writes English."""
    speak_english(house)
    with translation.override("en"):
        return Lives(house)


GUEST = dict.fromkeys(("sign", "refuse", "comment"), "link")


def pages_of(lives) -> dict[str, list[str]]:
    """For each person, what they open."""
    demand = {state: each.get_absolute_url() for state, each in lives.demand.items()}
    order = {state: each.get_absolute_url() for state, each in lives.order.items()}
    file = {state: f"/demands/import/{each.pk}/" for state, each in lives.file.items()}
    parcel = {state: each.get_absolute_url() for state, each in lives.parcel.items()}
    lost = {state: each.get_absolute_url() for state, each in lives.lost.items()}
    approval = lives.approval.get_absolute_url()
    calendar = f"/calendar/{Schedule.objects.get().pk}"
    at = f"/at/{lives.house.room.label}/"
    return {
        "": [
            "/signin/", lives.password, "/start/long-gone/", at, lives.link,
            *spoken({"link": lives.link}, **GUEST), lives.door,
        ],
        "wu": [
            "/", "/demands/", "/demands/?view=archive", "/demands/new/", "/demands/new/?q=zzz",
            "/demands/new/hvac/", "/demands/new/plumbing/", *demand.values(),
            *spoken(demand, withdraw="submitted", resubmit="returned", comment="done", refuse="done"),
            *spoken(demand, sign="done", rate="signed", urge="working", copy="merged into"),
            demand["held"] + "clocks/handling/",
            demand["closed"] + "sign/", "/notices/", "/me/", "/me/notices/", "/me/tokens/", "/api/docs/",
            "/me/security/", "/me/security/second-step/",
            "/health/", "/no/such/page/", "/me/menu/", "/search/", "/search/?q=502", "/search/?q=zzz", at,
            "/keys/", "/handover/",
            "/rooms/", f"/rooms/?span=week&room={lives.room}", "/rooms/meetings/", "/rooms/free/",
            "/rooms/free/?day=2026-11-24&starts=16:00&ends=17:00&people=4", "/rooms/new/",
            f"/rooms/{lives.room}/check-in/", lives.meeting,
            *spoken({"": lives.meeting}, move="", change="", cancel=""),
            "/front-desk/parcels/", *parcel.values(), "/front-desk/lost/?view=mine", *lost.values(),
            *spoken(lost, claim="found"),
        ],
        "wang": [
            "/roster/", "/roster/calendar/", "/roster/swaps/", "/roster/swaps/new/",
            "/", "/orders/mine/", "/orders/mine/?view=done", *order.values(),
            *spoken(order, hand_back="accepted", hold="working", photograph="working", finish="working"),
            *spoken(order, hand_over="accepted", ask_help="working"),
            demand["working"], f"/at/{lives.house.room.label}/", order["accepted"] + "arrive/",
        ],
        "zheng": [
            "/", "/front-desk/", "/front-desk/parcels/", "/front-desk/parcels/new/", *parcel.values(),
            *spoken(parcel, hand_out="waiting", send_back="waiting"),
            "/front-desk/lost/", "/front-desk/lost/new/", *lost.values(),
            *spoken(lost, hand_over="claimed", keep_on="claimed"),
        ],
        "ma": ["/", "/notices/", demand["urgent"], *spoken(demand, dispatch="urgent")],
        "li": [
            "/", "/orders/mine/", "/orders/", "/dashboard/?by=team", "/figures/rows/?figure=submitted",
            "/labels/", "/labels/sheet/", "/orders/codes/", "/orders/codes/new/",
            f"/orders/codes/{FaultCode.objects.first().pk}/",
            "/roster/", "/roster/?span=month",
            f"/roster/teams/{Team.objects.get().pk}/sheet/",
            *spoken(order, plan="offered"),
        ],
        "chen": [
            "/", "/review/", f"/review/?number={lives.demand['urgent'].number}", "/demands/",
            "/demands/?view=graded&q=zzz", "/search/?q=502",
            demand["submitted"], demand["graded"], demand["held"],
            *spoken(demand, grade="submitted", send_back="submitted", reject="submitted"),
            "/callbacks/", "/callbacks/?view=reached", f"/callbacks/{lives.call.number}/",
            f"/callbacks/{lives.call.number}/reach/", "/handover/wang/", "/handover/?person=x",
            demand["merged into"],
            *spoken(demand, merge="submitted", answer="supervised"),
            *spoken(demand, dispatch="graded", regrade="graded", cancel="graded"), "/orders/",
            "/orders/?view=done", "/dispatch/", "/dispatch/?view=columns", "/dispatch/?view=table",
            order["offered"], *spoken(order, reassign="offered", cancel="offered"),
            "/hotline/", f"/hotline/?done={lives.demand['done'].number}",
            lives.guests, lives.guests + "link/",
            "/paper/", *(sheet.get_absolute_url() for sheet in lives.sheets),
            f"{lives.demand['done'].get_absolute_url()}favourite/",
            "/figures/", "/figures/?view=overdue", "/demands/import/", file["uploaded"] + "columns/",
            file["ready"] + "preview/", file["done"], file["failed"], "/demands/new/cleaning/", "/calendar/",
        ],
        "lin": [
            "/", "/dashboard/", "/dashboard/?board=desk", "/dashboard/?board=crew", "/dashboard/?board=costs",
            "/figures/costs/?figure=done", "/figures/rows/?figure=rejected", "/wall/", "/wall/links/",
            demand["closed"], *spoken(demand, supervise="working"), f"{calendar}/2026/",
            f"{calendar}/2027/", f"{calendar}/2026/11/23/",
            f"{calendar}/notice/", "/standards/", "/standards/new/",
            "/policies/", "/policies/demands.filed_after/", "/services/", "/services/hvac/",
            "/services/new/", "/roles/", "/health/",
            "/roster/patterns/", "/roster/patterns/new/", "/teams/", "/teams/new/", "/teams/skills/",
            "/dispatch/rules/", "/dispatch/rules/new/", "/approvals/", "/approvals/?view=done",
            approval, approval + "approve/", approval + "add_sign/", "/approvals/chains/",
            f"/approvals/chains/{lives.chain.pk}/", "/approvals/chains/simulation/",
            "/approvals/chains/simulation/?kind=demand&owner=wu",
            "/rooms/", "/rooms/register/", "/rooms/register/new/", "/rooms/closures/", "/rooms/use/",
            f"/rooms/{lives.room}/door/", lives.meeting,
            "/hooks/", "/hooks/new/", f"/hooks/{lives.hook.pk}/", "/deliveries/", "/deliveries/?view=waiting",
        ],
        "system_admin": [
            "/", "/me/", "/demands/", "/search/?q=h", "/setup/", "/people/", "/people/?view=closed",
            lives.person, lives.person + "edit/", "/places/", lives.place, lives.place + "edit/",
            "/departments/", "/departments/new/", "/setup/import/", *lives.books, f"{calendar}/",
            "/calendar/new/", "/service-accounts/", "/service-accounts/new/",
        ],
        "security_admin": [
            "/", "/signins/", "/signins/?q=wu", "/setup/", lives.person, lives.person + "grant/", "/grants/",
        ],
        "auditor": ["/", "/roles/", "/trail/", "/trail/?what=zzz", "/trail/seals/"],
    }  # fmt: skip


def spoken(urls: dict[str, str], **verbs: str) -> list[str]:
    return [f"{urls[state]}{verb}/" for verb, state in verbs.items()]


# Which templates the nth page of somebody draws: the same in both languages, so each process asks once.
DRAWN: dict[tuple[str, int], set[str]] = {}


class New:
    """Which pages draw a template that none before them has drawn; asked without a browser."""

    def __init__(self, who, user):
        self.who, self.client = who, Client()
        if user:
            self.client.force_login(user)

    def among(self, paths: list[str], seen: set[str]) -> Iterator[str]:
        for nth, path in enumerate(paths):
            if (self.who, nth) not in DRAWN:
                DRAWN[self.who, nth] = self.templates(path)
            drawn = DRAWN[self.who, nth]
            if EFFORT > 1 or not drawn <= seen:
                yield path
            seen |= drawn

    def templates(self, path: str) -> set[str]:
        names: set[str] = set()

        def note(template, **_more):
            names.add(template.name)

        template_rendered.connect(note)
        self.client.get(path)
        template_rendered.disconnect(note)
        return names


class Look:
    """One window that goes from page to page and writes down what is wrong."""

    def __init__(self, page):
        self.page = page
        self.wrong: list[str] = []

    def speak(self, language: str) -> None:
        """Whoever is not signed in chooses by a cookie."""
        url = self.page.context.request.get("/healthz").url
        self.page.context.add_cookies([{"name": "django_language", "value": language, "url": url}])

    def open(self, path: str) -> None:
        self.path = path
        answer = self.page.goto(path)
        if answer.status >= 500:
            self.note("status", answer.status)

    def as_on(self, width: int, theme: str) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        self.page.emulate_media(color_scheme=theme)

    def note(self, what: str, troubles) -> None:
        self.wrong.append(f"{self.path} {what}: {troubles}")

    def axe(self, *rules: str) -> None:
        for violation in violations(self.page, rules):
            self.note("axe", violation)

    def measure(self) -> None:
        width = self.page.viewport_size["width"]
        if (more := overflow(self.page)) > 0:
            self.note(f"{width} wide", f"{more} pixels too wide {self.page.evaluate(WIDEST)}")
        if (more := self.page.evaluate(COVERED)) > 0:
            self.note(f"{width} wide", f"{more} pixels covered at the end")

    def chinese(self) -> None:
        for text in self.page.evaluate(WORDS):
            if CHINESE.search(QUOTED.sub("", text)):
                self.note("Chinese", " ".join(text.split())[:80])


def looks_at(lives, window, people) -> Iterator[tuple[Look, str]]:
    """A window of each of these people, with each page to look at."""
    pages, seen = pages_of(lives), set[str]()
    for who in people:
        user = getattr(lives.house, who) if who else None
        look = Look(window(DESK, user))
        for path in New(who, user).among(pages[who], seen):
            yield look, path


PHONES = ("", "wu", "wang", "zheng", "ma")
DESKS = ("li", "chen", "lin", "system_admin", "security_admin", "auditor")


@pytest.mark.parametrize("people", [PHONES, DESKS], ids=["on phones", "at desks"])
def test_nothing_is_wrong_with_any_page(lives, window, troubles, people):
    """Light on a wide screen and dark on a phone."""
    wrong = {}
    for look, path in looks_at(lives, window, people):
        look.as_on(DESK, "light")
        look.open(path)
        look.measure()
        look.axe()
        look.as_on(PHONE, "dark")
        look.measure()
        look.axe()
        wrong |= dict.fromkeys(look.wrong)
    assert not wrong, "\n".join(wrong)
    assert only_refusals(troubles) == []


# Pages that are opened with something missing, to see how they say so.
INCOMPLETE = r"/(handover|labels/sheet)/\S* .*status of 422"


def only_refusals(troubles):
    """What the browser says of pages that are meant to answer 403, 404 or 409, or 422, is no trouble."""
    return [
        trouble
        for trouble in troubles
        if not re.search(rf"status of (403|404|409)|{INCOMPLETE}", trouble)
    ]


def test_english_pages_are_english_and_not_too_wide(english_lives, window):
    wrong = {}
    for look, path in looks_at(english_lives, window, [*PHONES, *DESKS]):
        look.speak("en")
        look.as_on(DESK, "light")
        look.open(path)
        look.measure()
        look.chinese()
        look.as_on(PHONE, "light")
        look.measure()
        wrong |= dict.fromkeys(look.wrong)
    assert not wrong, "\n".join(wrong)
