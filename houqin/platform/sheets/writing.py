"""Rows as an Excel workbook to go on working with: real dates and numbers, and nothing that computes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, NamedTuple

from django.utils.timezone import is_aware, make_naive
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from houqin.platform.sheets.reading import FORMULA

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_A_FORMULA = (*FORMULA, "\n", "＝", "＋", "－", "＠")
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# XML 1.0 has no place for these, and openpyxl refuses a cell that holds one.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_767  # characters that Excel keeps in a cell
MOMENT, DAY = "yyyy-mm-dd hh:mm", "yyyy-mm-dd"
HEAD_FONT, HEAD_FILL = Font(bold=True), PatternFill("solid", fgColor="E0F0EF")


class Head(NamedTuple):
    """The head of a column; `width` in characters of Excel's standard font."""

    words: str
    width: int


def harmless(cell: Any) -> str:
    """A cell that a spreadsheet will show and never compute: an apostrophe goes before what would start a
    formula (OWASP, CSV injection). Plain numbers such as -71.05 stay numbers."""
    text = f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)
    if text.startswith(STARTS_A_FORMULA) and not PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def write_sheet(
    out: IO[bytes], title: str, heads: Sequence[Head], rows: Iterable[Sequence[Any]]
) -> int:
    """Write `rows` under `heads` as one sheet called `title`; how many there were.

    The rows go to the disk as they come, so that any number fits. Moments are written as they are on the
    house's own clock, because Excel knows no time zones.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Sheet")
    for nth, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(nth)].width = head.width
    sheet.freeze_panes = "A2"
    sheet.append([_head(sheet, head) for head in heads])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count + 1}"
    book.save(out)
    return count


def _head(sheet: Any, head: Head) -> Any:
    cell = WriteOnlyCell(sheet, head.words)
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, Alignment(vertical="center")
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    """What openpyxl writes for `value`: a number or moment as itself, all else as text."""
    if value is None or value == "":
        return None
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return _dated(sheet, make_naive(value) if is_aware(value) else value, MOMENT)
    if isinstance(value, date):
        return _dated(sheet, value, DAY)
    cell = WriteOnlyCell(sheet, UNWRITABLE.sub("", harmless(value))[:LONGEST])
    cell.data_type = "s"
    return cell


def _dated(sheet: Any, value: Any, form: str) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = form
    return cell
