"""Tables that others keep, through the page as they are."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest

from houqin.desk.demands.models import Demand
from houqin.desk.intake.tests import boston
from houqin.desk.intake.tests.conftest import OURS, shared
from houqin.kernel.clock.models import Clock

BOSTON = OURS / "boston311_sla_100.csv"
MARKS = {"ONTIME": "met", "OVERDUE": "breached"}


@pytest.fixture(scope="module")
def cases():
    with BOSTON.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def due_ones(cases):
    return [row for row in cases if row["target_dt"]]


def clock_of(external):
    return Clock.objects.get(
        kind="handling", target_id=Demand.objects.get(imported_as__external=external).pk
    )


@pytest.mark.parametrize("name", ["copy", "01_requests/us_boston311_sla_100.csv"])
def test_boston_comes_in_with_its_due_times_and_our_clocks_mark_it_as_boston_did(desk, cases, name):
    content = BOSTON.read_bytes() if name == "copy" else shared(name)
    file = desk.bring(content, timezone="America/New_York")
    assert (file.status, file.handled) == ("done", 100), file.errors
    marked: Counter[bool] = Counter()
    for row in due_ones(cases):
        clock = clock_of(row["case_enquiry_id"])
        assert clock.due_at == boston.moment(row["target_dt"])
        if row["closed_dt"]:
            marked[clock.result == MARKS[row["ontime"]]] += 1
        else:
            assert clock.running
    assert marked == {True: 77}
    assert Demand.objects.filter(status="closed").count() == sum(
        bool(row["closed_dt"]) for row in cases
    )


def test_due_times_of_boston_are_reached_by_counting(cases):
    """88 of 89: one promise for each type gives the stored due time within the seconds that were lost.

    The one that is missing, a Traffic Signal Inspection, is due one second less than a day after it came in;
    no whole number of days is. Of the 88, one due time is 7 seconds later than counted although its open_dt
    has seconds and so was not rounded: strictly it is 87.
    """
    rows, table = due_ones(cases), boston.timetable()
    assert len(rows) == 89
    assert len(boston.reproduced(rows, boston.rules(rows, table, everywhere=True))) == 88
    exact = boston.reproduced(rows, boston.rules(rows, table))
    assert len(exact) == 87
    gaps = {row["case_enquiry_id"]: _gap_to_one_day(row) for row in rows if row not in exact}
    assert gaps == {"101004114706": timedelta(seconds=7), "101004113906": timedelta(seconds=-1)}


def _gap_to_one_day(row):
    start, target = boston.times_of(row)
    return target - start - timedelta(days=1)


def test_each_type_of_boston_has_one_promise(cases):
    rows = due_ones(cases)
    promises = boston.constants(rows, boston.rules(rows, boston.timetable(), everywhere=True))
    assert len(promises) == len({row["type"] for row in rows}) == 28
    assert all(promises.values())
    assert promises["Abandoned Vehicles"] == {("working", 12)}
    assert promises["Graffiti Removal"] == {("working", 45)}
    assert promises["Rodent Activity"] == {("calendar", 30)}
    assert promises["Traffic Signal Inspection"] == {("calendar", 1)}


def test_boston_counted_martin_luther_king_day_as_a_working_day(cases):
    """Three due times fall on 17 January or are counted over it. Of Presidents' Day, 21 February, the rows
    say nothing: every case of a type that is counted over it is, so that it would only add one to each."""
    rows = due_ones(cases)
    assert "2022-01-17 08:30:00" in {row["target_dt"] for row in rows}
    for holiday, reached in ((date(2022, 1, 17), 84), (date(2022, 2, 21), 87)):
        assert (
            len(boston.reproduced(rows, boston.rules(rows, boston.timetable(holiday)))) == reached
        )


def test_400_messages_of_chinese_citizens_come_in_as_they_are(desk):
    content = shared("01_requests/cn_gov_messages_with_reply_400.csv")
    rows = list(csv.DictReader(content.decode().splitlines(keepends=True)))
    file = desk.bring(content, "留言.csv")
    assert (file.status, file.handled) == ("done", 400), file.errors[:5]
    assert file.mapping == {
        "external": "msg_id", "requester": "user", "title": "title", "submitted_at": "created_at",
        "body": "body", "result": "reply", "ended_at": "replied_at",
    }  # fmt: skip
    assert Demand.objects.filter(status="closed", channel="import").count() == 400
    for row in rows[::40]:
        created = Demand.objects.get(imported_as__external=row["msg_id"])
        assert created.title == " ".join(row["title"].split())
        assert created.body.startswith(row["body"].strip())
        assert f"需求人：{row['user']}" in created.body
    assert Clock.objects.filter(kind="handling").exclude(result="running").count() == 400
    years = Demand.objects.values_list("submitted_at__year", "number")
    assert {f"XQ-{year}" for year, _number in years} >= {"XQ-2011", "XQ-2019"}


def test_rows_of_new_york_that_end_before_they_begin_are_said_in_words(desk):
    content = shared("01_requests/us_nyc311_2018_1000.csv")
    file = desk.bring(content, timezone="America/New_York")
    assert (file.status, file.wrong) == ("failed", 10)
    assert not Demand.objects.exists()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
    dirty = {
        number for number, row in enumerate(rows, 2) if "" < row["closed_at"] < row["created_at"]
    }
    assert {number for number, _column, _sentence in file.errors} == dirty
    assert {column for _number, column, _sentence in file.errors} == {"closed_at"}
    assert "早于提交时间" in file.errors[0][2]
    kept = [
        line
        for number, line in enumerate(content.decode("utf-8-sig").splitlines(), 1)
        if number not in dirty
    ]
    assert desk.bring("\n".join(kept).encode(), timezone="America/New_York").handled == 990
