"""Who comes, who does not, and when a meeting is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.lines.rooms.actions.holding import free_room
from houqin.lines.rooms.actions.services import call_off_services, retime_services
from houqin.lines.rooms.actions.waiting import offer_freed
from houqin.lines.rooms.models import Meeting
from houqin.lines.rooms.policies import CHECK_IN_BEFORE


@transaction.atomic
def check_in(actor: User, meeting: Meeting) -> None:
    """Somebody is there. Raises Refused before the doors open and after the end."""
    at = now()
    Meeting.FLOW.check("check_in", actor, meeting)
    if problem := why_not_yet(meeting, at):
        raise Refused(problem)
    Meeting.FLOW.take("check_in", actor, meeting, at=at, checked_in_at=at)


def why_not_yet(meeting: Meeting, at: datetime) -> str:
    """Why nobody can check in at that moment, "" when one can."""
    opens = meeting.starts_at - CHECK_IN_BEFORE.span(at)
    if at < opens:
        return _("签到从 %(time)s 开始。") % {"time": f"{timezone.localtime(opens):%m-%d %H:%M}"}
    return _("会议时间已过。") if at >= meeting.ends_at else ""


@transaction.atomic
def end_early(actor: User, meeting: Meeting) -> None:
    """The meeting is over before its time: the room is free, cleaning may come earlier."""
    at = now()
    Meeting.FLOW.take("end_early", actor, meeting, at=at, ended_at=at)
    free_room(meeting, at)
    retime_services(actor, meeting, at)
    offer_freed(meeting.room, at, meeting.ends_at, at)


@transaction.atomic
def release_meeting(meeting: Meeting, at: datetime) -> None:
    """Nobody came: the room is given to whoever waits, the services are called off."""
    facts = {"room": str(meeting.room)}
    Meeting.FLOW.take("release", the_house(), meeting, at=at, facts=facts, ended_at=at)
    free_room(meeting, at)
    call_off_services(meeting, _("无人签到，会议室已释放"))
    offer_freed(meeting.room, at, meeting.ends_at, at)


@transaction.atomic
def finish_meeting(meeting: Meeting, at: datetime) -> None:
    """Its time is over."""
    end = meeting.ends_at
    Meeting.FLOW.take("finish", the_house(), meeting, at=at, ended_at=end)
