"""The workbook with what is wrong marked in it, to be corrected and brought again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from houqin.platform.sheets.marking import Mark, mark_book
from houqin.platform.sheets.reading import read_book
from houqin.setup.workbook.columns import SHEETS, spellings
from houqin.setup.workbook.rows import Problem


def marked(content: bytes, problems: Iterable[Problem]) -> bytes:
    """An xlsx file of those sheets that are ours; they and their columns stay called as they were."""
    ours = set().union(*(spellings(sheet.title) for sheet in SHEETS))
    tables = {
        name: table for name, table in read_book(content).items() if name.strip().casefold() in ours
    }
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    for problem in problems:
        sheet = next(sheet for sheet in SHEETS if str(sheet.title) == problem.sheet)
        column = next(column for column in sheet.columns if str(column.title) == problem.column)
        name = _called(spellings(sheet.title), tables)
        title = _called(spellings(column.title), tables[name].columns)
        marks[name].append(Mark(problem.row, title, problem.sentence))
    return mark_book(tables, marks)


def _called(names: set[str], written: Iterable[str]) -> str:
    """As the file itself writes it; "" for a column that it does not have."""
    return next((one for one in written if one.strip().casefold() in names), "")
