"""The yearly notice is read from the files people have, and each mistake is named with its row."""

from datetime import date

import pytest

from houqin.kernel.worktime.actions import NoticeRow, read_notice

JSON = """{"year": 2012, "papers": [], "days": [
  {"name": "元旦", "date": "2012-01-01", "isOffDay": true},
  {"name": "元旦", "date": "2011-12-31", "isOffDay": false}
]}"""
ROWS = (NoticeRow(date(2027, 1, 1), "元旦", False), NoticeRow(date(2027, 1, 9), "元旦", True))


def test_json_as_published_may_reach_into_the_december_before():
    notice = read_notice(JSON, "2012.json")
    assert notice.errors == ()
    assert notice.year == 2012
    assert [row.date for row in notice.rows] == [date(2011, 12, 31), date(2012, 1, 1)]
    assert [row.working for row in notice.rows] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "日期,名称,类型\n2027-01-01,元旦,放假\n2027-01-09,元旦,上班\n",
        "日期\t名称\t类型\n2027年1月1日\t元旦\t休息\n2027/1/9\t元旦\t调休上班\n",
        "date;name;working\n2027-01-01;元旦;0\n2027-01-09;元旦;1\n\n",
        "isOffDay,date,name\nTrue,2027.1.1,元旦\nFalse,2027.1.9,元旦\n,,\n",
        "日期，名称，放假\r\n2027-01-01，元旦，是\r\n2027-01-09，元旦，否\r\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_tables_are_read_with_chinese_or_english_headings(text, encoding):
    notice = read_notice(text.encode(encoding), "放假安排.csv")
    assert (notice.year, notice.rows, notice.errors) == (2027, ROWS, ())


def test_each_bad_row_is_named_and_the_good_ones_are_read():
    notice = read_notice(
        "日期,名称,类型\n"
        "2027-01-01,元旦,放假\n"
        "一月二日,元旦,放假\n"
        "2027-01-03,元旦,也许\n"
        "2027-01-01,元旦,上班\n"
        f"2027-01-05,{'长' * 31},放假\n"
        "2027-01-02,元旦,放假\n"
        "2025-01-01,元旦,放假\n",
        "2027.csv",
    )
    assert [row.date for row in notice.rows] == [
        date(2025, 1, 1),
        date(2027, 1, 1),
        date(2027, 1, 2),
    ]
    assert notice.errors == (
        "第 3 行：日期“一月二日”不对，应写作 2027-01-01。",
        "第 4 行：看不出是放假还是上班。",
        "第 5 行：2027-01-01 出现两次，一次放假一次上班。",
        "第 6 行：名称太长，最多 30 个字。",
        "2025-01-01 不在 2027 年内。",
    )


def test_days_of_another_year_are_mistakes():
    notice = read_notice(
        '{"year": 2027, "days": [{"date": "2026-11-30", "isOffDay": true}]}', "2027.json"
    )
    assert notice.errors == ("2026-11-30 不在 2027 年内。",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "表头"),
        (b"\xff\xfe\x00\x00", "表头"),
        ("{", "不是有效的 JSON"),
        ("[" * 100_000, "表头"),
        ('{"a":' * 20_000, "不是有效的 JSON"),
        ('{"days": [1]}', "days"),
        ('{"year": "2027", "days": []}', "年份不对"),
        ('{"year": 2027, "papers": [], "days": []}', "可能还没有公布"),
        ('{"year": 2027, "days": [{"date": null}]}', "日期“”不对"),
        (
            '{"year": 2027, "days": [{"date": "2027-01-01", "isOffDay": null}]}',
            "看不出是放假还是上班",
        ),
        ("日期,类型\n" + "2027-01-01,放假\n" * 401, "行数太多"),
        ("x" * 1_000_001, "文件太大"),
        ('日期,类型\n"2027-01-01,放假\n' + "字" * 200_000, "不"),
        ("=cmd()|'/C calc'!A0,名称\n1,2", "表头"),
    ],
)
def test_a_broken_file_gives_a_sentence_and_never_a_crash(content, sentence):
    notice = read_notice(content, "2027.csv")
    assert any(sentence in error for error in notice.errors), notice.errors


def test_a_name_keeps_no_character_that_nobody_can_see():
    notice = read_notice(
        '{"days": [{"date": "2027-01-01", "name": "元\\u0000旦", "isOffDay": true}]}', "2027.json"
    )
    assert [row.name for row in notice.rows] == ["元旦"]
