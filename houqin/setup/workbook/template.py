"""The workbook to fill in: three sheets with their heads, and one that says what goes where."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from houqin.kernel.places.models import Place
from houqin.setup.workbook.columns import PLACES, SHEETS, Sheet

HEAD: Final = PatternFill("solid", fgColor="DDEFEC")
NEEDED: Final = PatternFill("solid", fgColor="FCE4D6")
TEXTS: Final = {"code", "parent", "username", "department", "phone", "where"}
LAST: Final = 5000  # the row to which the list of kinds reaches


def template(*, filled: bool) -> bytes:
    """An xlsx file; with `filled`, holding what the house knows already, to be changed and brought back."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        _sheet(book, sheet, filled)
    _notes(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(book: Workbook, sheet: Sheet, filled: bool) -> None:
    page = book.create_sheet(str(sheet.title))
    for place, column in enumerate(sheet.columns, 1):
        head = page.cell(1, place, str(column.title))
        head.font, head.fill = Font(bold=True), NEEDED if column.needed else HEAD
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = column.width
        if column.key in TEXTS:
            page.column_dimensions[letter].number_format = "@"  # 0012 stays 0012
    page.freeze_panes = "A2"
    if sheet is PLACES:
        kinds = DataValidation(
            "list", formula1=f'"{",".join(str(kind.label) for kind in Place.Kind)}"'
        )
        kinds.add(f"C2:C{LAST}")
        page.add_data_validation(kinds)
    for number, thing in enumerate(sheet.rows() if filled else (), 2):
        for place, column in enumerate(sheet.columns, 1):
            _write(page, number, place, column.shown(thing))


def _write(page: Any, row: int, column: int, text: str) -> None:
    """A text, never a formula, whatever it begins with."""
    cell = page.cell(row, column, text or None)
    if text:
        cell.data_type, cell.number_format = "s", "@"


def _notes(book: Workbook) -> None:
    page = book.create_sheet(_("填写说明"))
    page.append([_("表"), _("列"), _("必填"), _("怎么填"), _("例子")])
    for sheet in SHEETS:
        for column in sheet.columns:
            needed = _("必填") if column.needed else ""
            page.append(
                [str(sheet.title), str(column.title), needed, str(column.hint), column.example]
            )
    page.append([])
    page.append(
        [
            _(
                "更新时只写要改的行：编码或工号已有的会更新，没有的会新增，表里没写的不动；空着的格子不改。"
            )
        ]
    )
    for head in page[1]:
        head.font, head.fill = Font(bold=True), HEAD
    for letter, width in zip("ABCDE", (8, 14, 8, 60, 20), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=2, min_col=4, max_col=4):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
