"""The workbook to fill in: our sheets with their heads, and one that says what goes where."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from houqin.platform.sheets.columns import ImportColumn, ImportSheet
from houqin.platform.sheets.importer import Importer
from houqin.platform.sheets.writing import HEAD_FILL, HEAD_FONT, UNWRITABLE

NEEDED: Final = PatternFill("solid", fgColor="FCE4D6")
LAST: Final = 5000  # the row to which a list of choices reaches
LONGEST_LIST: Final = 255  # characters that Excel takes


def template_book(kind: Importer, *, filled: bool) -> bytes:
    """An xlsx file; with `filled`, holding what the house knows already, to be changed and brought back."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in kind.sheets:
        _sheet(book, sheet, filled)
    _notes(book, kind)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, sheet: ImportSheet, filled: bool) -> None:
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", str(sheet.title))[:31])
    for place, column in enumerate(sheet.columns, 1):
        _head(page, place, column)
    page.freeze_panes = "A2"
    there = sheet.rows() if filled and sheet.rows else ()
    for number, thing in enumerate(there, 2):
        for place, column in enumerate(sheet.columns, 1):
            _write(page, number, place, column.shown(thing) if column.shown else "")


def _offer(page: Any, letter: str, column: ImportColumn) -> None:
    """A list to choose from, where Excel can hold it."""
    words = [str(choice) for choice in column.choices()] if column.choices else []
    joined = ",".join(words)
    if not words or len(joined) > LONGEST_LIST or '"' in joined:
        return
    offered = DataValidation("list", formula1=f'"{joined}"')
    offered.add(f"{letter}2:{letter}{LAST}")
    page.add_data_validation(offered)


def _write(page: Any, row: int, column: int, value: Any) -> None:
    """A text, never a formula, whatever it begins with."""
    text = "" if value is None else UNWRITABLE.sub("", str(value))
    cell = page.cell(row, column, text or None)
    if text:
        cell.data_type, cell.number_format = "s", "@"


def _head(page: Any, place: int, column: ImportColumn) -> None:
    head = page.cell(1, place, str(column.label))
    head.font, head.fill = HEAD_FONT, NEEDED if column.required else HEAD_FILL
    letter = get_column_letter(place)
    page.column_dimensions[letter].width = column.width
    page.column_dimensions[letter].number_format = "@"  # 0012 stays 0012
    _offer(page, letter, column)


def _notes(book: Workbook, kind: Importer) -> None:
    page = book.create_sheet(_("填写说明"))
    page.append([_("表"), _("列"), _("必填"), _("怎么填"), _("例子")])
    for sheet in kind.sheets:
        for column in sheet.columns:
            page.append(_note(sheet, column))
    if kind.updates:
        words = _(
            "更新时只写要改的行：已有的会更新，没有的会新增，表里没写的不动；空着的格子不改。"
        )
        page.append([])
        page.append([words])
    _lay_out_notes(page)


def _note(sheet: ImportSheet, column: ImportColumn) -> list[str]:
    needed = _("必填") if column.required else ""
    return [str(sheet.title), str(column.label), needed, str(column.hint), column.example]


def _lay_out_notes(page: Any) -> None:
    for head in page[1]:
        head.font, head.fill = Font(bold=True), HEAD_FILL
    for letter, width in zip("ABCDE", (10, 14, 8, 60, 20), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=2, min_col=4, max_col=4):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
