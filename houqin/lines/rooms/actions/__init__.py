"""What happens to rooms and meetings."""

from houqin.lines.rooms.actions.booking import (
    Agenda,
    approve_meeting,
    book_meeting,
    book_series,
    cancel_meeting,
    change_meeting,
    confirm_meeting,
    decline_meeting,
    move_meeting,
    pass_meeting,
    wait_for_room,
)
from houqin.lines.rooms.actions.door import DOOR_LINK, draw_door_link
from houqin.lines.rooms.actions.presence import (
    check_in,
    end_early,
    finish_meeting,
    release_meeting,
    why_not_yet,
)
from houqin.lines.rooms.actions.registering import save_closure, save_room
from houqin.lines.rooms.actions.services import due_time, raise_services
from houqin.lines.rooms.actions.waiting import lapse_meeting

__all__ = [
    "DOOR_LINK",
    "Agenda",
    "approve_meeting",
    "book_meeting",
    "book_series",
    "cancel_meeting",
    "change_meeting",
    "check_in",
    "confirm_meeting",
    "decline_meeting",
    "draw_door_link",
    "due_time",
    "end_early",
    "finish_meeting",
    "lapse_meeting",
    "move_meeting",
    "pass_meeting",
    "raise_services",
    "release_meeting",
    "save_closure",
    "save_room",
    "wait_for_room",
    "why_not_yet",
]
