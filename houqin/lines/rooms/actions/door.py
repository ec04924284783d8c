"""The screen at a door: a link of its own, with which whoever stands there checks in and ends."""

from __future__ import annotations

from django.db import transaction

from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.lines.rooms.models import RUNS_ROOMS, Room
from houqin.shared.links.actions import draw_link
from houqin.shared.links.models import Purpose

DOOR_LINK = Purpose("room_door")


@transaction.atomic
def draw_door_link(actor: User, room: Room) -> str:
    """The token of a new link for the screen at the door of `room`; the one before opens nothing any more."""
    at = now()
    require(actor, RUNS_ROOMS, room.place)
    _link, token = draw_link(actor, DOOR_LINK, room, at=at)
    record(actor, "room.linked", room, at=at)
    return token
