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


def sheet_rows(data: bytes) -> Iterator[tuple[int, list[Any]]] | None:
    """The rows of the first sheet that has any, numbered as Excel does; None when `data` is no workbook.

    Raises Refused for one that is broken, locked or too large.
    """
    if not data.startswith((ZIP, OLE)):
        return None
    return _rows(next(_filled_sheets(data)))


def book_rows(data: bytes) -> dict[str, Iterator[tuple[int, list[Any]]]]:
    """The rows of every sheet that has any, by the name of the sheet, numbered as Excel does.

    Raises Refused for what is no workbook, or is broken, locked, too large or empty.
    """
    if not data.startswith((ZIP, OLE)):
        raise Refused(_("这不是 Excel 工作簿，请用下载的模板填写后再上传。"))
    return {sheet.name: _rows(sheet) for sheet in _filled_sheets(data)}


def _filled_sheets(data: bytes) -> Iterator[CalamineSheet]:
    """At least one. Each is measured before its cells are read."""
    if data.startswith(ZIP):
        _look_before(data)
    found = False
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for one in book.sheets_metadata:
            sheet = book.get_sheet_by_name(one.name) if one.typ is SheetTypeEnum.WorkSheet else None
            if sheet is not None and sheet.height:
                found = True
                yield sheet
    except PasswordError as error:
        raise Refused(_("工作簿加了密码，请去掉密码后再导入。")) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _not_opened() from error
    if not found:
        raise Refused(_("工作簿里没有任何内容。"))


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    _refuse_too_wide(
        sheet.height, sheet.width
    )  # an old .xls says so only now; it ends at row 65536
    first_row = sheet.start[0] + 1 if sheet.start else 1
    return enumerate(sheet.to_python(skip_empty_area=True), first_row)


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
    found = POSITION.findall(sheet)
    height = max((int(row) for _column, row in found), default=0)
    width = max((_ordinal(column) for column, _row in found), default=0)
    _refuse_too_wide(height, width, strange=len(found) != len(ANY_POSITION.findall(sheet)))


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
