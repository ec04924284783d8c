"""Rooms are entered, divided and retired, and closed for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.records import save_record
from houqin.lines.rooms.actions.holding import hold_closure, hold_rooms
from houqin.lines.rooms.actions.waiting import offer_freed
from houqin.lines.rooms.models import RUNS_ROOMS, Room, RoomClosure, RoomFeature, RoomHold
from houqin.shared.bookings.models import Hold


class RoomFields(TypedDict, total=False):
    """What may be said of a room."""

    code: str
    name: str
    place: Place
    whole: Room | None
    capacity: int
    features: Sequence[RoomFeature]
    opens: time
    closes: time
    rest_days: bool
    needs_approval: bool
    needs_check_in: bool
    note: str
    active: bool


class ClosureFields(TypedDict, total=False):
    """What may be said of a closure."""

    room: Room
    starts_at: datetime
    ends_at: datetime
    reason: str
    active: bool


@transaction.atomic
def save_room(actor: User, room: Room | None, *, changes: RoomFields) -> Room:
    """Enter a room or change it; a hall whose parts change holds them anew.

    Raises Refused for one that is retired while meetings are booked there, and for a part that is booked
    when the hall is too.
    """
    at = now()
    places = [room.place] if room else []
    for place in (*places, *([changes["place"]] if "place" in changes else [])):
        require(actor, RUNS_ROOMS, place)
    halls = [room.whole] if room else []
    if room and changes.get("active") is False:
        _refuse_to_retire(room, at)
    saved = save_record(actor, room or Room(), "room.saved", changes=changes)
    for hall in dict.fromkeys([*halls, saved.whole]):
        if hall is not None:
            _hold_anew(hall, at)
    return saved


def _refuse_to_retire(room: Room, at: datetime) -> None:
    ahead = room.meetings.holding().filter(ends_at__gt=at).order_by("starts_at").first()
    if ahead:
        words = {"room": room, "meeting": f"{ahead.number} {ahead.when}"}
        raise Refused(_("%(room)s还有会议 %(meeting)s，先改到别处再停用。") % words)


def _hold_anew(hall: Room, at: datetime) -> None:
    """What is booked of a hall holds its parts as they are now."""
    for meeting in hall.meetings.holding().filter(ends_at__gt=at).select_related("room"):
        until = meeting.holds.filter(hold=Hold.TENTATIVE).values_list("expires_at", flat=True)
        hold_rooms([meeting], at, until=until.first())
    for closure in RoomClosure.objects.ahead(at).filter(room=hall):
        hold_closure(closure, at)


@transaction.atomic
def save_closure(
    actor: User, closure: RoomClosure | None, *, changes: ClosureFields
) -> RoomClosure:
    """Keep everybody out of a room for a while, change that, or end it with `active` False.

    Raises Refused while a meeting is booked there then.
    """
    at = now()
    was = (closure.room, closure.starts_at, closure.ends_at) if closure else None
    rooms = [was[0]] if was else []
    for room in (*rooms, *([changes["room"]] if "room" in changes else [])):
        require(actor, RUNS_ROOMS, room.place)
    saved = save_record(actor, closure or RoomClosure(), "room_closure.saved", changes=changes)
    if saved.active:
        hold_closure(saved, at)
    else:
        RoomHold.objects.filter(closure=saved).update(hold=Hold.FREE)
    if was:
        offer_freed(*was, at)
    return saved
