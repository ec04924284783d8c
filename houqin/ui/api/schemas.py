"""What things of the kernel look like in an answer: a place, a clock, a line of the thread, a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from houqin.kernel.clock.models import Clock
from houqin.kernel.places.models import Place
from houqin.kernel.worktime.promise import ExplainedStep
from houqin.platform.files.models import Attachment
from houqin.ui.clocks import share_percent, steps


class PlaceShape(Schema):
    code: str
    name: str = Field(description="The whole way from the campus down.")


class StepShape(Schema):
    """One line of the explanation of a due time."""

    kind: str
    first: date | datetime
    last: date | datetime | None
    text: str
    rule: str
    counted: int | None = Field(
        description="What the clock stands at afterwards: working days, or minutes."
    )


class ClockShape(Schema):
    kind: str
    kind_words: str
    round: int
    grade: str
    promised: int
    unit: str = Field(description="hours, working_hours, working_days, days or months")
    standard: str
    started_at: datetime
    due_at: datetime | None = Field(description="None while the clock is paused.")
    provisional: bool
    paused: bool
    stopped_at: datetime | None
    result: str
    percent: int = Field(
        description="How much of the promise is used up; over 100 when it is broken."
    )
    explanation: list[StepShape]


class EventShape(Schema):
    """One line of the thread."""

    event: str
    at: datetime
    who: str
    sentence: str
    note: str
    inner: bool


class FileShape(Schema):
    name: str
    tag: str
    mime: str
    bytes: int
    by: str
    at: datetime
    url: str = Field(description="Fetch it with the same token.")


def place(of: Place) -> dict[str, Any]:
    return {"code": of.code, "name": of.full_name}


def clocks(target: Any, at: datetime) -> list[dict[str, Any]]:
    """All clocks of `target` in the order of their rounds, each with why it is due when it is due."""
    running = target.clocks.with_promise().select_related("standard")
    return [clock(each, at) for each in running.order_by("round", "started_at", "pk")]


def clock(running: Clock, at: datetime) -> dict[str, Any]:
    return {
        "kind": running.kind,
        "kind_words": str(running.get_kind_display()),
        "round": running.round,
        "grade": running.grade,
        "promised": running.amount,
        "unit": running.unit,
        "standard": running.standard.name if running.standard else "",
        "started_at": running.started_at,
        "due_at": running.due_at,
        "provisional": running.provisional,
        "paused": running.running and running.due_at is None,
        "stopped_at": running.stopped_at,
        "result": running.result,
        "percent": share_percent(running, running.stopped_at or at),
        "explanation": [_step(step) for step in steps(running, at)],
    }


def _step(step: ExplainedStep) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "first": step.first,
        "last": step.last,
        "text": step.text,
        "rule": step.rule,
        "counted": step.counted,
    }


def thread(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What `ui.timeline` tells, as an answer; oldest first."""
    told = ("at", "who", "sentence", "note", "inner")
    return [
        {"event": entry["name"]} | {name: entry[name] for name in told}
        for entry in reversed(list(entries))
    ]


def files(attachments: Iterable[Attachment]) -> list[dict[str, Any]]:
    return [_file(attachment) for attachment in attachments]


def _file(attachment: Attachment) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "tag": attachment.tag,
        "mime": attachment.blob.mime,
        "bytes": attachment.blob.size,
        "by": str(attachment.uploaded_by),
        "at": attachment.at,
        "url": reverse("api:file", args=[attachment.pk]),
    }
