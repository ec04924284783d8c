"""The rows by which meetings and closures hold their rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from houqin.lines.rooms.models import Meeting, RoomClosure, RoomHold
from houqin.lines.rooms.policies import NO_SHOW, TIDYING
from houqin.shared.bookings.actions import book
from houqin.shared.bookings.models import Hold

MOMENT = timedelta(minutes=1)


def hold_rooms(meetings: Sequence[Meeting], at: datetime, *, until: datetime | None = None) -> None:
    """Hold for `meetings` what they are for now, in place of what they held; all or nothing.

    One that waits for approval gives its room back when it would begin, one that is offered `until` then.
    Raises Refused, naming who has it.
    """
    RoomHold.objects.filter(meeting__in=meetings).delete()
    book(*(hold for meeting in meetings for hold in _holds_of(meeting, at, until)), at=at)


def _holds_of(meeting: Meeting, at: datetime, until: datetime | None) -> list[RoomHold]:
    until = meeting.starts_at if meeting.status == Meeting.Status.ASKED else until
    expires = max(until, at + MOMENT) if until else None
    return [
        RoomHold(
            room=part,
            meeting=meeting,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at + TIDYING.span(at),
            hold=Hold.TENTATIVE if expires else Hold.CONFIRMED,
            expires_at=expires,
        )
        for part in meeting.room.elementary()
    ]


def hold_closure(closure: RoomClosure, at: datetime) -> None:
    """Hold every part of a room that is closed. Raises Refused, naming the meeting in the way."""
    RoomHold.objects.filter(closure=closure).delete()
    holds = [
        RoomHold(room=part, closure=closure, starts_at=closure.starts_at, ends_at=closure.ends_at)
        for part in closure.room.elementary()
    ]
    book(*holds, at=at)


def free_room(meeting: Meeting, at: datetime) -> None:
    """Let others have the rest of what `meeting` holds, once the room is tidy if it was used."""
    holds = RoomHold.objects.filter(meeting=meeting)
    tidy = at + TIDYING.span(at)
    if meeting.checked_in_at and meeting.starts_at < tidy < meeting.ends_at:
        holds.update(ends_at=tidy)
    else:
        holds.update(hold=Hold.FREE)


def release_time(meeting: Meeting, at: datetime) -> datetime | None:
    """By when somebody must have checked in to a meeting that is booked at `at`."""
    if not meeting.room.needs_check_in:
        return None
    return min(max(meeting.starts_at, at) + NO_SHOW.span(at), meeting.ends_at)
