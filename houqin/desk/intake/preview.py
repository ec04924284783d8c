"""What would come in, before anything does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from houqin.desk.intake.actions import read_rows
from houqin.desk.intake.drafts import Draft, Problem
from houqin.desk.intake.models import ImportFile
from houqin.desk.intake.promises import Promises, handling
from houqin.kernel.clock.models import Clock
from houqin.kernel.people.models import User
from houqin.platform.sheets.reading import read_table
from houqin.work.teams.models import Team

SHOWN = 20
SHOWN_PROBLEMS = 200
SHOWN_UNKNOWN = 5  # for each of our fields
SHOWN_GROUPS = 60
CHECKED = 2000  # rows that a page has time for; the import itself checks all of them


@dataclass(frozen=True)
class Shown:
    """A row as it would be: the draft and its handling clock, which runs or has been judged."""

    draft: Draft
    clock: Clock


@dataclass(frozen=True)
class Unknown:
    """Words for one of our fields that go into the body, with how often each occurs; `more` are left out."""

    label: str
    words: list[tuple[str, int]]
    more: int


@dataclass(frozen=True)
class Group:
    """Who had the cases in the other system, in its words, how many, and which team that is here."""

    words: str
    times: int
    team: Team | None


@dataclass
class Preview:
    """`checked` rows, or cases of a log, were read; `whole` says that these are all."""

    total: int
    checked: int = 0
    whole: bool = False
    rows: list[Shown] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    wrong: int = 0
    results: Counter[str] = field(default_factory=Counter)
    unknown: list[Unknown] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def preview(file: ImportFile, actor: User, at: datetime) -> Preview:
    """Read the first rows as the import would. Raises Refused when there is no standard or calendar."""
    table, rows = read_rows(file, actor, at)
    made, promises = Preview(total=len(table.rows)), Promises(at)
    unknown: defaultdict[str, Counter[str]] = defaultdict(Counter)
    groups, teams = Counter[str](), {}
    for draft, problems in islice(rows, CHECKED):
        made.checked += 1
        made.wrong += len(problems)
        made.problems += problems[: SHOWN_PROBLEMS - len(made.problems)]
        if draft:
            for label, words in draft.written_down:
                unknown[label][words] += 1
            if draft.group:
                groups[draft.group] += 1
                teams[draft.group] = draft.team
            clock = handling(promises.clocks(draft))
            made.results[clock.result] += 1
            if len(made.rows) < SHOWN:
                made.rows.append(Shown(draft, clock))
    made.whole = next(rows, None) is None
    made.unknown = [
        Unknown(label, words.most_common(SHOWN_UNKNOWN), max(len(words) - SHOWN_UNKNOWN, 0))
        for label, words in unknown.items()
    ]
    made.groups = [
        Group(words, times, teams[words]) for words, times in groups.most_common(SHOWN_GROUPS)
    ]
    return made


def samples(file: ImportFile, most: int = 3) -> dict[str, Sequence[Any]]:
    """The first contents of each column."""
    table = read_table(bytes(file.content))
    found: dict[str, Sequence[Any]] = {}
    for place, column in enumerate(table.columns):
        filled = (cells[place] for _number, cells in table.rows[:200] if cells[place] != "")
        found[column] = list(islice(filled, most))
    return found
