"""The file with what is wrong beside each row, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from houqin.desk.intake.models import ImportFile
from houqin.platform.sheets.reading import read_table
from houqin.platform.sheets.writing import harmless

BOM = "\ufeff"


def error_lines(file: ImportFile, *, only_wrong: bool) -> Iterator[str]:
    """The lines of a CSV file: the columns as they came and one with the errors; starts with a BOM."""
    said: dict[int, list[str]] = defaultdict(list)
    for row, column, sentence in file.errors:
        said[row].append(f"{column}：{sentence}" if column else sentence)
    table = read_table(bytes(file.content))
    yield BOM + _line([*table.columns, _("错误")])
    for number, cells in table.rows:
        if number in said or not only_wrong:
            yield _line(
                [
                    *cells[: len(table.columns)],
                    "；".join(said[number]),
                    *cells[len(table.columns) :],
                ]
            )


def _line(cells: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue()
