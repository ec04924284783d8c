"""What becomes of a meeting whose room was kept for it in vain."""

from __future__ import annotations

from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.lines.rooms.actions import lapse_meeting
from houqin.lines.rooms.models import Meeting, RoomHold


def lapse_with_hold(event: Event) -> None:
    """One part of what it held has lapsed: the meeting has no room any more, and the rest is free too."""
    hold = event.target
    if isinstance(hold, RoomHold) and hold.meeting_id:
        meeting = Meeting.objects.with_all().get(pk=hold.meeting_id)
        if Meeting.FLOW["lapse"].fits(meeting):
            lapse_meeting(meeting, event.at)


EFFECTS: Effects = {"booking.lapsed": [lapse_with_hold]}
