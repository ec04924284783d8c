"""A workbook that came in with errors, to go back to whoever made it with the errors marked in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from io import BytesIO
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from houqin.platform.sheets.reading import Table
from houqin.platform.sheets.writing import HEAD_FILL, HEAD_FONT, LONGEST, UNWRITABLE

WRONG: Final = PatternFill("solid", fgColor="F8CBAD")
WIDTHS: Final = (16, 80)  # of a column of theirs and of the one with the sentences


class Mark(NamedTuple):
    """A wrong cell: the row as a spreadsheet counts, the column by its name, and what to do about it."""

    row: int
    column: str
    sentence: str


def mark_book(
    tables: Mapping[str, Table], marks: Mapping[str, Sequence[Mark]], *, only_wrong: bool = False
) -> bytes:
    """The `tables` as an xlsx file, each row in its place, wrong cells red, and a last column that says why.

    With `only_wrong` the rows without a mark are left out. All cells are texts as they were read: nothing
    computes, and 0012 stays 0012.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, table in tables.items():
        _sheet(book.create_sheet(name), table, marks.get(name, ()), only_wrong)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(page: Any, table: Table, marks: Sequence[Mark], only_wrong: bool) -> None:
    by_row: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_row[mark.row].append(mark)
    _heads(page, [*table.columns, _("错误")])
    rows = [row for row in table.rows if row[0] in by_row or not only_wrong]
    for nth, (number, cells) in enumerate(rows, 2):
        row, of_row = nth if only_wrong else number, by_row[number]
        pairs = list(zip(table.columns, cells, strict=False))
        _cells(page, row, pairs, {mark.column for mark in of_row})
        sentences = " ".join(mark.sentence for mark in of_row)
        _write(page, row, len(table.columns) + 1, sentences)


def _heads(page: Any, titles: Sequence[str]) -> None:
    for place, title in enumerate(titles, 1):
        head = _write(page, 1, place, title)
        head.font, head.fill = HEAD_FONT, HEAD_FILL
        page.column_dimensions[get_column_letter(place)].width = WIDTHS[place == len(titles)]
    page.freeze_panes = "A2"


def _cells(page: Any, row: int, pairs: Sequence[tuple[str, Any]], wrong: Set[str]) -> None:
    for place, (title, value) in enumerate(pairs, 1):
        cell = _write(page, row, place, value)
        if title in wrong:
            cell.fill = WRONG


def _write(page: Any, row: int, column: int, value: Any) -> Any:
    """A text, never a formula, whatever it begins with."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    cell = page.cell(row, column, UNWRITABLE.sub("", str(value))[:LONGEST] or None)
    if cell.value is not None:
        cell.data_type, cell.number_format = "s", "@"
    return cell
