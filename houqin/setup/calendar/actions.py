"""Changing a working calendar: who may, the record, and the clocks that run by it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_noop

from houqin.kernel.clock.recompute import Moved, recompute_schedule
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.worktime import actions as worktime
from houqin.kernel.worktime.models import PlaceSchedule, Schedule, ScheduleDay
from houqin.setup.permissions import EDITS_CALENDAR

WORDS = {True: gettext_noop("上班"), False: gettext_noop("放假")}


@transaction.atomic
def set_day(
    actor: User,
    schedule: Schedule,
    *,
    date: date,
    working: bool,
    name: str,
    intervals: list[Any] | None,
) -> list[Moved]:
    """Say what one date is; the due times that moved.

    Raises NotAllowed, and Refused for hours that overlap or when no working time would be left.
    """
    at = now()
    require_everywhere(actor, EDITS_CALENDAR)
    worktime.edit_day(
        actor, schedule, date=date, working=working, name=name, intervals=intervals, now=at
    )
    facts = {"date": date.isoformat(), "words": WORDS[working], "name": name}
    return _follow(actor, schedule, "calendar.day_set", at, facts)


@transaction.atomic
def clear_day(actor: User, schedule: Schedule, *, date: date) -> list[Moved]:
    """Let one date be what the base or its weekday says; the due times that moved.

    Raises NotAllowed, and Refused when the date already is.
    """
    at = now()
    require_everywhere(actor, EDITS_CALENDAR)
    worktime.remove_day(actor, schedule, date=date, now=at)
    return _follow(actor, schedule, "calendar.day_cleared", at, {"date": date.isoformat()})


@transaction.atomic
def publish_notice(
    actor: User, schedule: Schedule, *, notice: worktime.HolidayNotice
) -> tuple[list[ScheduleDay], list[Moved]]:
    """Publish the announced days of a year; the days set by hand that it sees differently, which stay, and
    the due times that moved.

    Raises NotAllowed, and Refused for a notice with errors or out of turn.
    """
    at = now()
    require_everywhere(actor, EDITS_CALENDAR)
    kept = worktime.publish_year(actor, schedule, notice=notice, now=at)
    return kept, _follow(actor, schedule, "calendar.published", at, {"year": notice.year})


@transaction.atomic
def save_schedule(
    actor: User,
    schedule: Schedule | None,
    *,
    name: str,
    base: Schedule | None,
    timezone: str,
    week: dict[str, Any],
) -> tuple[Schedule, list[Moved]]:
    """Make a schedule, or change `schedule`; with it the due times that moved.

    Raises NotAllowed, and Refused for hours that overlap, an unknown zone, or no working time at all.
    """
    at = now()
    require_everywhere(actor, EDITS_CALENDAR)
    saved = schedule or Schedule()
    saved.name, saved.base, saved.timezone, saved.week = name, base, timezone, week
    try:
        saved.clean()
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    saved.save()
    return saved, _follow(actor, saved, "schedule.saved", at, {"name": name})


@transaction.atomic
def give_schedule(actor: User, schedule: Schedule, *, place: Place) -> None:
    """Let the clocks that start at `place` from now on run by `schedule`. Raises NotAllowed."""
    at = now()
    require_everywhere(actor, EDITS_CALENDAR)
    PlaceSchedule.objects.update_or_create(place=place, defaults={"schedule": schedule})
    record(actor, "schedule.given", schedule, at=at, name=schedule.name, place=place.full_name)


@transaction.atomic
def take_schedule(actor: User, schedule: Schedule, *, place: Place) -> None:
    """Let `place` go by what holds above it again. Raises NotAllowed."""
    at = now()
    require_everywhere(actor, EDITS_CALENDAR)
    PlaceSchedule.objects.filter(place=place, schedule=schedule).delete()
    record(actor, "schedule.taken", schedule, at=at, name=schedule.name, place=place.full_name)


def _follow(
    actor: User, schedule: Schedule, event: str, at: datetime, facts: dict[str, Any]
) -> list[Moved]:
    """Work out the clocks again and put the change on the record."""
    moved = recompute_schedule(actor, schedule, now=at)
    record(actor, event, schedule, at=at, moved=len(moved), **facts)
    return moved
