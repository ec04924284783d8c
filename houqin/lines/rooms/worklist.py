"""What waits for one person about meetings: rooms to approve or confirm, and those to check in to now."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.lines.rooms.lists import to_decide
from houqin.lines.rooms.models import Meeting, MeetingQuerySet
from houqin.lines.rooms.pages import CARD
from houqin.lines.rooms.policies import CHECK_IN_BEFORE
from houqin.ui.worklist import WORKLISTS, Task, Worklist

S = Meeting.Status
VERBS = {S.ASKED: "approve", S.OFFERED: "confirm", S.BOOKED: "check_in"}


def waiting_meetings(user: User, at: datetime) -> MeetingQuerySet:
    """Answers that `user` owes and own meetings whose doors are open, the nearest first."""
    seen = Meeting.objects.visible_to(user)
    rows = to_decide(seen, user) | _to_check_in(seen.mine(user), at)
    return rows.with_all().order_by("starts_at", "pk")


def _to_check_in(meetings: MeetingQuerySet, at: datetime) -> MeetingQuerySet:
    """Those of which the doors are open and nobody has come yet."""
    soon = at + CHECK_IN_BEFORE.span(at)
    return meetings.filter(status=S.BOOKED, release_at__gt=at, starts_at__lte=soon, ends_at__gt=at)


def _task(meeting: Meeting, at: datetime) -> Task:
    verb = CARD.verbs[VERBS[S(meeting.status)]]
    return Task(
        title=meeting.subject,
        url=meeting.get_absolute_url(),
        meta=" · ".join([str(meeting.room), meeting.when, str(meeting.organiser)]),
        verb=str(verb.label),
        verb_url=meeting.get_absolute_url(),
        due_at=meeting.release_at or meeting.starts_at,
    )


WORKLISTS.register(
    Worklist(
        code="meetings",
        label=_("会议"),
        order=60,
        rows=waiting_meetings,
        task=_task,
        route="rooms:meetings",
    )
)
