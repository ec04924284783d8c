"""An uploaded file as a table of cells, or one sentence that says why it cannot be read. Knows no request."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.platform.sheets.words import plain_head
from houqin.platform.sheets.workbooks import book_rows, sheet_rows, sheet_tops

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
MAX_COLUMNS = 200
DELIMITERS = ",\t;|"
TOP = 12  # rows among which a head is looked for
SAMPLE = 64 * 1024  # characters that the delimiter is judged by
LAST = "\x1f last \x1f"
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | bool | date | datetime | time | timedelta

csv.field_size_limit(MAX_BYTES)


class Unreadable(Refused):
    """The file is not a table that the house can read."""


@dataclass(frozen=True)
class Table:
    """`rows` are pairs of the row number as a spreadsheet shows it and one cell for each column; rows
    without any content are left out. More cells than columns are kept, so that the row can be refused."""

    columns: list[str]
    rows: list[tuple[int, list[Cell]]]


def read_table(data: bytes, *, sheet: str = "", head: int = 0) -> Table:
    """The sheet of an Excel file, or delimited text in UTF-8, UTF-16 or GB18030.

    `sheet` "" is the first with content, `head` the row of the heads, 0 the first with content. Raises
    Unreadable with what to do.
    """
    if not data.strip():
        raise Unreadable(_("文件是空的，请选择有内容的表格。"))
    if len(data) > MAX_BYTES:
        raise Unreadable(_("文件超过 20 MB，请拆成几个再导入。"))
    rows = sheet_rows(data, sheet)
    numbered = enumerate(_text_rows(_decoded(data)), 1) if rows is None else rows
    return _table(row for row in numbered if row[0] >= head)


def read_book(data: bytes) -> dict[str, Table]:
    """Every sheet of an Excel workbook that has a row below its head, by name. Raises Refused."""
    tables = {}
    for name, rows in book_rows(data).items():
        filled = [row for row in rows if any(map(_filled, row[1]))]
        if len(filled) > 1:
            tables[name] = _table(iter(filled))
    return tables


def find_head(data: bytes, names: Set[str]) -> tuple[str, int]:
    """The sheet and the row whose cells are most likely the heads of a table with columns called `names`.

    ("", 0), the first, where nothing tells. Raises Unreadable.
    """
    best, place = 1, ("", 0)
    for sheet, rows in read_tops(data).items():
        for number, cells in rows:
            known = {plain_head(str(cell)) for cell in cells if _filled(cell)} & names
            if len(known) > best:
                best, place = len(known), (sheet, number)
    return place


def read_tops(data: bytes) -> dict[str, list[tuple[int, list[Any]]]]:
    """The first rows of each sheet that has any; a text is one sheet called ""."""
    if not data.strip() or len(data) > MAX_BYTES:
        return {}
    tops = sheet_tops(data, TOP)
    if tops is None:
        return {"": list(islice(enumerate(_text_rows(_decoded(data)), 1), TOP))}
    return {name: list(rows) for name, rows in tops.items()}


def _table(numbered: Iterator[tuple[int, Sequence[Any]]]) -> Table:
    head = next((cells for _number, cells in numbered if any(map(_filled, cells))), None)
    if head is None:
        raise Unreadable(_("表格里没有内容。"))
    columns = _names(head)
    rows: list[tuple[int, list[Cell]]] = []
    for number, cells in numbered:
        if not any(map(_filled, cells)):
            continue
        if len(rows) == MAX_ROWS:
            raise Unreadable(_("超过 10 万行，请拆成几个文件再导入。"))
        rows.append((number, [_clean(cell) for cell in cells] + [""] * (len(columns) - len(cells))))
    if not rows:
        raise Unreadable(_("只有标题行，没有数据。第一行应是列名，从第二行起是数据。"))
    return Table(columns, rows)


def _names(head: Sequence[Any]) -> list[str]:
    """The columns by name, each another one; those without a name by their place."""
    while head and not _filled(head[-1]):
        head = head[:-1]
    if len(head) > MAX_COLUMNS:
        raise Unreadable(_("列太多，最多 %(most)d 列。") % {"most": MAX_COLUMNS})
    names: list[str] = []
    for place, cell in enumerate(head, 1):
        names.append(_free_name(str(_clean(cell))[:80], place, names))
    return names


def _free_name(title: str, place: int, taken: Sequence[str]) -> str:
    """The name of a column; one that is there already is numbered."""
    name = title or _("第 %(place)d 列") % {"place": place}
    times = 1
    while name in taken:
        times += 1
        name = f"{title}（{times}）"
    return name


def _filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _clean(cell: Any) -> Cell:
    """Text without blanks around it and without the control characters that no database takes; the
    apostrophe that an error file puts before a formula is taken away again."""
    if not isinstance(cell, str):
        return cell if isinstance(cell, Cell) else ""
    text = cell.replace("\r\n", "\n").strip()
    if not text.isprintable():
        text = "".join(letter for letter in text if letter in "\n\t" or ord(letter) >= 32).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise Unreadable(
            _("这不是文本表格：里面有空字符（NUL）。请在 Excel 中另存为 CSV UTF-8 或 xlsx。")
        )
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(
        _("看不懂文件的编码，应是 UTF-8 或 GB18030（GBK）。请在 Excel 中另存为 CSV UTF-8 或 xlsx。")
    )


def _text_rows(text: str) -> Iterator[list[str]]:
    """The records of delimited text. A quote that is never closed would swallow all rows that follow; then
    it swallows the record that is put at the end as well."""
    delimiter = _delimiter(text[:SAMPLE])
    records = csv.reader(io.StringIO(f"{text}\n{LAST}", newline=""), delimiter=delimiter)
    for number, record in enumerate(records, 1):
        if record == [LAST]:
            return
        if record and record[-1].endswith(LAST):
            raise Unreadable(
                _("第 %(row)d 行有引号没有闭合，后面的行都被并进了这一行。") % {"row": number}
            )
        yield record


def _delimiter(sample: str) -> str:
    """The character that cuts the first records into most cells, and into equally many."""

    def score(delimiter: str) -> tuple[float, int]:
        records = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(record) for record, _n in zip(records, range(20), strict=False) if record]
        agree = sum(width == widths[0] for width in widths[:-1] or widths)
        return (widths[0] > 1) * agree / max(len(widths[:-1]), 1), widths[0]

    return max(DELIMITERS, key=score)
