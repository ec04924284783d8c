"""Cursors come back from the browser: what no page of ours has said reads as the first page."""

import base64
import json

import pytest

from houqin.kernel.sweeps.models import SweepRun
from houqin.ui.keyset import read_page
from tests.cast import NOW, later

pytestmark = pytest.mark.engine


def cursor(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.fixture
def rows(db):
    SweepRun.objects.bulk_create(
        SweepRun(name=str(nth), next_at=later(hours=nth)) for nth in range(3)
    )
    return SweepRun.objects.order_by()


def names(page):
    return [row.name for row in page.rows]


def test_pages_follow_each_other_and_lead_back(rows):
    first = read_page(rows, "next_at", "", size=2)
    second = read_page(rows, "next_at", first.next, size=2)
    assert (names(first), names(second)) == (["0", "1"], ["2"])
    assert names(read_page(rows, "next_at", second.previous, size=2)) == ["0", "1"]


def test_pages_by_a_text_do_as_well(rows):
    first = read_page(rows, "-name", "", size=2)
    second = read_page(rows, "-name", first.next, size=2)
    assert (names(first), names(second)) == (["2", "1"], ["0"])
    assert names(read_page(rows, "-name", second.previous, size=2)) == ["2", "1"]
    for strange in (cursor(False, "a\0b", 5), cursor(False, 7, 5), cursor(False, ["0"], 5)):
        assert names(read_page(rows, "name", strange, size=2)) == ["0", "1"]


@pytest.mark.parametrize("order", ["next_at", "-next_at"])
def test_rows_of_one_moment_are_each_shown_once(rows, order):
    SweepRun.objects.bulk_create(SweepRun(name=f"same {nth}", next_at=NOW) for nth in range(5))
    seen, cursor = [], ""
    for _page in range(8):
        page = read_page(rows, order, cursor, size=1)
        seen += names(page)
        cursor = page.next
    assert cursor == ""
    assert sorted(seen) == sorted(rows.values_list("name", flat=True))


@pytest.mark.parametrize(
    "strange",
    [
        "字",
        "[" * 5000,
        cursor(),
        cursor(False, "abc", 5),
        cursor(False, {"at": 1}, 5),
        cursor(False, True, 5),
        cursor(False, NOW.isoformat(), float("inf")),
        cursor(False, "0001-01-01T00:00:00+08:00", 5),
        cursor(False, "9999-12-31T23:59:59-08:00", 5),
    ],
)
def test_a_strange_cursor_is_the_first_page(rows, strange):
    assert names(read_page(rows, "next_at", strange, size=2)) == ["0", "1"]
