"""What waits for one person, from every app, by clock. Apps provide their part; the workbench shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from houqin.kernel.people.models import User
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


@dataclass(frozen=True)
class Part:
    """A part of what waits, with the list that holds all of it; `order` is its place among the parts."""

    label: str
    count: int
    url: str
    order: int


@dataclass(frozen=True)
class Waiting:
    """Some tasks, the parts they fall into, and how many things wait in all."""

    tasks: list[Task] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    total: int = 0


# `provider(user, at)`: the nearest SHOWN tasks, each thing once; a constant number of queries.
Provider = Callable[[User, datetime], Waiting]
PROVIDERS: dict[str, Provider] = {}


def provide(name: str, provider: Provider) -> None:
    """Add what waits in an app; the same name again replaces it."""
    PROVIDERS[name] = provider


def first_and_count(rows: QuerySet[Any]) -> tuple[list[Any], int]:
    """The first SHOWN of `rows`, in their order, and how many there are; counted where there are more."""
    first = list(rows[: SHOWN + 1])
    return first[:SHOWN], rows.count() if len(first) > SHOWN else len(first)


def waiting_for(user: User, at: datetime) -> Waiting:
    """The nearest SHOWN tasks of `user` from all providers, and how many there are."""
    answers = [provider(user, at) for provider in PROVIDERS.values()]
    late = datetime.max.replace(tzinfo=at.tzinfo)
    tasks = [task for answer in answers for task in answer.tasks]
    parts = [part for answer in answers for part in answer.parts if part.count]
    return Waiting(
        sorted(tasks, key=lambda task: task.due_at or late)[:SHOWN],
        sorted(parts, key=lambda part: part.order),
        sum(answer.total for answer in answers),
    )
