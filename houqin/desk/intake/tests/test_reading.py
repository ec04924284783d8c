import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from houqin.desk.intake.mapping import FIELDS
from houqin.desk.intake.tests.conftest import table
from houqin.kernel.errors import Refused
from houqin.platform.sheets.columns import suggest
from houqin.platform.sheets.moments import NoMoment, read_moment
from houqin.platform.sheets.reading import MAX_BYTES, read_table

SHANGHAI = ZoneInfo("Asia/Shanghai")


def workbook(*rows, cells=()):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for position, value in cells:
        sheet[position] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_each_encoding_that_spreadsheets_save(encoding):
    results = read_table("标题,提交时间\n水管漏水，速修,2026-11-23 10:24\n".encode(encoding))
    assert results.columns == ["标题", "提交时间"]
    assert results.rows == [(2, ["水管漏水，速修", "2026-11-23 10:24"])]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_even_where_others_occur_in_the_text(delimiter):
    head = delimiter.join(["标题", "内容", "提交时间"])
    row = delimiter.join(["灯坏了", '"一, 二; 三| 四, 五, 六"', "2026-11-23"])
    assert read_table(f"{head}\n{row}".encode()).rows == [
        (2, ["灯坏了", "一, 二; 三| 四, 五, 六", "2026-11-23"])
    ]


def test_one_column_is_a_table_too():
    assert read_table(table("标题", "灯坏了")).rows == [(2, ["灯坏了"])]


def test_rows_are_counted_as_a_spreadsheet_does_and_blank_ones_left_out():
    results = read_table(b'title,body\nfirst,"two\nlines"\n,\n\nlast,x\n')
    assert [(number, cells[0]) for number, cells in results.rows] == [(2, "first"), (5, "last")]


def test_columns_without_a_name_or_with_the_same_one_can_be_told_apart():
    assert read_table(table("a,a,,b", "1,2,3,4")).columns == ["a", "a（2）", "第 3 列", "b"]


def test_more_cells_than_columns_are_kept_for_the_report():
    assert read_table(table("a,b", "1,2,3")).rows == [(2, ["1", "2", "3"])]


def test_excel_is_read_with_its_dates():
    at = datetime(2026, 11, 23, 10, 24)  # noqa: DTZ001 a cell of Excel knows no zone
    assert read_table(workbook(["标题", "提交时间"], ["灯坏了", at])).rows == [(2, ["灯坏了", at])]


def test_excel_rows_keep_their_numbers_below_an_empty_top():
    results = read_table(workbook(cells=[("B3", "标题"), ("B4", "灯坏了"), ("B6", "门坏了")]))
    assert results.rows == [(4, ["灯坏了"]), (6, ["门坏了"])]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"  \r\n ", "空的"),
        (b",,\n,,\n", "没有内容"),
        ("标题,提交时间\n".encode(), "只有标题行"),
        (b"title\x00,body\nx,y\n", "NUL"),
        (b"title,body\n\xff\xff\x80,\xfe\n", "编码"),
        (
            '标题,提交时间\n"灯坏了,2026-11-23\n门坏了,2026-11-23\n'.encode(),
            "第 2 行有引号没有闭合",
        ),
        (b"PK\x03\x04 this is no workbook", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "Excel"),
        (b"a\n" + b"x" * MAX_BYTES, "20 MB"),
        (",".join(f"c{n}" for n in range(201)).encode() + b"\nx", "列太多"),
        (b"a\n" + b"x\n" * 100_001, "10 万行"),
    ],
)
def test_a_bad_file_is_refused_with_a_clear_sentence(data, words):
    with pytest.raises(Refused, match=words):
        read_table(data)


def test_a_single_cell_far_away_does_not_take_the_process_down():
    with pytest.raises(Refused, match="1048576 行"):
        read_table(workbook(["标题"], ["灯坏了"], cells=[("XFD1048576", "x")]))


def test_a_bomb_is_not_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b"0" * (301 * 1024 * 1024))
    with pytest.raises(Refused, match="过大"):
        read_table(packed.getvalue())


@pytest.mark.parametrize(
    ("kept", "instead"), [("xl/worksheets/", "xl/elsewhere/"), ("worksheets/", "x/")]
)
def test_a_single_cell_far_away_is_found_in_whatever_folder_its_sheet_lies(kept, instead):
    source = zipfile.ZipFile(io.BytesIO(workbook(["日期"], cells=[("ZZ20000", "x")])))
    moved = io.BytesIO()
    with zipfile.ZipFile(moved, "w") as book:
        for name in source.namelist():
            content = source.read(name).replace(kept.encode(), instead.encode())
            book.writestr(name.replace(kept, instead), content)
    with pytest.raises(Refused, match="范围太大"):
        read_table(moved.getvalue())


@pytest.mark.parametrize("name", ["content.xml", "xl/workbook.bin"])
def test_what_cannot_be_measured_beforehand_is_not_opened(name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr(name, "")
    with pytest.raises(Refused, match="另存为 xlsx"):
        read_table(packed.getvalue())


def test_an_empty_workbook_has_nothing_to_import():
    with pytest.raises(Refused, match="没有任何内容"):
        read_table(workbook())


def test_a_huge_cell_is_read_whole():
    text = "很长" * 200_000
    written = io.StringIO()
    csv.writer(written).writerows([["title", "body"], ["x", text]])
    assert read_table(written.getvalue().encode()).rows == [(2, ["x", text])]


def test_control_characters_do_not_reach_the_database():
    assert read_table(b"a,b\nx\x07\x1by, line\r\n").rows == [(2, ["xy", "line"])]


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-11-23 10:24:31", "ymd", (2026, 11, 23, 2, 24, 31)),
        ("2026-11-23T10:24:31", "ymd", (2026, 11, 23, 2, 24, 31)),
        ("2026-11-23T10:24:31Z", "ymd", (2026, 11, 23, 10, 24, 31)),
        ("2026-11-23T10:24:31+01:00", "mdy", (2026, 11, 23, 9, 24, 31)),
        ("2026/1/3 9:05", "ymd", (2026, 1, 3, 1, 5)),
        ("2026年11月23日 10时24分", "ymd", (2026, 11, 23, 2, 24)),
        ("2026.11.23", "ymd", (2026, 11, 22, 16)),
        ("11/23/2026 01:05:00 PM", "mdy", (2026, 11, 23, 5, 5)),
        ("03/04/2018", "mdy", (2018, 3, 3, 16)),
        ("03/04/2018", "dmy", (2018, 4, 2, 16)),
        ("06/26/2018 12:00:00 AM", "mdy", (2018, 6, 25, 16)),
    ],
)
def test_times_are_read_as_tables_write_them(text, order, expected):
    assert read_moment(text, zone=SHANGHAI, order=order).utctimetuple()[:6] == (*expected, 0, 0)[:6]


def test_a_day_without_a_time_begins_with_its_first_and_ends_with_its_last_second():
    first = read_moment("2026-11-23", zone=SHANGHAI, order="ymd")
    last = read_moment("2026-11-23", zone=SHANGHAI, order="ymd", close=True)
    assert first == datetime(2026, 11, 22, 16, tzinfo=UTC)
    assert last == first + timedelta(hours=23, minutes=59, seconds=59)
    assert last == read_moment(date(2026, 11, 23), zone=SHANGHAI, order="ymd", close=True)


@pytest.mark.parametrize(
    "text",
    [
        "昨天",
        "13/45/2026",
        "2026-02-30",
        "03/04/2018",
        "1899-12-31",
        44521.5,
        "2026-11-23 25:00",
        True,
    ],
)
def test_what_is_no_time_is_said_so(text):
    with pytest.raises(NoMoment):
        read_moment(text, zone=SHANGHAI, order="ymd")


def test_columns_are_guessed_from_chinese_and_english_headers():
    assert suggest(["留言编号", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"], FIELDS) == {
        "external": "留言编号", "title": "留言主题", "submitted_at": "留言时间", "body": "留言详情",
        "result": "答复意见", "ended_at": "答复时间",
    }  # fmt: skip
    results = suggest(
        [
            "case_enquiry_id",
            "open_dt",
            "target_dt",
            "closed_dt",
            "closure_reason",
            "case_title",
            "type",
        ],
        FIELDS,
    )
    assert results == {
        "external": "case_enquiry_id", "submitted_at": "open_dt", "due_at": "target_dt",
        "ended_at": "closed_dt", "result": "closure_reason", "title": "case_title", "entry": "type",
    }  # fmt: skip


def test_no_column_is_guessed_twice():
    results = suggest(["id", "date", "subject", "description", "status"], FIELDS)
    assert len(set(results.values())) == len(results)
