"""In every list what a row is about can be read, in both languages on every width; other columns give way."""

from datetime import timedelta

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils import translation

from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Clock
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Team
from tests.browser.lives import Lives, speak_english
from tests.browsing import DESK, PHONE, in_browser, overflow
from tests.cast import NOW

pytestmark = in_browser
WIDTHS = (DESK, 1366, 1280, 1200, 1024, 768, PHONE)
READABLE = 260  # pixels
LONG = {
    "zh": {
        "title": "，窗边第二排靠近消防栓的那一台，昨天下午也是这样",
        "place": " 东侧多功能会议厅", "person": "欧阳建国师傅", "team": "滨江综合维修一班",
    },
    "en": {
        "title": " in the second row by the window, as it was yesterday",
        "place": " conference hall, east wing", "person": "Bartholomew Whitfield",
        "team": "Riverside maintenance",
    },
}  # fmt: skip
# The narrowest title of the page; by how much its table is wider than the box around it; rows that have
# another number of columns than their head.
MEASURE = """() => {
  const wide = (one) => one.getBoundingClientRect().width;
  const shown = (row) => [...row.cells].filter((one) => one.checkVisibility()).length;
  const tables = [...document.querySelectorAll(".rows:has(.rows__title)")];
  const titles = [...document.querySelectorAll("tbody .rows__title")].map(wide);
  const more = tables.map((one) => one.parentElement.scrollWidth - one.parentElement.clientWidth);
  const differs = (one) => [...one.tBodies[0].rows].filter((row) => shown(row) !== shown(one.rows[0]));
  return [Math.min(...titles), Math.max(0, ...more), tables.flatMap(differs).length];
}"""


def pages_of(lives) -> dict[str, list[str]]:
    """The lists that each person opens."""
    return {
        "chen": [
            "/demands/", "/demands/?view=all", "/orders/", "/orders/?view=all", "/callbacks/",
            "/dispatch/?view=table", "/figures/", "/orders/codes/", lives.file["done"].get_absolute_url(),
        ],
        "wang": ["/demands/?view=all", "/orders/", "/roster/swaps/"],
        "lin": [
            "/figures/rows/?figure=submitted", "/figures/costs/?figure=done", "/deliveries/",
            "/deliveries/?view=waiting", "/dispatch/rules/", "/teams/", "/teams/skills/", "/roster/patterns/",
        ],
        "zheng": ["/front-desk/parcels/?view=all", "/front-desk/lost/?view=all"],
        "system_admin": ["/people/"],
    }  # fmt: skip


# By how much the widest title of a task is cut.
CUT = """() => {
  const titles = [...document.querySelectorAll(".todo__title")];
  return Math.max(0, ...titles.map((one) => one.scrollWidth - one.clientWidth));
}"""


@pytest.fixture(params=["zh", "en"])
def full(request, house):
    """A house whose titles, places and people have long names, in one of the two languages."""
    language = {"zh": "zh-hans", "en": "en"}[request.param]
    if request.param == "en":
        speak_english(house)
    with translation.override(language):
        lives = Lives(house)
    long = LONG[request.param]
    for model in (Demand, WorkOrder):
        model.objects.update(title=Concat(F("title"), Value(long["title"])))
    Place.objects.filter(pk=house.room.pk).update(
        full_name=Concat(F("full_name"), Value(long["place"]))
    )
    User.objects.filter(pk__in=[house.wang.pk, house.wu.pk]).update(name=long["person"])
    Team.objects.update(name=long["team"])
    return lives


def test_a_title_can_be_read_on_every_width(full, window):
    wrong = []
    for who, paths in pages_of(full).items():
        page = window(DESK, getattr(full.house, who))
        for path in paths:
            page.goto(path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                title, more, other = page.evaluate(MEASURE)
                if title < READABLE:
                    wrong.append(f"{path} {width} wide: a title has {title:.0f} pixels")
                if more > 0 or overflow(page) > 0:
                    wrong.append(
                        f"{path} {width} wide: {max(more, overflow(page))} pixels too wide"
                    )
                if other and width > PHONE:
                    wrong.append(f"{path} {width} wide: {other} rows differ from their head")
    assert not wrong, "\n".join(wrong)


def test_no_task_of_a_workbench_is_cut_nor_runs_over(full, window):
    due = NOW + timedelta(hours=18, minutes=58)  # the longest words of a clock
    Clock.objects.filter(due_at__isnull=False).update(due_at=due)
    wrong = []
    for who in ("wu", "chen", "wang"):
        page = window(DESK, getattr(full.house, who))
        page.goto("/")
        assert page.locator(".todo__title").count() > 1
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if (more := overflow(page)) > 0:
                wrong.append(f"{who} {width} wide: {more} pixels too wide")
            if (more := page.evaluate(CUT)) > 0:
                wrong.append(f"{who} {width} wide: {more} pixels of a title are cut")
    assert not wrong, "\n".join(wrong)
