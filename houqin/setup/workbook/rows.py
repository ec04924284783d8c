"""A workbook as rows of texts under our own names, and what is wrong with a cell on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.platform.sheets.reading import Table, read_book
from houqin.setup.workbook.columns import SHEETS, Sheet, spellings

Thing = TypeVar("Thing")
MOST_ROWS: Final = 5000
CODE: Final = re.compile(r"[\w.\-]+")
PHONE: Final = re.compile(r"[0-9+\-() 转]*")


@dataclass(frozen=True)
class Problem:
    """One wrong cell, as a spreadsheet counts, and what to do about it."""

    sheet: str
    row: int
    column: str
    sentence: str


@dataclass
class Row:
    """One row of `sheet`; an empty cell is "". `problems` are collected here, so that it can be left out."""

    sheet: Sheet
    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")

    def say(self, key: str, sentence: str) -> None:
        title = next(column.title for column in self.sheet.columns if column.key == key)
        self.problems.append(Problem(str(self.sheet.title), self.number, str(title), sentence))

    @property
    def good(self) -> bool:
        return not self.problems


def read_rows(data: bytes) -> dict[str, list[Row]]:
    """The rows of each of our sheets by its key, each cell checked on its own.

    Raises Refused for a file that cannot be read, has none of our sheets, or lacks a column.
    """
    tables = {title.strip().casefold(): table for title, table in read_book(data).items()}
    found = {sheet.key: _named(sheet.title, tables) for sheet in SHEETS}
    if not any(found.values()):
        raise Refused(
            _(
                "工作簿里没有名为“地点”“部门”“人员”、第二行起有内容的表；请用下载的模板填写，表名不要改。"
            )
        )
    return {sheet.key: _rows(sheet, found[sheet.key]) for sheet in SHEETS}


def _named(title: str | Promise, things: Mapping[str, Thing]) -> Thing | None:
    """The one of `things` that goes by `title` in any language."""
    return next((things[name] for name in spellings(title) if name in things), None)


def _rows(sheet: Sheet, table: Table | None) -> list[Row]:
    if table is None:
        return []
    if len(table.rows) > MOST_ROWS:
        raise Refused(
            _("“%(sheet)s”表超过 %(most)d 行，请分几次导入。")
            % {"sheet": sheet.title, "most": MOST_ROWS}
        )
    places = {title.casefold(): place for place, title in enumerate(table.columns)}
    at = {column.key: _named(column.title, places) for column in sheet.columns}
    for column in sheet.columns:
        if column.needed and at[column.key] is None:
            said = {"sheet": sheet.title, "column": column.title}
            raise Refused(_("“%(sheet)s”表缺少“%(column)s”这一列，请对照模板补上。") % said)
    rows = []
    for number, cells in table.rows:
        filled = {key: _text(cells[place]) for key, place in at.items() if place is not None}
        rows.append(Row(sheet, number, filled))
        _check(rows[-1])
    _refuse_repeats(rows, sheet.columns[0].key)
    return rows


def _text(cell: Any) -> str:
    """A number as it looks in the sheet: 1024, not 1024.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _check(row: Row) -> None:
    for column in row.sheet.columns:
        text = row[column.key]
        if column.needed and not text:
            row.say(column.key, _("请填写“%(column)s”。") % {"column": column.title})
        elif len(text) > column.most:
            row.say(column.key, _("太长了，最多 %(most)d 个字。") % {"most": column.most})
        elif text and (wrong := _wrong(column.key, text)):
            row.say(column.key, wrong)


def _wrong(key: str, text: str) -> str:
    """What is wrong with `text` in itself; "" when nothing is."""
    if key in ("code", "username") and not CODE.fullmatch(text):
        return _("“%(text)s”里有空格或符号；只用字母、数字、汉字、点、横线和下划线。") % {
            "text": text
        }
    if key == "phone" and not PHONE.fullmatch(text):
        return _("电话“%(text)s”不对；只写数字、空格、横线和“转”字。") % {"text": text}
    if key == "email":
        try:
            validate_email(text)
        except ValidationError:
            return _("邮箱“%(text)s”不对，应像 wang@example.org；不用邮箱就留空。") % {"text": text}
    return ""


def _refuse_repeats(rows: list[Row], key: str) -> None:
    first: dict[str, int] = {}
    for row in rows:
        code = row[key].casefold()
        if code and code in first:
            said = {"text": row[key], "row": first[code]}
            row.say(
                key,
                _("“%(text)s”在第 %(row)d 行已经写过；一个只写一行，请改成另一个或删掉这一行。")
                % said,
            )
        elif code:
            first[code] = row.number
