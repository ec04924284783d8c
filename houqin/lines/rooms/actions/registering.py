"""Rooms are entered, divided, closed for a while and opened again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.lines.rooms.actions.holding import hold_closure, hold_rooms
from houqin.lines.rooms.actions.waiting import offer_freed
from houqin.lines.rooms.models import RUNS_ROOMS, Room, RoomClosure, RoomHold
from houqin.shared.bookings.models import Hold


@transaction.atomic
def rehold_hall(actor: User, hall: Room) -> None:
    """After a hall has been divided, or undivided: what was booked of it holds its parts as they are now.

    Raises Refused when a new part is booked already at such a time.
    """
    at = now()
    require(actor, RUNS_ROOMS, hall.place)
    for meeting in hall.meetings.holding().filter(ends_at__gt=at):
        until = meeting.holds.filter(hold=Hold.TENTATIVE).values_list("expires_at", flat=True)
        hold_rooms([meeting], at, until=until.first())
    for closure in hall.closures.filter(ends_at__gt=at):
        hold_closure(closure, at)


@transaction.atomic
def close_room(
    actor: User, room: Room, *, starts_at: datetime, ends_at: datetime, reason: str
) -> RoomClosure:
    """Keep everybody out of a room for a while. Raises Refused while a meeting is booked there then."""
    at = now()
    require(actor, RUNS_ROOMS, room.place)
    closure = RoomClosure.objects.create(
        room=room, starts_at=starts_at, ends_at=ends_at, reason=reason, made_by=actor
    )
    hold_closure(closure, at)
    facts = {"from": starts_at.isoformat(), "until": ends_at.isoformat(), "reason": reason}
    record(actor, "room.blocked", room, at=at, **facts)
    return closure


@transaction.atomic
def open_room(actor: User, closure: RoomClosure) -> None:
    """End a closure before its time."""
    at = now()
    room = closure.room
    require(actor, RUNS_ROOMS, room.place)
    RoomHold.objects.filter(closure=closure).delete()
    record(actor, "room.unblocked", room, at=at, reason=closure.reason)
    start, end = closure.starts_at, closure.ends_at
    closure.delete()
    offer_freed(room, start, end, at)
