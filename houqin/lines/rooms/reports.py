"""What a room is doing, and how the rooms of a house are used."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from houqin.kernel.people.models import User
from houqin.kernel.worktime.models import schedule_at
from houqin.lines.rooms.models import RUNS_ROOMS, Meeting, Room, RoomHold
from houqin.platform.files.models import Attachment

S = Meeting.Status
HAPPENED = (S.BOOKED, S.RUNNING, S.ENDED)


def meetings_in(room: Room, start: datetime, end: datetime) -> list[Meeting]:
    """What holds any part of `room` in the stretch, earliest first."""
    holds = RoomHold.objects.between(start, end).filter(room__in=room.elementary())
    rows = Meeting.objects.filter(
        pk__in=holds.order_by().values("meeting"), status__in=(S.BOOKED, S.RUNNING)
    )
    return list(rows.with_all().order_by("starts_at", "pk"))


def day_of(room: Room, at: datetime) -> tuple[Meeting | None, list[Meeting]]:
    """The meeting that is in `room` or about to begin, and what follows on that day."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = [
        meeting
        for meeting in meetings_in(room, at, midnight + timedelta(days=1))
        if meeting.ends_at > at
    ]
    current = next(
        (meeting for meeting in today if meeting.starts_at <= at or meeting.status == S.RUNNING),
        None,
    )
    return current, [meeting for meeting in today if meeting is not current]


def meetings_of_day(user: User, roles: Set[str], at: datetime) -> list[Meeting]:
    """What is still on today in the rooms for which `user` holds one of `roles`, earliest first."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Meeting.objects.filter(
        user.reach(roles, place="room__place"),
        status__in=(S.BOOKED, S.RUNNING),
        starts_at__lt=midnight + timedelta(days=1),
        ends_at__gt=at,
    )
    return list(rows.with_all().order_by("starts_at", "pk"))


@dataclass
class Usage:
    """How a room, or all of them, were used in a month."""

    meetings: int = 0
    no_shows: int = 0
    used: timedelta = timedelta()
    open: timedelta = timedelta()

    @property
    def occupancy(self) -> int:
        """The share of its opening hours in which it was used, in per cent."""
        return round(100 * self.used / self.open) if self.open else 0

    @property
    def no_show_rate(self) -> int:
        """Of the meetings that had to check in, those to which nobody came, in per cent."""
        total = self.meetings + self.no_shows
        return round(100 * self.no_shows / total) if total else 0

    @property
    def hours(self) -> float:
        return round(self.used / timedelta(hours=1), 1)


@dataclass(kw_only=True)
class RoomUse(Usage):
    """How one room was used in a month."""

    room: Room


def with_photos(rooms: Iterable[Room]) -> list[tuple[Room, Attachment | None]]:
    """Each with its first photo, if it has any; two queries."""
    shown = list(rooms)
    pictures = Attachment.objects.of(*shown).filter(tag=Attachment.Tag.SCENE).photos()
    first = {picture.target_id: picture for picture in reversed(pictures)}
    return [(room, first.get(room.pk)) for room in shown]


def use_of_rooms(user: User, month: date, at: datetime) -> list[RoomUse]:
    """Each room that `user` runs, in the month that begins on `month`, as far as it has passed."""
    rooms = Room.objects.filter(user.reach(RUNS_ROOMS, place="place")).with_all()
    start, end = _midnight(month), min(_midnight(_next_month(month)), at)
    uses = {room.pk: RoomUse(room=room, open=_open_time(room, start, end)) for room in rooms}
    meetings = Meeting.objects.filter(
        room__in=uses, starts_at__gte=start, starts_at__lt=end, status__in=(*HAPPENED, S.RELEASED)
    )
    for meeting in meetings:
        _count(uses[meeting.room_id], meeting, at)
    return list(uses.values())


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _count(use: RoomUse, meeting: Meeting, at: datetime) -> None:
    if meeting.status == S.RELEASED:
        use.no_shows += 1
        return
    use.meetings += 1
    use.used += max(min(meeting.ended_at or meeting.ends_at, at) - meeting.starts_at, timedelta())


def _open_time(room: Room, start: datetime, end: datetime) -> timedelta:
    """The opening hours of the days that have begun by `end`."""
    timetable = schedule_at(room.place).timetable()
    hours = datetime.combine(start.date(), room.closes) - datetime.combine(start.date(), room.opens)
    days = max((end - start + timedelta(days=1, microseconds=-1)).days, 0)
    open_days = [
        stretch
        for stretch in (start.date() + timedelta(days=nth) for nth in range(days))
        if room.rest_days or timetable.is_working_day(stretch)
    ]
    return hours * len(open_days)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=timezone.get_default_timezone())
