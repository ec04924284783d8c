"""When a room may be booked at all, in a sentence that says why it may not; reads only."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.worktime.models import schedule_at
from houqin.kernel.worktime.timetable import Timetable
from houqin.lines.rooms.models import Room
from houqin.lines.rooms.policies import AHEAD, LONGEST, SHORTEST

SLOT = timedelta(minutes=30)  # of the grid; whoever walks in books the slot that has begun


def timetable_of(room: Room) -> Timetable:
    return schedule_at(room.place).timetable()


def refuse_times(room: Room, start: datetime, end: datetime, at: datetime) -> None:
    """Raise Refused with the first reason against booking `room` then."""
    if problem := problem_of(room, timetable_of(room), start, end, at):
        raise Refused(problem)


def problem_of(
    room: Room, timetable: Timetable, start: datetime, end: datetime, at: datetime
) -> str:
    """Why `room` cannot be booked from `start` to `end`, whoever else has it; "" when it can."""
    return _problem_of_length(start, end, at) or _problem_of_hours(room, timetable, start, end)


def _problem_of_length(start: datetime, end: datetime, at: datetime) -> str:
    if end <= start:
        return _("结束时间要晚于开始时间。")
    if start <= at - SLOT:
        return _("开始时间已过。")
    if end - start < SHORTEST.span(at):
        return _("会议最短 %(minutes)s 分钟。") % {"minutes": SHORTEST.at(at)}
    if end - start > LONGEST.span(at):
        return _("会议最长 %(minutes)s 分钟。") % {"minutes": LONGEST.at(at)}
    if start > at + AHEAD.span(at):
        return _("最早提前 %(days)s 天预订。") % {"days": AHEAD.at(at)}
    return ""


def _problem_of_hours(room: Room, timetable: Timetable, start: datetime, end: datetime) -> str:
    first, last = timezone.localtime(start), timezone.localtime(end)
    if not room.active:
        return _("%(room)s已停用。") % {"room": room}
    if first.date() != last.date() or first.time() < room.opens or last.time() > room.closes:
        return _("%(room)s的开放时间是 %(hours)s。") % {"room": room, "hours": room.hours}
    return _problem_of_day(room, timetable, first.date())


def _problem_of_day(room: Room, timetable: Timetable, day: date) -> str:
    if room.rest_days or timetable.is_working_day(day):
        return ""
    return _("%(day)s 是休息日，%(room)s不开放。") % {"day": f"{day:%m-%d}", "room": room}


def refuse_crowd(room: Room, people: int) -> None:
    """Raise Refused where `room` is too small for so many."""
    if problem := crowd_problem(room, people):
        raise Refused(problem)


def crowd_problem(room: Room, people: int) -> str:
    """Why so many do not fit into `room`, "" when they do."""
    words = {"room": room, "seats": room.capacity}
    too_many = _("%(room)s坐 %(seats)s 人，请换一间大的。")
    return too_many % words if people > room.capacity else ""
