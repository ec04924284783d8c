"""What passes to a successor: the meetings ahead that somebody has called."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.handover import Handing, hand
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.lines.rooms.actions import pass_meeting
from houqin.lines.rooms.models import RUNS_ROOMS, Meeting


def _meetings(person: User) -> QuerySet[Any]:
    ahead = Meeting.objects.upcoming(now()).filter(organiser=person)
    return ahead.with_all().order_by("starts_at", "pk")


def _reach(actor: User) -> Q:
    return actor.reach(RUNS_ROOMS, place="room__place")


def _line(meeting: Meeting) -> tuple[str, str]:
    return meeting.get_absolute_url(), f"{meeting.number} {meeting.subject} {meeting.when}"


hand(
    Handing(
        key="meetings",
        title=_("会议"),
        asks=_("会议交给"),
        of=_meetings,
        reach=_reach,
        pass_on=pass_meeting,
        line=_line,
    )
)
