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
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.records import save_record
from houqin.lines.rooms.actions.holding import hold_closure, hold_rooms
from houqin.lines.rooms.actions.waiting import offer_freed
from houqin.lines.rooms.models import RUNS_ROOMS, Room, RoomClosure, RoomFeature, RoomHold
from houqin.platform.files.actions import Received, attach
from houqin.platform.files.models import Attachment
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
    photos: Sequence[Received]


class ClosureFields(TypedDict, total=False):
    """What may be said of a closure."""

    room: Room
    starts_at: datetime
    ends_at: datetime
    reason: str
    active: bool


@transaction.atomic
def save_room(actor: User, room: Room | None, *, changes: RoomFields) -> Room:
    """Enter a room or change it; a hall whose parts change holds them anew. New photos replace the old ones.

    Raises Refused for one that is retired while meetings are booked there, and for a part that is booked
    when the hall is too.
    """
    at, hall = now(), room.whole if room else None
    _require(actor, room.place if room else None, changes.get("place"))
    if room and changes.get("active") is False:
        _refuse_to_retire(room, at)
    fields = {name: value for name, value in changes.items() if name != "photos"}
    saved = save_record(actor, room or Room(), "room.saved", changes=fields)
    _photograph(actor, saved, changes.get("photos", ()), at)
    for each in dict.fromkeys([hall, saved.whole]):
        if each is not None:
            _hold_anew(each, at)
    return saved


def _photograph(actor: User, room: Room, photos: Sequence[Received], at: datetime) -> None:
    """Let these show the room from now on; none leave it as it is."""
    if not photos:
        return
    Attachment.objects.of(room).delete()
    for photo in photos:
        attach(actor, room, photo, tag=Attachment.Tag.SCENE, at=at)
    record(actor, "room.photographed", room, at=at)


def _require(actor: User, *places: Place | None) -> None:
    """Raise NotAllowed unless `actor` runs the rooms at each of `places` that there is."""
    for place in places:
        if place is not None:
            require(actor, RUNS_ROOMS, place)


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
    room = changes.get("room")
    _require(actor, was[0].place if was else None, room.place if room else None)
    saved = save_record(actor, closure or RoomClosure(), "room_closure.saved", changes=changes)
    _hold_or_free(saved, at)
    if was:
        offer_freed(*was, at)
    return saved


def _hold_or_free(closure: RoomClosure, at: datetime) -> None:
    if closure.active:
        hold_closure(closure, at)
    else:
        RoomHold.objects.filter(closure=closure).update(hold=Hold.FREE)
