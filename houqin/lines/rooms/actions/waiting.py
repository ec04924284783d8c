"""Who waits for a room gets it as soon as it is free, in the order of waiting, and is asked to confirm."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import the_house
from houqin.lines.rooms.actions.holding import free_room, hold_rooms
from houqin.lines.rooms.models import Meeting, Room
from houqin.lines.rooms.policies import OFFER, SHORTEST


def offer_freed(room: Room, start: datetime, end: datetime, at: datetime) -> int:
    """Offer what has become free of `room` to those who wait for any of it; how many got theirs."""
    waiting = Meeting.objects.filter(
        status=Meeting.Status.WAITING,
        room__in=room.family(),
        starts_at__lt=end,
        ends_at__gt=max(start, at),
    )
    return sum(_offer(meeting, at) for meeting in waiting.with_all().order_by("made_at", "pk"))


def _offer(meeting: Meeting, at: datetime) -> bool:
    """Offer the room if nobody has a part of it still; whether it was."""
    try:
        offer_meeting(meeting, at)
    except Refused:
        return False
    return True


@transaction.atomic
def offer_meeting(meeting: Meeting, at: datetime) -> None:
    """Hold the room for whoever waited, until they confirm; what has passed meanwhile is left out.

    Raises Refused when somebody has it, or too little of the time is left.
    """
    start = max(meeting.starts_at, at.replace(second=0, microsecond=0))
    if meeting.ends_at - start < SHORTEST.span(at):
        raise Refused(_("剩下的时间太短。"))
    until = at + OFFER.span(at)
    facts = {"room": str(meeting.room), "until": until.isoformat()}
    Meeting.FLOW.take("offer", the_house(), meeting, at=at, facts=facts, starts_at=start)
    hold_rooms([meeting], at, until=until)


@transaction.atomic
def lapse_meeting(meeting: Meeting, at: datetime) -> None:
    """Nobody has confirmed or approved it in time, or its time is over while it waited."""
    held = meeting.status in Meeting.HOLDING
    Meeting.FLOW.take("lapse", the_house(), meeting, at=at)
    if held:
        free_room(meeting, at)
        offer_freed(meeting.room, meeting.starts_at, meeting.ends_at, at)
