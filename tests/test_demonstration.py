"""The demonstration, played once for all that ask: what the house says of it against plain computation, and
how many queries its pages take."""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from houqin.cockpit.reports.figures import PAST, counts
from houqin.cockpit.reports.scope import BoardScope, span_of
from houqin.desk.demands.models import Demand
from houqin.work.orders.actions import skill_of
from houqin.work.orders.models import WorkOrder
from tests.cast import NOW
from tests.cockpit.test_board_figures import means_and_courses, passed_by_hand, what_stands
from tests.demonstrated import demonstration
from tests.effort import EFFORT
from tests.work.test_matching import check

__all__ = ["demonstration"]

pytestmark = pytest.mark.engine


def test_every_proposal_follows_from_the_facts(demonstration):
    """For each open demand of the demonstration, as its desk would ask."""
    asked = Demand.objects.open().select_related("place", "entry")
    fit = [check(each.place, skill_of(each.entry.skill_code), each.kin()) for each in asked]
    assert len(fit) > 10
    assert sum(fit) > len(fit)  # more than one each: somebody is on shift at that hour


def test_figures_equal_counts_by_hand(demonstration):
    """Whoever manages all sites sees every demand of these days; what was merged counts as the other."""
    lin, ours = (
        demonstration.people["lin"],
        list(Demand.objects.exclude(status="merged").order_by("pk")),
    )
    assert len(ours) > 20
    for period in ("week", "month", "weeks"):
        span = span_of(period, NOW)
        results = counts(BoardScope().moments(lin), PAST, span)
        assert results == passed_by_hand(ours, span)
    assert all(results[key] for key in ("submitted", "finished", "handling", "response"))
    what_stands(lin, ours)
    if EFFORT > 1:  # in the few days of a check nobody has rated anything yet
        assert results["rated"]
        means_and_courses(lin, ours)


BUDGETS = Path(__file__).parent / "query_budgets.txt"
PAGES = {
    "chen": [
        "/", "/demands/", "/demands/?view=archive", "/demands/?q=空调", "/demands/{demand}/", "/review/",
        "/hotline/", "/search/?q=空调", "/orders/", "/dispatch/", "/rooms/", "/notices/",
    ],
    "wugong": [
        "/", "/demands/?view=mine", "/demands/{demand}/", "/demands/new/", "/demands/new/hvac/",
        "/search/?q=空调",
    ],
    "wang": ["/", "/orders/mine/", "/orders/{order}/", "/search/?q=空调"],
    "lin": ["/", "/dashboard/", "/dashboard/?period=year", "/calendar/", "/approvals/"],
}  # fmt: skip


def test_no_page_takes_more_queries_than_it_has_taken(demonstration):
    """Whoever needs one more writes the file anew: QUERY_BUDGETS=write pytest -k more_queries."""
    people = demonstration.people
    names = {
        "demand": Demand.objects.filter(requester=people["wugong"]).earliest("pk").number,
        "order": WorkOrder.objects.filter(executor=people["wang"]).earliest("pk").number,
    }
    taken = {
        f"{who} {page}": queries_of(people[who], page.format(**names))
        for who, pages in PAGES.items()
        for page in pages
    }
    if os.environ.get("QUERY_BUDGETS") == "write":
        lines = [f"{page} {count}\n" for page, count in taken.items()]
        BUDGETS.write_text("".join(lines), encoding="utf-8")
    kept = [line.rsplit(" ", 1) for line in BUDGETS.read_text(encoding="utf-8").splitlines()]
    budgets = {page: int(count) for page, count in kept}
    assert taken.keys() == budgets.keys()
    assert not {page: count for page, count in taken.items() if count > budgets[page]}


def queries_of(person, page):
    """How many queries the page takes when it is opened for the second time."""
    client = Client()
    client.force_login(person)
    assert client.get(page, follow=True).status_code == 200, page
    with CaptureQueriesContext(connection) as queries:
        client.get(page, follow=True)
    return len(queries)
