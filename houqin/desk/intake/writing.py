"""What the rows of a file become: demands with their clocks, pauses and events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.timezone import localtime

from houqin.desk.demands.models import Demand
from houqin.desk.intake.drafts import DemandDraft
from houqin.desk.intake.models import ImportedRow
from houqin.desk.intake.promises import Promises, nearest_due
from houqin.kernel.clock.models import Clock, Pause
from houqin.kernel.numbers.models import reserve_numbers
from houqin.kernel.trail.models import Event
from houqin.platform.sheets.models import ImportFile

BATCH = 1000
Row = TypeVar("Row", bound=models.Model)


@dataclass
class PlannedDemand:
    """A draft with the rows that will come of it. All are made before the transaction begins, because nobody
    else can write to SQLite while it lasts."""

    draft: DemandDraft
    demand: Demand
    clocks: list[Clock]
    pauses: list[Pause]
    events: list[Event]
    row: ImportedRow

    def link(self) -> None:
        """Let everything point at the demand, which has its key now."""
        self.row.demand = self.demand
        for event in self.events:
            event.target_id = self.demand.pk
        for clock in self.clocks:
            clock.target_id = self.demand.pk

    def link_pauses(self) -> None:
        for pause in self.pauses:
            pause.clock_id = pause.clock.pk


def plan(file: ImportFile, drafts: Sequence[DemandDraft], at: datetime) -> list[PlannedDemand]:
    """Work out what is to be written, in the order of submission, in which the demands get their numbers."""
    promises, kind = Promises(at), ContentType.objects.get_for_model(Demand)
    ordered = sorted(drafts, key=lambda draft: (draft.submitted_at, draft.row))
    planned = []
    for draft in ordered:
        clocks = promises.clocks(draft)
        for clock in clocks:
            clock.target_type = kind
        row = ImportedRow(file=file, row=draft.row, external=draft.external)
        events = [*_logged(file, draft), _event(file, draft, at)]
        for event in events:
            event.target_type = kind
        pauses = promises.pauses(draft, clocks)
        planned.append(PlannedDemand(draft, _demand(draft, clocks), clocks, pauses, events, row))
    return planned


def write_demands(planned: Sequence[PlannedDemand]) -> None:
    """Write everything, inside of the one transaction in which the file comes in."""
    _give_numbers(planned)
    _insert([plan.demand for plan in planned])
    for plan in planned:
        plan.link()
    _insert([clock for plan in planned for clock in plan.clocks])
    for plan in planned:
        plan.link_pauses()
    _insert([pause for plan in planned for pause in plan.pauses])
    _insert([event for plan in planned for event in plan.events])
    _insert([plan.row for plan in planned])


def _demand(draft: DemandDraft, clocks: list[Clock]) -> Demand:
    """What somebody there had taken on needs no review any more: it waits to be given out."""
    taken = draft.answered_at if draft.ended_at is None else None
    opened = Demand.Status.GRADED if taken else Demand.Status.SUBMITTED
    return Demand(
        entry=draft.entry,
        former_team=draft.team,
        title=draft.title,
        body=draft.body,
        place=draft.place,
        phone=draft.phone,
        requester=draft.requester,
        department=draft.requester.department,
        channel=Demand.Channel.IMPORT,
        claimed=draft.grade,
        grade=draft.grade,
        standard=clocks[0].standard,
        status=Demand.Status.CLOSED if draft.ended_at else opened,
        graded_at=taken,
        round=max(1 + draft.reopened, *(clock.round for clock in clocks)),
        reassigned=draft.reassigned,
        submitted_at=draft.submitted_at,
        done_at=draft.ended_at,
        next_due_at=nearest_due(clocks),
    )


def _give_numbers(planned: Sequence[PlannedDemand]) -> None:
    """Gapless in each year of submission, with one update of its counter."""
    for _year, group in groupby(planned, key=lambda plan: localtime(plan.draft.submitted_at).year):
        same = list(group)
        numbers = reserve_numbers("XQ", same[0].draft.submitted_at, len(same))
        for plan, number in zip(same, numbers, strict=True):
            plan.demand.number = number


def _event(file: ImportFile, draft: DemandDraft, at: datetime) -> Event:
    """`record` for very many. Nothing reacts to this event: nobody wants a notice for each row of history."""
    due, ended = draft.due_at, draft.ended_at
    facts: dict[str, Any] = {
        "file": file.name,
        "import": file.pk,
        "row": draft.row,
        "external": draft.external,
        "result": draft.result,
        "submitted": draft.submitted_at.isoformat(),
        "due": due and due.isoformat(),
        "ended": ended and ended.isoformat(),
    }
    return Event(actor=file.uploaded_by, name="demand.imported", at=at, facts=facts)


def _logged(file: ImportFile, draft: DemandDraft) -> list[Event]:
    """What the log of the other system tells, at the moments at which it happened."""
    before = ("", *(step.words for step in draft.steps))
    return [
        Event(actor=file.uploaded_by, name="demand.logged", at=step.at, facts={"state": step.words})
        for step, words in zip(draft.steps, before, strict=False)
        if step.words != words
    ]


def _insert(rows: Sequence[Row]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
