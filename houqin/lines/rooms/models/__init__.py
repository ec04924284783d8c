"""Rooms, the meetings in them and what these ask for."""

from houqin.lines.rooms.models.meeting import (
    ATTENDEE,
    ORGANISER,
    Attendee,
    Meeting,
    MeetingQuerySet,
    MeetingService,
)
from houqin.lines.rooms.models.room import (
    ONE_ROOM,
    RUNS_ROOMS,
    Room,
    RoomClosure,
    RoomFeature,
    RoomHold,
    RoomQuerySet,
)
from houqin.lines.rooms.models.series import MeetingSeries

__all__ = [
    "ATTENDEE",
    "ONE_ROOM",
    "ORGANISER",
    "RUNS_ROOMS",
    "Attendee",
    "Meeting",
    "MeetingQuerySet",
    "MeetingSeries",
    "MeetingService",
    "Room",
    "RoomClosure",
    "RoomFeature",
    "RoomHold",
    "RoomQuerySet",
]
