"""The one transaction in which a file comes in: all of its requests, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.timezone import localtime

from houqin.kernel.clock.models import Clock
from houqin.kernel.numbers.models import reserve_numbers
from houqin.kernel.people.models import User
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.models import Event
from houqin.servicedesk.importing.leases import Hold
from houqin.servicedesk.importing.models import ImportedRow, ImportFile
from houqin.servicedesk.importing.promises import Promises, nearest_due
from houqin.servicedesk.importing.rows import Draft
from houqin.servicedesk.models import Request

BATCH = 1000
Row = TypeVar("Row", bound=models.Model)


@dataclass
class Planned:
    """A draft with the rows that will come of it, worked out before the transaction begins."""

    draft: Draft
    request: Request
    clocks: list[Clock]


def plan(drafts: Sequence[Draft], at: datetime) -> list[Planned]:
    """Work out requests and clocks, in the order of submission, in which they get their numbers."""
    promises = Promises(at)
    ordered = sorted(drafts, key=lambda draft: (draft.submitted_at, draft.row))
    return [_planned(draft, promises) for draft in ordered]


@transaction.atomic
def write_requests(
    actor: User, file: ImportFile, planned: Sequence[Planned], hold: Hold, at: datetime
) -> None:
    """Write everything, or nothing: the lease is given back in the same transaction, so that a worker
    which has lost it writes nothing. Raises LeaseLost."""
    hold.end(ImportFile.Status.DONE, finished_at=at, handled=len(planned), content=b"")
    _give_numbers(planned)
    _insert([one.request for one in planned])
    _insert([clock for one in planned for clock in _aimed(one)])
    _insert([_event(actor, file, one, at) for one in planned])
    _insert(
        [
            ImportedRow(file=file, row=one.draft.row, external=one.draft.external, request=one.request)
            for one in planned
        ]
    )
    record(actor, "import.done", file, at=at, file=file.name, rows=len(planned))


def _planned(draft: Draft, promises: Promises) -> Planned:
    clocks = promises.clocks(draft)
    ended = draft.ended_at is not None
    request = Request(
        entry=draft.entry, title=draft.title, body=draft.body, place=draft.place, phone=draft.phone,
        requester=draft.requester, department=draft.requester.department, channel=Request.Channel.IMPORT,
        claimed=draft.grade, grade=draft.grade, standard=clocks[0].standard,
        status=Request.Status.CLOSED if ended else Request.Status.SUBMITTED,
        submitted_at=draft.submitted_at, done_at=draft.ended_at, next_due_at=nearest_due(clocks),
    )  # fmt: skip
    return Planned(draft, request, clocks)


def _give_numbers(planned: Sequence[Planned]) -> None:
    """Gapless in each year of submission, with one update of its counter."""
    for _year, group in groupby(planned, key=lambda one: localtime(one.draft.submitted_at).year):
        same = list(group)
        numbers = reserve_numbers("XQ", same[0].draft.submitted_at, len(same))
        for one, number in zip(same, numbers, strict=True):
            one.request.number = number


def _aimed(one: Planned) -> list[Clock]:
    kind = ContentType.objects.get_for_model(Request)
    for clock in one.clocks:
        clock.target_type, clock.target_id = kind, one.request.pk
    return one.clocks


def _event(actor: User, file: ImportFile, one: Planned, at: datetime) -> Event:
    """`record` for very many. Nothing reacts to this event: nobody wants a notice for each row of history."""
    draft = one.draft
    due, ended = draft.due_at, draft.ended_at
    facts: dict[str, Any] = {
        "file": file.name, "import": file.pk, "row": draft.row, "external": draft.external,
        "result": draft.result, "submitted": draft.submitted_at.isoformat(),
        "due": due and due.isoformat(), "ended": ended and ended.isoformat(),
    }  # fmt: skip
    kind = ContentType.objects.get_for_model(Request)
    return Event(
        actor=actor, name="request.imported", target_type=kind, target_id=one.request.pk, at=at, facts=facts
    )


def _insert(rows: Sequence[Row]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
