"""A meeting is booked, asked for or put on the waiting list; approved, moved, changed, called off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.catalogue.models import Entry
from houqin.kernel.errors import Refused
from houqin.kernel.numbers.models import reserve_numbers
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.lines.rooms.actions.holding import free_room, hold_rooms, release_time
from houqin.lines.rooms.actions.inviting import call_off, invite, write_attendees
from houqin.lines.rooms.actions.services import (
    call_off_services,
    choose_services,
    raise_services,
    retime_services,
)
from houqin.lines.rooms.actions.waiting import offer_freed
from houqin.lines.rooms.models import RUNS_ROOMS, Meeting, MeetingSeries, Room
from houqin.lines.rooms.policies import TIDYING
from houqin.lines.rooms.recurrence import Recurrence
from houqin.lines.rooms.rules import refuse_crowd, refuse_times

S = Meeting.Status
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Agenda:
    """What a meeting is about, who comes and what it needs; all of it may be changed later."""

    subject: str
    people: int = 2
    note: str = ""
    attendees: Sequence[User] = ()
    emails: Sequence[str] = ()
    services: Sequence[Entry] = ()


@transaction.atomic
def book_meeting(
    actor: User, room: Room, agenda: Agenda, *, starts_at: datetime, ends_at: datetime
) -> Meeting:
    """Book `room`, or ask for it where it has to be approved.

    Raises Refused when it is taken, closed, too small, or the time is against the rules.
    """
    (meeting,) = _begin(actor, room, agenda, [(starts_at, ends_at)], now())
    return meeting


@transaction.atomic
def book_series(
    actor: User, room: Room, agenda: Agenda, *, recurrence: Recurrence, stretches: Sequence[Stretch]
) -> list[Meeting]:
    """Book every one of `stretches` or none; each is a meeting of its own from then on."""
    if not stretches:
        raise Refused(_("这个系列没有任何一天，请检查起止日期。"))
    series = MeetingSeries.objects.create(
        organiser=actor,
        rule=recurrence.rule,
        first=recurrence.first,
        until=recurrence.until,
        on_rest_days=recurrence.on_rest_days,
    )
    return _begin(actor, room, agenda, stretches, now(), series)


def _begin(
    actor: User,
    room: Room,
    agenda: Agenda,
    stretches: Sequence[Stretch],
    at: datetime,
    series: MeetingSeries | None = None,
) -> list[Meeting]:
    asks = _asks(actor, room)
    numbers = reserve_numbers("HY", at, len(stretches))
    meetings = [
        _draft(actor, room, agenda, number, stretch, at)
        for number, stretch in zip(numbers, stretches, strict=True)
    ]
    for meeting in meetings:
        meeting.series = series
        meeting.release_at = None if asks else release_time(meeting, at)
        Meeting.FLOW.begin("ask" if asks else "book", actor, meeting, at=at, facts=_facts(meeting))
        write_attendees(meeting, agenda.attendees, agenda.emails)
    hold_rooms(meetings, at)
    for meeting in meetings:
        choose_services(actor, meeting, agenda.services, at)
    if not asks:
        invite(actor, meetings, at)
    return meetings


def _draft(
    actor: User, room: Room, agenda: Agenda, number: str, stretch: Stretch, at: datetime
) -> Meeting:
    start, end = stretch
    refuse_crowd(room, agenda.people)
    refuse_times(room, start, end, at)
    return Meeting(
        number=number,
        room=room,
        starts_at=start,
        ends_at=end,
        subject=agenda.subject,
        organiser=actor,
        people=agenda.people,
        note=agenda.note,
        made_at=at,
    )


def _facts(meeting: Meeting) -> dict[str, str]:
    return {"room": str(meeting.room), "when": meeting.when}


@transaction.atomic
def wait_for_room(
    actor: User, room: Room, agenda: Agenda, *, starts_at: datetime, ends_at: datetime
) -> Meeting:
    """Stand in line for a room that is taken; whoever stands first is asked when it is free."""
    at = now()
    _refuse_to_wait(room, starts_at, ends_at + TIDYING.span(at))
    (number,) = reserve_numbers("HY", at, 1)
    meeting = _draft(actor, room, agenda, number, (starts_at, ends_at), at)
    Meeting.FLOW.begin("wait", actor, meeting, at=at, facts=_facts(meeting))
    write_attendees(meeting, agenda.attendees, agenda.emails)
    choose_services(actor, meeting, agenda.services, at)
    return meeting


def _refuse_to_wait(room: Room, start: datetime, end: datetime) -> None:
    """Raise Refused where nobody waits for `room`, or where it is free anyway."""
    if room.needs_approval:
        raise Refused(_("%(room)s须批准，不能排队。") % {"room": room})
    if Room.objects.free(start, end).filter(pk=room.pk).exists():
        raise Refused(_("%(room)s这段时间空着，直接预订即可。") % {"room": room})


@transaction.atomic
def approve_meeting(actor: User, meeting: Meeting) -> None:
    _make_certain("approve", actor, meeting, now())


@transaction.atomic
def confirm_meeting(actor: User, meeting: Meeting) -> None:
    """Whoever waited takes the room that was kept for them."""
    _make_certain("confirm", actor, meeting, now())


def _make_certain(verb: str, actor: User, meeting: Meeting, at: datetime) -> None:
    Meeting.FLOW.take(
        verb, actor, meeting, at=at, facts=_facts(meeting), release_at=release_time(meeting, at)
    )
    hold_rooms([meeting], at)
    raise_services(meeting, at)
    invite(actor, [meeting], at)


@transaction.atomic
def decline_meeting(actor: User, meeting: Meeting, *, reason: str) -> None:
    at = now()
    Meeting.FLOW.take("decline", actor, meeting, at=at, facts={"reason": reason})
    free_room(meeting, at)
    offer_freed(meeting.room, meeting.starts_at, meeting.ends_at, at)


@transaction.atomic
def move_meeting(
    actor: User,
    meeting: Meeting,
    *,
    room: Room,
    starts_at: datetime,
    ends_at: datetime,
    following: bool = False,
) -> None:
    """Move a meeting, with `following` the rest of its series by as much: all of them or none.

    Services and invitations follow; what becomes free is offered to whoever waits.
    """
    at = now()
    delta = starts_at - meeting.starts_at
    moved = _with(meeting, following)
    before = [(each.room, each.starts_at, each.ends_at) for each in moved]
    if room != meeting.room and _asks(actor, room):
        raise Refused(_("%(room)s须批准，请取消后重新预订。") % {"room": room})
    for each in moved:
        _take_move(actor, each, room, each.starts_at + delta, ends_at - starts_at, at)
    _follow(actor, moved, at)
    for stretch in before:
        offer_freed(*stretch, at)


def _asks(actor: User, room: Room) -> bool:
    """Whether `actor` has to ask for `room` where others are just booked."""
    return bool(room.needs_approval and not actor.roles_at(room.place) & RUNS_ROOMS)


def _follow(actor: User, moved: Sequence[Meeting], at: datetime) -> None:
    """Let rooms, services and invitations follow meetings that were moved."""
    hold_rooms(moved, at)
    for meeting in moved:
        retime_services(actor, meeting, at)
    invite(actor, [meeting for meeting in moved if meeting.status == S.BOOKED], at)


def _with(meeting: Meeting, following: bool) -> list[Meeting]:
    """The meeting itself, as it was given, and on demand those of its series that come after it."""
    if not following or not meeting.series_id:
        return [meeting]
    later = meeting.later_ones().exclude(pk=meeting.pk).with_all()
    return [meeting, *later.filter(status=meeting.status)]


def _take_move(
    actor: User, meeting: Meeting, room: Room, start: datetime, length: timedelta, at: datetime
) -> None:
    Meeting.FLOW.check("move", actor, meeting)
    refuse_crowd(room, meeting.people)
    refuse_times(room, start, start + length, at)
    was = f"{meeting.room} {meeting.when}"
    goal = Meeting(room=room, starts_at=start, ends_at=start + length)
    Meeting.FLOW.take(
        "move",
        actor,
        meeting,
        at=at,
        facts={"was": was, "now": f"{room} {goal.when}"},
        room=room,
        starts_at=start,
        ends_at=start + length,
        release_at=release_time(goal, at) if meeting.status == S.BOOKED else None,
    )


@transaction.atomic
def change_meeting(
    actor: User,
    meeting: Meeting,
    *,
    subject: str,
    people: int,
    note: str = "",
    attendees: Iterable[User] = (),
    emails: Iterable[str] = (),
    services: Iterable[Entry] = (),
) -> None:
    """Change what it is about, who comes and what it needs; who is left out hears that too."""
    at = now()
    refuse_crowd(meeting.room, people)
    Meeting.FLOW.take("change", actor, meeting, at=at, subject=subject, people=people, note=note)
    gone = write_attendees(meeting, attendees, emails)
    choose_services(actor, meeting, services, at)
    if meeting.status in (S.BOOKED, S.RUNNING):
        call_off(actor, meeting, gone, at)
        invite(actor, [meeting], at)


@transaction.atomic
def pass_meeting(actor: User, meeting: Meeting, *, to: User, reason: str = "") -> None:
    """Let another be its organiser from now on, as whoever called it leaves; calendars hear of that."""
    at = now()
    facts = {"was": str(meeting.organiser), "to": str(to), "reason": reason}
    Meeting.FLOW.take(
        "pass_on", the_house(), meeting, at=at, facts=facts, named=actor, organiser=to
    )
    meeting.attendees.filter(user=to).delete()
    if meeting.status in (S.BOOKED, S.RUNNING):
        invite(actor, [meeting], at)


@transaction.atomic
def cancel_meeting(
    actor: User, meeting: Meeting, *, reason: str = "", following: bool = False
) -> None:
    """Call a meeting off, with `following` the rest of its series too."""
    at = now()
    for each in _with(meeting, following):
        _cancel(actor, each, reason, at)


def _cancel(actor: User, meeting: Meeting, reason: str, at: datetime) -> None:
    certain, waited = meeting.status == S.BOOKED, meeting.status == S.WAITING
    Meeting.FLOW.take("cancel", actor, meeting, at=at, facts={"reason": reason})
    call_off_services(meeting, reason or _("会议取消"))
    if certain:
        call_off(actor, meeting, meeting.attendees.select_related("user"), at)
    if not waited:
        free_room(meeting, at)
        offer_freed(meeting.room, meeting.starts_at, meeting.ends_at, at)
