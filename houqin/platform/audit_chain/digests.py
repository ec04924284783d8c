"""What is hashed, and how. Nothing here may ever change: old seals would no longer fit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from houqin.kernel.trail.models import Event
from houqin.platform.audit_chain.models import Seal

# What a row that somebody has broken by hand raises when it is read.
UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError)


def digest_of(event: Event) -> str:
    """SHA-256 over everything an event says, as JSON with sorted keys, in ASCII and without blanks."""
    says = {
        "id": event.pk,
        "at": _moment(event.at),
        "written_at": _moment(event.written_at),
        "name": event.name,
        "actor": event.actor_id,
        "target": [event.target_type_id, event.target_id],
        "facts": event.facts,
    }
    return _sha256(json.dumps(says, sort_keys=True, separators=(",", ":")))


def leaves_of(events: Iterable[Event]) -> str:
    return "".join(f"{event.pk} {digest_of(event)}\n" for event in events)


def root_of(seal: Seal) -> str:
    """SHA-256 over the root before, the head of the seal and its leaves, a line each."""
    head = f"{seal.previous}\n{seal.number} {seal.last} {seal.count} {_moment(seal.sealed_at)}\n"
    return _sha256(head + seal.leaves)


def digests_between(after: int, last: int) -> Iterator[tuple[int, str]]:
    """The number and the digest of each event above `after` up to `last`; "" for one that cannot be read."""
    rows = Event.objects.filter(pk__gt=after, pk__lte=last).order_by("pk")
    try:
        yield from [(event.pk, digest_of(event)) for event in rows.iterator()]
    except UNREADABLE:
        yield from ((pk, _digest_or_nothing(pk)) for pk in rows.values_list("pk", flat=True))


def _digest_or_nothing(pk: int) -> str:
    try:
        return digest_of(Event.objects.get(pk=pk))
    except UNREADABLE:
        return ""


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
