"""What an import asks of a table: its sheets, their columns, and one row of them while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.functional import Promise

from houqin.platform.sheets.reading import Cell
from houqin.platform.sheets.words import plain_head, spellings, text_of

Words = str | Promise


class CellProblem(NamedTuple):
    """What is wrong in one cell: the row as a spreadsheet counts, the column as the file calls it."""

    row: int
    column: str
    sentence: str
    sheet: str = ""


@dataclass(frozen=True)
class ImportColumn:
    """`aliases` are other heads that mean it, apart by blanks, the best first. `read(text)` makes the value
    of a cell that is not empty, or raises ValueError with a sentence; `wrong(text)` is only the sentence.
    `shown(thing)` is the cell of what is there already, `choices()` what a template offers."""

    key: str
    label: Words
    hint: Words = ""
    aliases: str = ""
    required: bool = False
    may_be_empty: bool = False  # the head is required, a cell below it is not
    read: Callable[[str], Any] | None = None
    wrong: Callable[[str], str] | None = None
    most: int = 0  # characters
    example: str = ""
    width: int = 14
    shown: Callable[[Any], Any] | None = None
    choices: Callable[[], Sequence[str]] | None = None

    def names(self) -> list[str]:
        """The plain heads that mean this column, the best first."""
        own = sorted(plain_head(words) for words in spellings(self.label))
        return [*self.aliases.split(), *own]


@dataclass(frozen=True)
class ImportSheet:
    """One sheet; a row is known again by its column `by`, which no two rows share. `rows()` is what there is
    already, for a template that is filled in."""

    key: str
    title: Words
    columns: tuple[ImportColumn, ...]
    by: str = ""
    rows: Callable[[], Iterable[Any]] | None = None


@dataclass
class SheetRow:
    """One row while it is read. `problems` are collected, so that a person sees all of them at once; `what`
    it would do is new, changed or same; `value` is what is written."""

    number: int
    sheet: ImportSheet
    cells: Mapping[str, Cell] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)  # ours → as the file calls it
    within: str = ""  # the title of the sheet, where a workbook has several
    problems: list[CellProblem] = field(default_factory=list)
    value: Any = None
    target: Any = None
    what: str = "new"

    def __getitem__(self, key: str) -> str:
        """The cell as a text without blanks around and between; "" where there is none."""
        return " ".join(text_of(self.cells.get(key, "")).split())

    def say(self, key: str, sentence: str) -> None:
        """Note what is wrong with the cell of `key`, "" for the whole row."""
        label = next((column.label for column in self.sheet.columns if column.key == key), "")
        column = self.heads.get(key) or str(label)
        self.problems.append(CellProblem(self.number, column, sentence, self.within))

    @property
    def good(self) -> bool:
        return not self.problems

    @property
    def heads_shown(self) -> list[Words]:
        """Our labels of the cells in `shown`."""
        return [column.label for column in self.sheet.columns if column.key in self.heads]

    @property
    def shown(self) -> list[str]:
        """The cells in the order of our columns, for the preview."""
        return [self[column.key] for column in self.sheet.columns if column.key in self.heads]


def suggest(columns: Sequence[str], ours: Sequence[ImportColumn]) -> dict[str, str]:
    """For each of our columns that is probably there, its head. No head is proposed for two."""
    plain = {plain_head(column): column for column in reversed(columns)}
    chosen: dict[str, str] = {}
    for wanted in ours:
        free = (plain[name] for name in wanted.names() if name in plain)
        column = next((name for name in free if name not in chosen.values()), None)
        if column is not None:
            chosen[wanted.key] = column
    return chosen
