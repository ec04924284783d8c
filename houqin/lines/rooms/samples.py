"""Rooms and meetings as they come to be by the actions, for a cast of people."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from houqin.kernel.timekeeping import now
from houqin.lines.rooms.actions import Agenda, book_meeting, draw_door_link, save_closure
from houqin.lines.rooms.models import Meeting, Room, RoomClosure


def room(cast: Any, name: str = "201 会议室", **fields: Any) -> Room:
    """A room of 12 in the near building that needs no approval."""
    known = Room.objects.filter(name=name).first()
    if known:
        return known
    fields = {"place": cast.room, "capacity": 12} | fields
    return Room.objects.create(code=f"R{Room.objects.count() + 1}", name=name, **fields)


def at(hour: float, *, days: int = 0) -> datetime:
    """A moment of the day of now, `days` later."""
    day = timezone.localtime(now()).date() + timedelta(days=days)
    midnight = datetime.combine(day, time(0), tzinfo=timezone.get_default_timezone())
    return midnight + timedelta(hours=hour)


def meeting(cast: Any) -> Meeting:
    """One of wu tomorrow from 14 to 15, to which wang is invited."""
    agenda = Agenda("项目周会", people=6, attendees=[cast.wang])
    return book_meeting(
        cast.wu, room(cast), agenda, starts_at=at(14, days=1), ends_at=at(15, days=1)
    )


def door(cast: Any) -> dict[str, str]:
    return {"token": draw_door_link(cast.lin, room(cast))}


def closure(cast: Any) -> RoomClosure:
    """The day after tomorrow, so that the meeting of the sample has its room."""
    where = room(cast)
    return save_closure(
        cast.lin,
        None,
        changes={
            "room": where,
            "starts_at": at(9, days=2),
            "ends_at": at(12, days=2),
            "reason": "维修",
        },
    )
