"""Excel files, and what must be known of one before a parser may open it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from houqin.kernel.errors import Refused

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MAX_UNPACKED = 300 * 1024 * 1024
MAX_CELLS = 3_000_000
UNMEASURED = {
    "content.xml",
    "xl/workbook.bin",
}  # OpenDocument and xlsb, which the parser would read as well
POSITION = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})(\d{1,7})["']""")
ANY_POSITION = re.compile(rb"""\sr\s*=\s*["']""")


Rows = Iterator[tuple[int, list[Any]]]


def sheet_rows(data: bytes, name: str = "") -> Rows | None:
    """The rows of the sheet `name`, "" for the first that has any, numbered as Excel does; None when `data`
    is no workbook.

    Raises Refused for one that is broken, locked or too large, or has no such sheet.
    """
    if not data.startswith((ZIP, OLE)):
        return None
    matches = (sheet for sheet in _filled_sheets(data) if name in ("", sheet.name))
    sheet = next(matches, None)
    if sheet is None:
        raise Refused(_("工作簿里没有叫“%(name)s”的表。") % {"name": name})
    return _rows(sheet)


def book_rows(data: bytes) -> dict[str, Rows]:
    """The rows of every sheet that has any, by the name of the sheet, numbered as Excel does.

    Raises Refused for what is no workbook, or is broken, locked, too large or empty.
    """
    if not data.startswith((ZIP, OLE)):
        raise Refused(_("这不是 Excel 工作簿，请用下载的模板填写后再上传。"))
    return {sheet.name: _rows(sheet) for sheet in _filled_sheets(data)}


def sheet_tops(data: bytes, most: int) -> dict[str, Rows] | None:
    """The first `most` rows of every sheet that has any; None when `data` is no workbook."""
    if not data.startswith((ZIP, OLE)):
        return None
    return {sheet.name: _rows(sheet, most) for sheet in _filled_sheets(data)}


def _filled_sheets(data: bytes) -> Iterator[CalamineSheet]:
    """At least one. Each is measured before its cells are read."""
    if data.startswith(ZIP):
        _look_before(data)
    any_filled = False
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for entry in book.sheets_metadata:
            sheet = (
                book.get_sheet_by_name(entry.name) if entry.typ is SheetTypeEnum.WorkSheet else None
            )
            if sheet is not None and sheet.height:
                any_filled = True
                yield sheet
    except PasswordError as error:
        raise Refused(_("工作簿加了密码，请去掉密码后再导入。")) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _not_opened() from error
    if not any_filled:
        raise Refused(_("工作簿里没有任何内容。"))


def _rows(sheet: CalamineSheet, most: int | None = None) -> Rows:
    # an old .xls says only now how large it is; it ends at row 65536
    _refuse_too_wide(sheet.height, sheet.width)
    top, left = sheet.start or (0, 0)
    rows = sheet.to_python(skip_empty_area=True, nrows=most)
    for (first, column), (last, _right) in sheet.merged_cell_ranges or ():
        _spread(rows, first - top, last - top, column - left)
    return enumerate(rows, top + 1)


def _spread(rows: list[list[Any]], first: int, last: int, column: int) -> None:
    """Cells that were merged downwards all say what the first of them says."""
    if not (0 <= first < len(rows) and 0 <= column < len(rows[first])):
        return
    for row in rows[first + 1 : last + 1]:
        row[column] = rows[first][column]


def _look_before(data: bytes) -> None:
    """Refuse a workbook that would not fit into memory.

    The parser lays a sheet out as a full rectangle, so that a single cell at XFD1048576, which a careless
    format leaves behind, asks for 500 GB and ends the whole process. A zip bomb would do the same.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if (
                sum(member.file_size for member in packed.infolist()) > MAX_UNPACKED
                or packed.testzip()
            ):
                raise Refused(_("这个 Excel 文件解压后过大或已损坏，请另存为 CSV 后再试。"))
            if UNMEASURED & {name.lower() for name in packed.namelist()}:
                raise _not_opened()
            for name in packed.namelist():  # a workbook may keep its sheets in any folder
                member = packed.read(name)
                if b"sheetData" in member:
                    _measure(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise _not_opened() from error


def _measure(sheet: bytes) -> None:
    """Refuse a sheet whose outermost cells span too much, or whose positions are written strangely."""
    positions = POSITION.findall(sheet)
    height = max((int(row) for _column, row in positions), default=0)
    width = max((_ordinal(column) for column, _row in positions), default=0)
    _refuse_too_wide(height, width, strange=len(positions) != len(ANY_POSITION.findall(sheet)))


def _refuse_too_wide(height: int, width: int, *, strange: bool = False) -> None:
    if strange or height * width > MAX_CELLS:
        raise Refused(
            _("工作表占的范围太大（%(rows)d 行 × %(columns)d 列），请把数据复制到新表再试。")
            % {"rows": height, "columns": width}
        )


def _ordinal(column: bytes) -> int:
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number


def _not_opened() -> Refused:
    return Refused(_("打不开这个 Excel 文件，可能已损坏；请另存为 xlsx 或 CSV 后再试。"))
