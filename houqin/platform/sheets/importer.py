"""A kind of import: what it asks of a file, and how a row of it is checked and written.

The usual kind has one sheet, whose cells are read by its columns and written row by row with
`write(actor, **values)`. With `find(actor, values)`, which answers what is there already or None, a row
updates that: `write(actor, target, **values)`.
A kind that is more than that overrides `read`, `plan`, `write_all` or `preview`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require, require_everywhere
from houqin.kernel.people.models import User
from houqin.platform.sheets.columns import CellProblem, ImportColumn, ImportSheet, SheetRow, Words
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.rows import read_sheets

AT_ONCE = 500  # rows that are written while somebody waits; more are left to the worker
CHECKED = 2000  # rows that a page has time for; the import itself checks all of them
SHOWN, SHOWN_PROBLEMS = 20, 200


class RowRefused(Refused):
    """A rule of the house says no to one row, and so nothing comes in."""

    def __init__(self, row: SheetRow, sentence: str) -> None:
        super().__init__(sentence)
        self.problem = CellProblem(row.number, "", sentence, row.within)


@dataclass
class Preview:
    """`checked` rows were read; `whole` says that these are all."""

    total: int
    checked: int = 0
    whole: bool = False
    rows: list[Any] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    wrong: int = 0  # problems
    wrong_rows: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, row: SheetRow) -> None:
        self.checked += 1
        self.wrong += len(row.problems)
        self.wrong_rows += not row.good
        self.problems += row.problems[: SHOWN_PROBLEMS - len(self.problems)]
        self.counts.setdefault(row.sheet.key, Counter())[outcome_of(row)] += 1
        if row.good:
            self.show(row)

    def show(self, row: SheetRow) -> None:
        if len(self.rows) < SHOWN:
            self.rows.append(row)

    @property
    def changes(self) -> int:
        return sum(count["new"] + count["changed"] for count in self.counts.values())


@dataclass(kw_only=True)
class Importer:
    """`to` may bring files, with `everywhere` only those whose role holds at all places. `matched` kinds let
    people match the columns; the others ask for our heads. `partly` lets them leave wrong rows out."""

    key: str
    title: Words
    sheets: tuple[ImportSheet, ...]
    to: Set[str]
    write: Callable[..., Any] | None = None
    find: Callable[..., Any] | None = None
    check: Callable[[User, Sequence[SheetRow]], None] | None = None
    undo: Callable[[User, Any], None] | None = None
    everywhere: bool = False
    matched: bool = True
    partly: bool = True
    asks: bool = False  # what columns mean and what holds for the whole file is asked of every file
    at_once: int = AT_ONCE
    most: int = 0  # rows of a sheet

    @property
    def sheet(self) -> ImportSheet:
        return self.sheets[0]

    @property
    def updates(self) -> bool:
        """Whether rows may change what is there already."""
        return self.find is not None

    @property
    def columns(self) -> tuple[ImportColumn, ...]:
        return self.sheet.columns

    def allow(self, actor: User, about: Mapping[str, Any]) -> None:
        """Raise NotAllowed unless `actor` may bring a file to the address with the arguments `about`."""
        (require_everywhere if self.everywhere else require)(actor, self.to)

    def look(self, file: ImportFile) -> None:
        """Raise Refused for a file that is no table for this import, while it is brought."""

    def check_mapping(self, mapping: Mapping[str, str]) -> None:
        """Raise Refused when a column is missing without which no row can be read."""
        for column in self.columns:
            if column.required and not mapping.get(column.key):
                raise Refused(_("请指出哪一列是%(column)s。") % {"column": column.label})

    def read(self, file: ImportFile, at: datetime) -> Iterator[SheetRow]:
        """Each row as it would come in at `at`; reads, writes nothing."""
        rows = [row for rows in read_sheets(self, file).values() for row in rows]
        reads = self.reader(file.uploaded_by)
        for row in rows:
            reads(row)
        if self.check is not None:
            self.check(file.uploaded_by, rows)
        yield from rows

    def reader(self, actor: User) -> Callable[[SheetRow], None]:
        """What reads each row of one file of `actor`."""
        return partial(self._value, actor)

    def _value(self, actor: User, row: SheetRow) -> None:
        """Set what is written of the row, what is there already, and what is wrong."""
        row.value = {
            column.key: _read(row, column)
            for column in row.sheet.columns
            if column.key in row.heads
        }
        if row.good and self.find is not None:
            row.target = self.find(actor, row.value)
        row.what = "new" if row.target is None else "changed"

    def used(self, file: ImportFile) -> Set[str]:
        """The heads of the file whose cells are read; the others are told of."""
        return set(file.mapping.values())

    def plan(self, file: ImportFile, rows: list[SheetRow], at: datetime) -> Any:
        """Work out what `write_all` needs while nobody else has to wait for it."""
        return rows

    def write_all(self, file: ImportFile, planned: Any, at: datetime) -> list[tuple[SheetRow, Any]]:
        """Write what was planned; each row with what it has written. Raises RowRefused."""
        written = []
        for row in planned:
            if row.what != "same":
                written.append((row, self.write_row(file, row)))
        return written

    def write_row(self, file: ImportFile, row: SheetRow) -> Any:
        assert self.write is not None
        try:
            if self.find is None:
                return self.write(file.uploaded_by, **row.value)
            return self.write(file.uploaded_by, row.target, **row.value)
        except Refused as error:
            raise RowRefused(row, str(error)) from error
        except IntegrityError as error:  # forms cannot see what the rows before them will write
            words = _("这一行和前面的某一行，或刚写入的，有重复；请改好再导入。")
            raise RowRefused(row, words) from error

    def new_preview(self, file: ImportFile, at: datetime) -> Preview:
        return Preview(total=file.total)

    def preview(self, file: ImportFile, at: datetime) -> Preview:
        """The first rows as the import would read them."""
        shown, rows = self.new_preview(file, at), self.read(file, at)
        for row in islice(rows, CHECKED):
            shown.add(row)
        shown.whole = next(rows, None) is None
        return shown


def outcome_of(row: SheetRow) -> str:
    return row.what if row.good else "wrong"


def _read(row: SheetRow, column: ImportColumn) -> Any:
    text = row[column.key]
    if column.read is None or not text:
        return text if column.read is None else None
    try:
        return column.read(text)
    except ValidationError as error:
        row.say(column.key, " ".join(error.messages))
    except ValueError as error:
        row.say(column.key, str(error))
    return None
