"""A demand to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from houqin.desk.catalogue.models import Entry
from houqin.desk.intake.logs import LogStep, answered_at
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.teams.models import Team


@dataclass(frozen=True)
class DemandDraft:
    """A row that can come in. `requester` is the importer where the file names nobody the house knows;
    `written_down` are the words that were not understood and went into the body."""

    row: int
    title: str
    body: str
    submitted_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    result: str
    external: str
    phone: str
    requester: User
    entry: Entry
    place: Place
    grade: str
    written_down: tuple[tuple[str, str], ...] = ()
    steps: tuple[LogStep, ...] = ()  # of a log
    reassigned: int = 0
    reopened: int = 0
    on_time: bool | None = None  # as the other system judged it
    group: str = ""  # who had it there, in the words of the file
    team: Team | None = None  # and which of our teams that is

    @property
    def answered_at(self) -> datetime | None:
        """When somebody there first took it on; None where the file does not tell."""
        return answered_at(self.steps)
