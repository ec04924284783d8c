"""The story of an object, from its events and those of what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from houqin.kernel.trail.messages import SAYINGS, Saying, sentence_of
from houqin.kernel.trail.models import Event


def timeline(*targets: models.Model, inner: bool, skip: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Entries newest first; inner notes only for those who run the service."""
    skipped = {*skip, *_quiet()}
    events = [event for event in Event.objects.about(*targets) if event.name not in skipped]
    entries = [_entry(event) for event in reversed(events)]
    return [entry for entry in entries if inner or not entry["inner"]]


def _quiet() -> list[str]:
    """The events that no story tells."""
    return [name for name, saying in SAYINGS.items() if saying.quiet]


def _entry(event: Event) -> dict[str, Any]:
    saying = SAYINGS.get(event.name, Saying(event.name))
    return {
        "icon": saying.icon,
        "tone": saying.tone,
        "who": str(event.actor),
        "sentence": sentence_of(event.name, event.facts),
        "at": event.at,
        "note": event.facts.get(saying.note, "") if saying.note else "",
        "inner": saying.inner,
        "name": event.name,
    }
