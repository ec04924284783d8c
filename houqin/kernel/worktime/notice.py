"""Reading the yearly notice of holidays from a file: JSON as holiday-cn publishes it, or a CSV table."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

MOST_BYTES = 1_000_000
MOST_ROWS = 400
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
HEADINGS = {
    "date": {"date", "日期"},
    "name": {"name", "名称", "节日", "节假日"},
    "working": {"working", "isworkday", "上班"},
    "off": {"isoffday", "off", "放假"},
    "kind": {"type", "kind", "类型"},
}
YES = {"1", "true", "yes", "y", "是"}
NO = {"0", "false", "no", "n", "否"}
WORKED = {"上班", "补班", "调休", "调休上班", "工作日"}
FREE = {"放假", "休息", "假期", "节假日"}


@dataclass(frozen=True)
class NoticeRow:
    """One day of a notice."""

    date: date
    name: str
    working: bool


@dataclass(frozen=True)
class HolidayNotice:
    """What a file says: rows by date, and what is wrong with it in sentences for the user.

    `year` None: the file says no year. Only a notice without errors can be published.
    """

    year: int | None
    rows: tuple[NoticeRow, ...]
    errors: tuple[str, ...]


# The cells of a row by column, and the number of the row as an editor or a spreadsheet shows it.
Cells = dict[str, Any]
Numbered = list[tuple[int, Cells]]


class _BadRow(ValueError):
    """The message is for the user."""


def read_notice(content: str | bytes, filename: str) -> HolidayNotice:
    """Read a notice. Never raises: whatever is wrong is among the errors, with the number of its row."""
    if len(content) > MOST_BYTES:
        return HolidayNotice(None, (), (_("文件太大，一年的放假安排不会超过 1 MB。"),))
    text = content if isinstance(content, str) else _decoded(content)
    text = text.removeprefix("\ufeff").strip()
    try:
        if filename.lower().endswith(".json") or text.startswith("{"):
            year, raw = _json_rows(text)
        else:
            year, raw = None, _csv_rows(text)
    except _BadRow as error:
        return HolidayNotice(None, (), (str(error),))
    return _checked(year, raw)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")  # what Chinese Excel saves as CSV


def _json_rows(text: str) -> tuple[int | None, Numbered]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _BadRow(_("文件不是有效的 JSON。")) from error
    days = content.get("days") if isinstance(content, dict) else None
    if not isinstance(days, list) or not all(isinstance(day, dict) for day in days):
        raise _BadRow(_("文件里没有“days”列表，应与 holiday-cn 的年度文件相同。"))
    year = content.get("year")
    if year is not None and (not isinstance(year, int) or not 1949 < year < 2200):
        raise _BadRow(_("文件里的年份不对。"))
    rows = (
        {"date": day.get("date"), "name": day.get("name"), "off": day.get("isOffDay")}
        for day in days
    )
    return year, list(enumerate(rows, start=1))


def _csv_rows(text: str) -> Numbered:
    lines = text.splitlines()
    delimiter = max(",\t;，", key=lines[0].count) if lines else ","
    try:
        table = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise _BadRow(_("文件不是有效的 CSV 表格。")) from error
    columns = [_heading(cell) for cell in table[0]] if table else []
    if "date" not in columns or not {"working", "off", "kind"} & set(columns):
        raise _BadRow(_("表头应有“日期”“名称”和“类型”（放假或上班）三列。"))
    rows = (
        (number, dict(zip(columns, row, strict=False)))
        for number, row in enumerate(table[1:], start=2)
    )
    return [
        (number, cells) for number, cells in rows if any(cell.strip() for cell in cells.values())
    ]


def _heading(cell: str) -> str:
    word = cell.strip().lower()
    return next((column for column, words in HEADINGS.items() if word in words), word)


def _checked(year: int | None, raw: Numbered) -> HolidayNotice:
    """The rows that can be read, in order of date, and a sentence for each that cannot."""
    rows: dict[date, NoticeRow] = {}
    errors = (
        [_("行数太多，一年的放假安排不会超过 %(most)d 行。") % {"most": MOST_ROWS}]
        if len(raw) > MOST_ROWS
        else []
    )
    for number, cells in raw[:MOST_ROWS]:
        try:
            row = _row(cells)
            if rows.setdefault(row.date, row).working != row.working:
                raise _BadRow(_("%(date)s 出现两次，一次放假一次上班") % {"date": row.date})
        except _BadRow as error:
            errors.append(
                _("第 %(number)d 行：%(problem)s。") % {"number": number, "problem": error}
            )
    counted = Counter(day.year for day in rows).most_common(1)
    year = year or (counted[0][0] if counted else None)
    errors += _out_of_year(year, rows)
    if not raw:
        errors.append(_("文件里没有任何日期，这一年的放假通知可能还没有公布。"))
    return HolidayNotice(year, tuple(rows[day] for day in sorted(rows)), tuple(errors))


def _out_of_year(year: int | None, rows: dict[date, NoticeRow]) -> Iterator[str]:
    """A notice speaks of its year and of the last days of the year before, as New Year may need them."""
    for day in sorted(rows):
        if year and day.year != year and (day.year, day.month) != (year - 1, 12):
            yield _("%(date)s 不在 %(year)d 年内。") % {"date": day, "year": year}


def _row(cells: Cells) -> NoticeRow:
    name = "".join(
        letter for letter in str(cells.get("name") or "") if letter.isprintable()
    ).strip()
    if len(name) > 30:
        raise _BadRow(_("名称太长，最多 30 个字"))
    return NoticeRow(_date(cells.get("date")), name, _working(cells))


def _date(value: Any) -> date:
    match = DATE.fullmatch(str(value or "").strip())
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        pass
    raise _BadRow(_("日期“%(text)s”不对，应写作 2027-01-01") % {"text": str(value or "")[:20]})


def _working(cells: Cells) -> bool:
    for column, words_for_work, words_for_rest in (
        ("working", YES, NO),
        ("off", NO, YES),
        ("kind", WORKED, FREE),
    ):
        word = str(cells.get(column, "")).strip().lower()
        if word in words_for_work:
            return True
        if word in words_for_rest:
            return False
    raise _BadRow(_("看不出是放假还是上班"))
