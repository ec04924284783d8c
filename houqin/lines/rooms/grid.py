"""Rooms over a day, or one room over a week: who has what, what is free; reads only.

One look at the calendar for each place, and the same number of other queries for any number of rooms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.lines.rooms.models import Meeting, Room, RoomHold
from houqin.lines.rooms.planning import moment
from houqin.lines.rooms.rules import SLOT, timetable_of

FIRST, LAST = 7, 22  # the hours that the axis shows; the classes at-0 to at-29 are its half hours
SLOTS = (LAST - FIRST) * 2


@dataclass(frozen=True)
class Bar:
    """A stretch of the axis that is taken: by a meeting, a closure, or a part of the hall."""

    at: int
    length: int
    title: str
    note: str = ""
    look: str = ""
    meeting: Meeting | None = None  # only where the reader may open it
    movable: bool = False


@dataclass(frozen=True)
class FreeSlot:
    """Half an hour that can be booked; the first of a gap is where the keyboard stops."""

    at: int
    starts: str
    ends: str
    first: bool


@dataclass
class RoomLane:
    """One room on one day."""

    room: Room
    day: date
    bars: list[Bar] = field(default_factory=list)
    closed: list[tuple[int, int]] = field(default_factory=list)
    free: list[FreeSlot] = field(default_factory=list)


def hours() -> list[tuple[int, str]]:
    return [(2 * nth, f"{FIRST + nth}:00") for nth in range(LAST - FIRST)]


def slot_of(day: date, at: datetime) -> int:
    """The half hour of the axis that `at` lies in; 0 or SLOTS where it lies outside."""
    return max(0, min(SLOTS, (at - moment(day, time(FIRST))) // SLOT))


def lanes(user: User, pairs: Sequence[tuple[Room, date]], at: datetime) -> list[RoomLane]:
    """A lane for each room and day. `at` is now: nothing before it is free."""
    if not pairs:
        return []
    parts = {room.pk: room.elementary() for room, _day in pairs}
    keys = {part.pk for rooms in parts.values() for part in rooms}
    first, last = min(day for _room, day in pairs), max(day for _room, day in pairs)
    held = RoomHold.objects.between(moment(first, time(0)), moment(last, time.max))
    related = ("room", "meeting__organiser", "meeting__room__place", "closure")
    holds = list(held.filter(room__in=keys).select_related(*related))
    seen = set(
        Meeting.objects.visible_to(user)
        .filter(pk__in={hold.meeting_id for hold in holds if hold.meeting_id})
        .values_list("pk", flat=True)
    )
    places = {room.place_id: room for room, _day in pairs}
    timetables = {place: timetable_of(room) for place, room in places.items()}
    drawn = []
    for room, day in pairs:
        lane = RoomLane(room, day)
        mine = {part.pk for part in parts[room.pk]}
        _lay_out(lane, [hold for hold in holds if hold.room_id in mine], seen)
        working = room.rest_days or timetables[room.place_id].is_working_day(day)
        _mark_free(lane, working, at)
        drawn.append(lane)
    return drawn


def _lay_out(lane: RoomLane, holds: Iterable[RoomHold], seen: set[int]) -> None:
    drawn: set[int] = set()
    midnight = moment(lane.day, time(0))
    for hold in holds:
        if hold.starts_at >= midnight + timedelta(days=1) or hold.ends_at <= midnight:
            continue
        if hold.meeting_id in drawn:
            continue
        drawn |= {hold.meeting_id} if hold.meeting_id else set()
        bar = _bar(lane, hold, seen)
        lane.bars.append(bar)
        tidy = slot_of(lane.day, hold.ends_at - timedelta(seconds=1)) + 1
        if tidy > bar.at + bar.length:
            lane.closed.append((bar.at + bar.length, tidy - bar.at - bar.length))


def _bar(lane: RoomLane, hold: RoomHold, seen: set[int]) -> Bar:
    holder = hold.meeting or hold.closure
    assert holder
    start = min(slot_of(lane.day, holder.starts_at), SLOTS - 1)
    over = min(holder.ends_at, hold.ends_at)  # of one that ended early, what it has used
    end = slot_of(lane.day, over - timedelta(seconds=1)) + 1
    span = (start, max(1, min(end, SLOTS) - start))
    meeting = hold.meeting
    if meeting is None:
        return Bar(*span, str(hold.closure), look="off")
    if lane.room.pk not in (meeting.room_id, hold.room_id):
        return Bar(*span, _("%(part)s已订") % {"part": meeting.room}, look="part")
    where = "" if meeting.room_id == lane.room.pk else f"{meeting.room} · "
    if meeting.pk not in seen:
        return Bar(*span, f"{where}{meeting.organiser}", look="other")
    note = f"{where}{meeting.organiser} · {meeting.get_status_display()}"
    movable = Meeting.FLOW["move"].fits(meeting) and meeting.room_id == lane.room.pk
    return Bar(*span, meeting.subject, note, meeting.status, meeting, movable)


def _mark_free(lane: RoomLane, working: bool, at: datetime) -> None:
    """The half hours in which the room is open, nobody has it, and which are not over."""
    opens, closes = (
        slot_of(lane.day, moment(lane.day, lane.room.opens)),
        slot_of(lane.day, moment(lane.day, lane.room.closes)),
    )
    if not (working and lane.room.active):
        opens = closes = SLOTS
    lane.closed += [(a, b - a) for a, b in ((0, opens), (closes, SLOTS)) if b > a]
    spans = [*lane.closed, *((bar.at, bar.length) for bar in lane.bars)]
    taken = {nth for start, length in spans for nth in range(start, start + length)}
    past = slot_of(lane.day, at)
    last = -2
    for nth in range(max(opens, past), closes):
        if nth in taken:
            continue
        ends = nth + (2 if nth + 1 < closes and nth + 1 not in taken else 1)
        lane.free.append(FreeSlot(nth, _clock(nth), _clock(ends), nth != last + 1))
        last = nth


def _clock(slot: int) -> str:
    return f"{FIRST + slot // 2:02d}:{slot % 2 * 30:02d}"
