"""A list as a workbook: what was filtered and visible, as real values, with who took it on the trail."""

import io
from datetime import datetime, timedelta

import openpyxl
import pytest
from django.http import QueryDict

from houqin.desk.demands.models import Demand
from houqin.kernel.people.actions import grant_role
from houqin.kernel.timekeeping import now, turned_to
from houqin.kernel.trail.models import Event
from houqin.platform.notices.models import Hook, Notice
from houqin.platform.sheets.models import Export
from houqin.platform.sheets.writing import Head, write_sheet
from houqin.ui import exports
from houqin.ui.lists import LISTINGS
from houqin.ui.sweeps import make_sheets
from houqin.work.orders.models import FaultCode
from houqin.work.roster.models import Shift
from houqin.work.roster.swapping import ask_swap
from tests.cast import NOW, as_user, cast, later

__all__ = ["as_user", "cast"]
QUEUE = {"list": "demands", "query": "view=open", "next": "/demands/"}


def read(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def rows_of(answer):
    assert answer.status_code == 200
    return list(read(b"".join(answer.streaming_content)).iter_rows(values_only=True))


@pytest.fixture
def demands(cast):
    cast.submit(title='=HYPERLINK("http://evil")', at=NOW - timedelta(days=2))
    cast.submit(title="城西的事", place=cast.far_room, grade="urgent")
    cast.submit(cast.meng, title="孟工的事", grade="important")
    return cast


def test_what_is_filtered_and_visible_comes_back_as_real_dates_and_text(demands, as_user):
    answer = as_user(demands.chen).post("/exports/", QUEUE)
    assert "2026-11-23.xlsx" in answer["Content-Disposition"]
    head, *rows = rows_of(answer)
    assert head[:4] == ("分级", "编号", "内容", "地点")
    assert {row[2] for row in rows} == {'\'=HYPERLINK("http://evil")', "城西的事", "孟工的事"}
    first = next(row for row in rows if row[2].startswith("'="))
    assert first[head.index("提交")] == datetime(2026, 11, 21, 10, 24)  # noqa: DTZ001  as Excel has it
    assert isinstance(first[head.index("轮次")], int)
    urgent = as_user(demands.chen).post("/exports/", QUEUE | {"query": "view=open&grade=urgent"})
    assert [row[2] for row in rows_of(urgent)[1:]] == ["城西的事"]


def test_nobody_takes_more_than_they_see_and_the_trail_knows_who_took_what(demands, as_user):
    mine = as_user(demands.meng).post("/exports/", QUEUE)
    assert [row[2] for row in rows_of(mine)[1:]] == ["孟工的事"]
    event = Event.objects.get(name="sheet.exported")
    assert (event.actor, event.facts["rows"], event.facts["query"]) == (
        demands.meng,
        1,
        "view=open",
    )


@pytest.mark.parametrize(
    ("who", "key", "query"),
    [
        ("chen", "demands", "view=open"), ("chen", "orders", "view=all"),
        ("wang", "my_orders", "view=open"), ("lin", "deliveries", "view=waiting"),
        ("li", "fault_codes", "view=symptom"), ("wang", "swaps", "view=asked"),
    ],
)  # fmt: skip
def test_so_does_every_other_list(cast, as_user, who, key, query):
    Hook.objects.create(name="群", kind="wecom", url="https://example.org/", events=["demand.*"])
    cast.order()
    FaultCode.objects.create(kind="symptom", code="x", name="x")
    hours = {"starts_at": later(days=1), "ends_at": later(days=2)}
    shift = Shift.objects.create(user=cast.wang, place=cast.near, **hours)
    ask_swap(cast.wang, shift, colleague=cast.zhao)
    listing = LISTINGS[key]
    asked = QueryDict(query)
    seen = listing.narrowed(getattr(cast, who), asked).count()
    answer = as_user(getattr(cast, who)).post("/exports/", QUEUE | {"list": key, "query": query})
    head, *rows = rows_of(answer)
    assert len(rows) == seen > 0
    assert head == tuple(str(column.label) for column in listing.sheet)
    stored = listing.read(getattr(cast, who), asked, cursor="", size=100).rows
    for told, row in zip(rows, stored, strict=True):
        for cell, column in zip(told, listing.sheet, strict=True):
            value = column.written(row)
            plain = isinstance(value, str | int | float)
            assert cell == (value or None) if plain and value != 0 else True, column.name
            assert (cell is None) == (value is None or value == ""), column.name


def test_every_list_has_a_workbook_of_all_that_its_rows_say():
    assert [key for key, listing in LISTINGS.items() if len(listing.sheet) < 3] == []


def test_who_runs_the_house_is_offered_none(cast, as_user):
    grant_role(cast.person("sys", "系统", cast.hq), "system_admin")
    Hook.objects.create(name="群", kind="wecom", url="https://example.org/", events=["demand.*"])
    cast.order()
    for who, where, offered in (
        (cast.lin, "/deliveries/?view=waiting", True),
        (cast.sys, "/people/", False),
    ):
        page = as_user(who).get(where).content.decode()
        assert "<tr data-row>" in page
        assert ("/exports/" in page) is offered


@pytest.mark.parametrize("answers", [{"list": "no_such"}, {"query": "q=%00"}])
def test_a_list_that_is_not_there_is_404(cast, as_user, answers):
    assert as_user(cast.chen).post("/exports/", QUEUE | answers).status_code == 404


def test_the_page_offers_the_workbook_of_what_it_shows(demands, as_user):
    page = as_user(demands.chen).get("/demands/?view=open&grade=urgent").content.decode()
    assert 'name="query" value="view=open&amp;grade=urgent"' in page


def test_a_long_list_is_made_by_the_worker_who_tells_when_it_is_done(demands, as_user, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    client = as_user(demands.chen)
    assert client.post("/exports/", QUEUE).url == "/demands/"
    export = Export.objects.get()
    assert client.get(f"/exports/{export.pk}/").status_code == 409
    assert (make_sheets(now()), make_sheets(now())) == (1, 0)
    notice = Notice.objects.get(user=demands.chen, event__name="sheet.made")
    assert "3 行" in notice.sentence
    assert read(client.get(notice.url).content).max_row == 4
    assert as_user(demands.lin).get(notice.url).status_code == 404
    with turned_to(later(days=8)):
        make_sheets(now())
        assert as_user(demands.chen).get(notice.url).status_code == 409


def test_a_workbook_that_cannot_be_made_is_told_too(demands, as_user, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    as_user(demands.chen).post("/exports/", QUEUE)
    Export.objects.update(listing="gone")
    with pytest.raises(KeyError):
        make_sheets(now())
    assert Export.objects.get().status == "failed"
    assert Notice.objects.filter(user=demands.chen, event__name="sheet.failed").exists()


def test_a_workbook_reads_page_by_page_and_misses_nothing(cast, as_user, monkeypatch):
    monkeypatch.setattr(exports, "CHUNK", 2)
    numbers = {cast.submit(title=f"第 {nth} 件").number for nth in range(7)}
    head, *rows = rows_of(as_user(cast.chen).post("/exports/", QUEUE))
    assert [row[head.index("编号")] for row in rows] == list(
        Demand.objects.order_by("next_due_at", "pk").values_list("number", flat=True)
    )
    assert {row[head.index("编号")] for row in rows} == numbers


def test_no_cell_computes_whatever_it_says():
    nasty = [
        "=1+1",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "a\x00b\x1f",
        "x" * 40_000,
        "-71.05",
        True,
    ]
    out = io.BytesIO()
    assert write_sheet(out, "表[1]:*?/'", [Head("值", 10)], [[value] for value in nasty]) == len(
        nasty
    )
    sheet = read(out.getvalue())
    cells = [cell for (cell,) in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[:3]] == ["'=1+1", "'+1+1", "'-2+3"]
    assert cells[7].value == "ab"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:A12")
