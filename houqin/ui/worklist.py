"""What waits for one person, from every app, by clock. Apps declare their worklists; the workbench shows
them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from houqin.kernel.counting import count_each
from houqin.kernel.people.models import User
from houqin.kernel.registry import Registered, Registry
from houqin.ui.chips import Chip

SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Task:
    """One row of the personal queue: exactly one verb, and where it is done."""

    title: str
    url: str
    meta: str
    verb: str
    verb_url: str
    due_at: datetime | None = None
    chip: Chip | None = None
    grade: str = ""
    mine: bool = True  # the verb is this person's to do, not only to look after
    in_dialog: bool = False
    explain_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Worklist(Registered):
    """Rows of one kind that wait for somebody. A `label` names the list that holds all of them, at `route`
    narrowed by `query`; without one no part of what waits is named.

    `rows(user, at)` are read as `task` needs them, the nearest first, each thing in one worklist only. A
    worklist without `task` is a part of another: counted under its own label, not once more among all.
    """

    rows: Callable[[User, datetime], QuerySet[Any]]
    task: Callable[[Any, datetime], Task] | None = None
    route: str = ""
    query: str = ""

    @property
    def url(self) -> str:
        url = reverse(self.route)
        return f"{url}?{self.query}" if self.query else url


@dataclass(frozen=True)
class Part:
    """A part of what waits, with the list that holds all of it."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Waiting:
    """Some tasks, the parts they fall into, and how many things wait in all."""

    tasks: list[Task] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    total: int = 0


WORKLISTS = Registry[Worklist]("worklists")


def waiting_for(user: User, at: datetime) -> Waiting:
    """The nearest SHOWN tasks of `user` from all worklists, and how many there are.

    All are counted in one query; only those that hold something are read.
    """
    lists = [(worklist, worklist.rows(user, at)) for worklist in WORKLISTS]
    counts = count_each([rows for _, rows in lists])
    full = [
        (worklist, rows, count)
        for (worklist, rows), count in zip(lists, counts, strict=True)
        if count
    ]
    tasks = [
        worklist.task(row, at)
        for worklist, rows, _ in full
        if worklist.task
        for row in rows[:SHOWN]
    ]
    late = datetime.max.replace(tzinfo=at.tzinfo)
    return Waiting(
        sorted(tasks, key=lambda task: task.due_at or late)[:SHOWN],
        [
            Part(str(worklist.label), count, worklist.url)
            for worklist, _, count in full
            if worklist.label
        ],
        sum(count for worklist, _, count in full if worklist.task),
    )
