"""The file that came in with what is wrong beside each row, in the form in which it came."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from houqin.platform.sheets.columns import CellProblem
from houqin.platform.sheets.marking import Mark, mark_book
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.reading import Table, read_table
from houqin.platform.sheets.rows import find_sheets
from houqin.platform.sheets.workbooks import OLE, ZIP
from houqin.platform.sheets.writing import harmless

BOM = "\ufeff"


def is_book(file: ImportFile) -> bool:
    return bytes(file.content[:4]).startswith((ZIP, OLE))


def error_lines(
    file: ImportFile, problems: Sequence[CellProblem], *, only_wrong: bool
) -> Iterator[str]:
    """The lines of a CSV file: the columns as they came and one with the errors; starts with a BOM."""
    sentences = _sentences(problems)
    table = read_table(bytes(file.content), sheet=file.sheet, head=file.head)
    yield BOM + _line([*table.columns, _("错误")])
    for number, cells in table.rows:
        if number in sentences or not only_wrong:
            words, width = "；".join(sentences[number]), len(table.columns)
            yield _line([*cells[:width], words, *cells[width:]])


def _sentences(problems: Sequence[CellProblem]) -> dict[int, list[str]]:
    """What is wrong by the number of the row, each sentence after the head of its column."""
    sentences: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        colon = f"{problem.column}：{problem.sentence}"
        sentences[problem.row].append(colon if problem.column else problem.sentence)
    return sentences


def error_book(file: ImportFile, problems: Sequence[CellProblem], *, only_wrong: bool) -> bytes:
    """An xlsx file of those sheets that are ours; they and their columns stay called as they were."""
    tables, marks = {}, {}
    for title, name, table in _tables(file):
        tables[name] = table
        marks[name] = [
            Mark(problem.row, problem.column, problem.sentence)
            for problem in problems
            if problem.sheet in ("", title)
        ]
    return mark_book(tables, marks, only_wrong=only_wrong)


def _tables(file: ImportFile) -> Iterator[tuple[str, str, Table]]:
    """Each of our sheets: its title, its name in the file, its rows."""
    content, kind = bytes(file.content), file.declared
    if kind.matched:
        table = read_table(content, sheet=file.sheet, head=file.head)
        yield str(kind.sheet.title), file.sheet or "Sheet1", table
        return
    tables = find_sheets(kind, content)
    for sheet in kind.sheets:
        if sheet.key in tables:
            name, table = tables[sheet.key]
            yield str(sheet.title), name, table


def _line(cells: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue()
