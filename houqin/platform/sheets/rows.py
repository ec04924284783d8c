"""The rows of a file under our own names, each cell checked on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.platform.sheets.columns import ImportColumn, ImportSheet, SheetRow, Words
from houqin.platform.sheets.reading import Table, read_book, read_table
from houqin.platform.sheets.words import spellings

if TYPE_CHECKING:
    from houqin.platform.sheets.importer import Importer
    from houqin.platform.sheets.models import ImportFile

Thing = TypeVar("Thing")


def read_sheets(kind: Importer, file: ImportFile) -> dict[str, list[SheetRow]]:
    """The rows of each of our sheets by its key.

    Raises Refused for a file that cannot be read, has none of our sheets, or lacks a column.
    """
    if kind.matched:
        table = read_table(bytes(file.content), sheet=file.sheet, head=file.head)
        return {kind.sheet.key: sheet_rows(kind.sheet, table, file.mapping, most=kind.most)}
    tables = find_sheets(kind, bytes(file.content))
    rows = {}
    for sheet in kind.sheets:
        _name, table = tables.get(sheet.key, ("", Table([], [])))
        heads = _heads(sheet, table) if sheet.key in tables else {}
        within = str(sheet.title) if len(kind.sheets) > 1 else ""
        rows[sheet.key] = sheet_rows(sheet, table, heads, within=within, most=kind.most)
    return rows


def find_sheets(kind: Importer, data: bytes) -> dict[str, tuple[str, Table]]:
    """Those of our sheets that a workbook has, each with its name there. Raises Refused for one without."""
    tables = {name.strip().casefold(): (name, table) for name, table in read_book(data).items()}
    pairs = {sheet.key: named(sheet.title, tables) for sheet in kind.sheets}
    if not any(pairs.values()):
        raise Refused(_none_of(kind))
    return {key: pair for key, pair in pairs.items() if pair}


def _none_of(kind: Importer) -> str:
    titles = "".join(f"“{sheet.title}”" for sheet in kind.sheets)
    return _("工作簿里没有名为%(titles)s、第二行起有内容的表；请用下载的模板填写，表名不要改。") % {
        "titles": titles
    }


def named(title: Words, things: Mapping[str, Thing]) -> Thing | None:
    """The one of `things` that goes by `title` in any language."""
    return next((things[name] for name in spellings(title) if name in things), None)


def sheet_rows(
    sheet: ImportSheet, table: Table, mapping: Mapping[str, str], *, within: str = "", most: int = 0
) -> list[SheetRow]:
    """The rows of `table`, with `mapping` from our columns to its heads."""
    if most and len(table.rows) > most:
        words = {"sheet": sheet.title, "most": most}
        raise Refused(_("“%(sheet)s”表超过 %(most)d 行，请分几次导入。") % words)
    places = {name: place for place, name in enumerate(table.columns)}
    heads = {key: head for key, head in mapping.items() if head in places}
    rows = []
    for number, cells in table.rows:
        filled = {key: cells[places[head]] for key, head in heads.items()}
        row = SheetRow(number, sheet, filled, heads, within)
        say_what_is_too_much(row, len(table.columns), cells)
        for column in sheet.columns:
            _check(row, column)
        rows.append(row)
    if sheet.by:
        _say_repeats(rows, sheet.by)
    return rows


def _heads(sheet: ImportSheet, table: Table) -> dict[str, str]:
    """The head of each of our columns that the table has. Raises Refused for one that it needs."""
    names = {title.casefold(): title for title in reversed(table.columns)}
    heads = {}
    for column in sheet.columns:
        head = named(column.label, names)
        if head is not None:
            heads[column.key] = head
        elif column.required:
            words = {"sheet": sheet.title, "column": column.label}
            raise Refused(_("“%(sheet)s”表缺少“%(column)s”这一列，请对照模板补上。") % words)
    return heads


def say_what_is_too_much(row: SheetRow, width: int, cells: Sequence[object]) -> None:
    """A row that is longer than the head has probably slipped."""
    extra = [cell for cell in cells[width:] if cell != ""]
    if extra:
        words = _("这一行比标题行多出 %(cells)d 格，可能错位了。")
        row.say("", words % {"cells": len(extra)})


def _check(row: SheetRow, column: ImportColumn) -> None:
    text = row[column.key]
    if column.required and not text and not column.may_be_empty:
        row.say(column.key, _("请填写“%(column)s”。") % {"column": column.label})
    elif column.most and len(text) > column.most:
        row.say(column.key, _("太长了，最多 %(most)d 个字。") % {"most": column.most})
    elif text and column.wrong is not None and (sentence := column.wrong(text)):
        row.say(column.key, sentence)


def _say_repeats(rows: list[SheetRow], key: str) -> None:
    first: dict[str, int] = {}
    for row in rows:
        code = row[key].casefold()
        if code and code in first:
            words = {"text": row[key], "row": first[code]}
            sentence = _(
                "“%(text)s”在第 %(row)d 行已经写过；一个只写一行，请改成另一个或删掉这一行。"
            )
            row.say(key, sentence % words)
        elif code:
            first[code] = row.number
