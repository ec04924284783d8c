"""A log of another system, with a row for every change of a case, read as the history of each case.

What a row says of a case as it stood then is told best by its last row; the rows together tell the moments at
which it was answered, waited, was done and came back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from houqin.platform.sheets.reading import Cell

NEEDED = ("external", "state", "changed_at")  # our fields that make a table a log
NEW, DOING, WAITING, DONE, CLOSED = "new", "doing", "waiting", "done", "closed"
WORDS = {
    NEW: "new open opened reopened submitted assigned 新建 新增 重开 待受理 待处理 已提交 已派工",
    DOING: "active inprogress workinprogress working 处理中 进行中 办理中 已接单",
    WAITING: "onhold pending 挂起 已挂起 暂停 等待",
    DONE: "resolved done finished fixed 已解决 已完成 完成 已办结 待验收",
    CLOSED: "closed 已关闭 关闭 已归档 已验收 已结案",
}
PHASES = {word: phase for phase, words in WORDS.items() for word in words.split()}
WAITS = (
    "awaiting",
    "waiting",
    "等待",
    "待用户",
    "待需求人",
)  # how a state that waits for something begins


class Change(NamedTuple):
    """One row of a case: the number of the row, when, and the word for the state."""

    row: int
    at: Cell
    state: Cell


@dataclass
class Case:
    """Its last row, and the changes of all of them in the order of the file."""

    row: int
    cells: list[Cell]
    changes: list[Change] = field(default_factory=list)


class LogStep(NamedTuple):
    """`phase` began at `at`, in the words of the other system."""

    at: datetime
    phase: str
    words: str


class Round(NamedTuple):
    """From the submission, or from coming back, to done; `waits` are the stretches that waited."""

    start: datetime
    stop: datetime
    waits: list[tuple[datetime, datetime, str]]


def gather(rows: Iterable[tuple[int, list[Cell]]], places: Mapping[str, int]) -> list[Case]:
    """The cases of a log, by the number that the other system gave them; a row without one is a case."""
    number, state, at = (places[key] for key in NEEDED)
    cases: dict[object, Case] = {}
    for row, cells in rows:
        case = cases.setdefault(cells[number] or ("row", row), Case(row, cells))
        case.row, case.cells = row, cells
        case.changes.append(Change(row, cells[at], cells[state]))
    return list(cases.values())


def phase_of(words: str) -> str:
    """What a state of the other system means here; "" for one that nobody knows."""
    plain = "".join(words.split()).replace("-", "").replace("_", "").casefold()
    return PHASES.get(plain, WAITING if plain.startswith(WAITS) else "")


def answered_at(steps: Iterable[LogStep]) -> datetime | None:
    """When somebody first took it on: the first moment at which it was no longer new."""
    return next((step.at for step in steps if step.phase != NEW), None)


def done_at(steps: Iterable[LogStep]) -> datetime | None:
    """When it was done for good: the first moment of being done after which it never came back."""
    done = None
    for step in steps:
        if step.phase not in (DONE, CLOSED):
            done = None
        elif done is None:
            done = step.at
    return done


def rounds(steps: Iterable[LogStep], start: datetime, stop: datetime) -> list[Round]:
    """The work of a case that ended at `stop`: one round, and one more for each time that it came back."""
    past: list[Round] = []
    current, waiting, over = Round(start, stop, []), None, False
    for step in (earlier for earlier in steps if earlier.at < stop):
        if over and step.phase not in (DONE, CLOSED):
            past.append(current)
            current, over = Round(step.at, stop, []), False
        if waiting and step.phase != WAITING:
            current.waits.append((waiting.at, step.at, waiting.words))
            waiting = None
        if step.phase == WAITING and not waiting:
            waiting = step
        if step.phase in (DONE, CLOSED) and not over:
            current, over = current._replace(stop=step.at), True
    if waiting:
        current.waits.append((waiting.at, stop, waiting.words))
    return [*past, current._replace(stop=stop)]
