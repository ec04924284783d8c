"""The board: every number is the count of the rows behind it; who sees it, and what it costs to draw."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from houqin.cockpit.moments import bring_up_to_date
from houqin.cockpit.pages import COST_ROWS, ROWS
from houqin.cockpit.reports.figures import FIGURES
from tests.cockpit.board_history import history

__all__ = ["history"]
pytestmark = pytest.mark.engine
LINKED = re.compile(r'<a class="n num" href="([^"]+)" data-count="(\d+)">([^<]+)</a>')
BOARD_AND_LISTS = ("/dashboard/", "/figures/rows/", "/figures/costs/")


def rows_on_page(client, url):
    """How many rows the list behind a number says it has."""
    page = client.get(unescape(url)).content.decode()
    return int(re.search(r'<span class="count">(\d+)</span>\s*</h1>', page)[1])


def rows_of_list(user, url):
    parts = urlsplit(unescape(url))
    listing = COST_ROWS if parts.path == "/figures/costs/" else ROWS
    return listing.narrowed(user, QueryDict(parts.query)).count()


def keeps_the_filter(query, url):
    """Whether the list behind a number is narrowed as its board is, or else to a team of its own."""
    if not query.startswith("period=year&") or "by" in query:
        return True
    return query.removeprefix("period=year&") in unescape(url) or "&team=" in unescape(url)


def test_every_number_opens_exactly_its_rows_and_filters_narrow_both_alike(history, as_user):
    """Every list is counted; every twentieth is opened as well."""
    filters = (
        f"team={history.team.pk}",
        "team=none",
        f"place={history.far.path}",
        "line=zzz",
        "team=x",
    )
    asked = [
        ("chen", ""),
        ("lin", "period=year&by=team"),
        ("lin", "board=crew&period=year"),
        ("xu", "period=year&by=place"),
        ("li", "period=month&by=place"),
        ("qin", "source=all"),
    ]
    for who, query in asked + [("chen", f"period=year&{each}") for each in filters]:
        user = getattr(history, who)
        client = as_user(user)
        numbers = dict.fromkeys(LINKED.findall(client.get(f"/dashboard/?{query}").content.decode()))
        assert len(numbers) > 20
        for nth, (url, rows, text) in enumerate(numbers):
            assert (url, rows_of_list(user, url)) == (url, int(rows))
            assert not text.isdigit() or text == rows
            if nth % 20 == 0:
                assert (url, rows_on_page(client, url)) == (url, int(rows))
            assert keeps_the_filter(query, url), (query, url)


def test_the_board_costs_the_same_with_few_and_with_many_rows(cast, as_user):
    client = as_user(cast.chen)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/dashboard/?by=team").status_code == 200
        return len([each for each in seen if "session" not in each["sql"]])

    cast.order()
    queries()
    few = queries()
    for _each in range(3):
        cast.submit(place=cast.far_room)
        cast.order()
    bring_up_to_date()
    assert queries() == few


def test_a_house_without_a_request_teaches_what_the_board_will_show(cast, as_user):
    page = as_user(cast.lin).get("/dashboard/").content.decode()
    for words in ("还没有时钟出结果", "没有可以对照的需求", "没有人提交需求"):
        assert words in page


@pytest.mark.parametrize("who", ["wu", "wang", "ma"])
def test_whoever_runs_no_work_has_no_board(cast, as_user, who):
    client = as_user(getattr(cast, who))
    assert {client.get(path).status_code for path in BOARD_AND_LISTS} == {403}


@pytest.mark.parametrize(
    "query",
    ["period=never", "since=2026-13-01&until=x", "since=9999-12-31&until=0001-01-01", "figure=no",
     "day=&hour=²", "figure=submitted&day=99999999999999999999", "source=mars&team=99999999999999999999999",
     "board=moon&person=x&back=²&line=zzz", "board=costs&figure=spent&team=none&back=99999999999"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_reads_as_the_usual_one(cast, as_user, query):
    client = as_user(cast.lin)
    for page in BOARD_AND_LISTS:
        assert client.get(f"{page}?{query}").status_code == 200


def test_every_figure_says_what_it_means():
    assert all(str(figure.label) and str(figure.meaning) for figure in FIGURES.values())
