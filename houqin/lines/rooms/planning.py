"""The dates of a series before it is booked, each with what is in its way; reads only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from houqin.lines.rooms.models import Room, RoomHold
from houqin.lines.rooms.policies import TIDYING
from houqin.lines.rooms.recurrence import Recurrence
from houqin.lines.rooms.rules import problem_of, timetable_of


@dataclass(frozen=True)
class PlannedMeeting:
    """One date of a series: `by_rule` is the day that the rule names, `day` the one it is held on."""

    by_rule: date
    day: date
    starts_at: datetime
    ends_at: datetime
    problem: str = ""

    @property
    def moved(self) -> bool:
        return self.day != self.by_rule


def moment(day: date, at: time) -> datetime:
    """The time of that day in the zone of the house."""
    return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())


def plan_series(
    room: Room, recurrence: Recurrence, starts: time, ends: time, at: datetime
) -> list[PlannedMeeting]:
    """Each date in order, with the first reason against it; the same number of queries for any number."""
    timetable, tidying = timetable_of(room), TIDYING.span(at)
    plan = [
        PlannedMeeting(by_rule, day, moment(day, starts), moment(day, ends))
        for by_rule, day in recurrence.days(timetable)
    ]
    holds = _holds(room, plan[0].starts_at, plan[-1].ends_at + tidying) if plan else []

    def problem(start: datetime, end: datetime) -> str:
        against = problem_of(room, timetable, start, end, at)
        return against or _taken(holds, start, end + tidying)

    return [replace(each, problem=problem(each.starts_at, each.ends_at)) for each in plan]


def _holds(room: Room, start: datetime, end: datetime) -> list[RoomHold]:
    """Whatever holds a part of `room` in any part of the stretch."""
    rows = RoomHold.objects.between(start, end).filter(room__in=room.elementary())
    return list(rows.select_related("room", "meeting__organiser", "closure"))


def _taken(holds: list[RoomHold], start: datetime, end: datetime) -> str:
    other = next((hold for hold in holds if hold.starts_at < end and hold.ends_at > start), None)
    return _("%(room)s已有 %(other)s") % {"room": other.room, "other": other} if other else ""
