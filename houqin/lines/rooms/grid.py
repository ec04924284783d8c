"""Rooms over a day, or one room over a week: who has what, what is free; reads only.

One look at the calendar for each place, and the same number of other queries for any number of rooms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    parts = {room.pk: {part.pk for part in room.elementary()} for room, _day in pairs}
    holds = _holds(set().union(*parts.values()), [day for _room, day in pairs])
    seen = _seen(user, holds)
    places = {room.place_id: room for room, _day in pairs}
    timetables = {place: timetable_of(room) for place, room in places.items()}
    drawn = []
    for room, day in pairs:
        lane = RoomLane(room, day)
        _lay_out(lane, [hold for hold in holds if hold.room_id in parts[room.pk]], seen)
        working = room.rest_days or timetables[room.place_id].is_working_day(day)
        _mark_free(lane, working, at)
        drawn.append(lane)
    return drawn


def _holds(rooms: set[int], days: Sequence[date]) -> list[RoomHold]:
    """What holds any of `rooms` from the first to the last of `days`."""
    held = RoomHold.objects.between(moment(min(days), time(0)), moment(max(days), time.max))
    related = ("room", "meeting__organiser", "meeting__room__place", "closure")
    return list(held.filter(room__in=rooms).select_related(*related))


def _seen(user: User, holds: Iterable[RoomHold]) -> set[int]:
    """The keys of the meetings behind `holds` that `user` may open."""
    keys = {hold.meeting_id for hold in holds if hold.meeting_id}
    rows = Meeting.objects.visible_to(user).filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def _lay_out(lane: RoomLane, holds: Iterable[RoomHold], seen: set[int]) -> None:
    for hold in _once(hold for hold in holds if _is_on(hold, lane.day)):
        bar = _bar(lane, hold, seen)
        lane.bars.append(bar)
        end, tidy = bar.at + bar.length, _slot_after(lane.day, hold.ends_at)
        if tidy > end:
            lane.closed.append((end, tidy - end))


def _is_on(hold: RoomHold, day: date) -> bool:
    """Whether `hold` lasts for any part of `day`."""
    midnight = moment(day, time(0))
    return hold.starts_at < midnight + timedelta(days=1) and hold.ends_at > midnight


def _once(holds: Iterable[RoomHold]) -> Iterator[RoomHold]:
    """The first hold of each meeting, which may hold several parts of a hall; every closure."""
    drawn: set[int] = set()
    for hold in holds:
        if hold.meeting_id not in drawn:
            drawn |= {hold.meeting_id} if hold.meeting_id else set()
            yield hold


def _slot_after(day: date, at: datetime) -> int:
    """The first half hour of the axis that begins at `at` or later."""
    return slot_of(day, at - timedelta(seconds=1)) + 1


def _span(day: date, hold: RoomHold) -> tuple[int, int]:
    """Where the bar of `hold` begins, and its length."""
    holder = hold.meeting or hold.closure
    assert holder
    start = min(slot_of(day, holder.starts_at), SLOTS - 1)
    over = min(holder.ends_at, hold.ends_at)  # of one that ended early, what it has used
    return start, max(1, min(_slot_after(day, over), SLOTS) - start)


def _bar(lane: RoomLane, hold: RoomHold, seen: set[int]) -> Bar:
    span, meeting = _span(lane.day, hold), hold.meeting
    if meeting is None:
        return Bar(*span, str(hold.closure), look="off")
    if lane.room.pk not in (meeting.room_id, hold.room_id):
        return Bar(*span, _("%(part)s已订") % {"part": meeting.room}, look="part")
    return _bar_of(meeting, span, meeting.room_id == lane.room.pk, meeting.pk in seen)


def _bar_of(meeting: Meeting, span: tuple[int, int], own_lane: bool, opens: bool) -> Bar:
    """The bar of a meeting: for a reader who may not open it, only who has the room."""
    who = str(meeting.organiser) if own_lane else f"{meeting.room} · {meeting.organiser}"
    if not opens:
        return Bar(*span, who, look="other")
    note = f"{who} · {meeting.get_status_display()}"
    movable = own_lane and Meeting.FLOW["move"].fits(meeting)
    return Bar(*span, meeting.subject, note, meeting.status, meeting, movable)


def _mark_free(lane: RoomLane, working: bool, at: datetime) -> None:
    """The half hours in which the room is open, nobody has it, and which are not over."""
    opens, closes = _open_slots(lane) if working and lane.room.active else (SLOTS, SLOTS)
    lane.closed += [(a, b - a) for a, b in ((0, opens), (closes, SLOTS)) if b > a]
    taken = _taken(lane)
    free = {nth for nth in range(max(opens, slot_of(lane.day, at)), closes) if nth not in taken}
    lane.free += [_free_slot(nth, free) for nth in sorted(free)]


def _open_slots(lane: RoomLane) -> tuple[int, int]:
    """The half hours at which the room opens and closes."""
    day, room = lane.day, lane.room
    return slot_of(day, moment(day, room.opens)), slot_of(day, moment(day, room.closes))


def _taken(lane: RoomLane) -> set[int]:
    spans = [*lane.closed, *((bar.at, bar.length) for bar in lane.bars)]
    return {nth for start, length in spans for nth in range(start, start + length)}


def _free_slot(nth: int, free: set[int]) -> FreeSlot:
    """Where one presses to book an hour from there on, or half of one where no more is `free`."""
    ends = nth + (2 if nth + 1 in free else 1)
    return FreeSlot(nth, _clock(nth), _clock(ends), first=nth - 1 not in free)


def _clock(slot: int) -> str:
    return f"{FIRST + slot // 2:02d}:{slot % 2 * 30:02d}"
