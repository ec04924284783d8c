"""On which days a meeting comes again; pure: a rule, its first day, the working calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.rrule import rrulestr
from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.worktime.timetable import Timetable
from houqin.lines.rooms.models import MeetingSeries

MOST = 200  # meetings in one series
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Repeat(models.TextChoices):
    """How often a meeting comes again."""

    DAILY = "daily", _("每天")
    WEEKLY = "weekly", _("每周")
    BIWEEKLY = "biweekly", _("每两周")
    MONTHLY = "monthly", _("每月的第几个星期几")


@dataclass(frozen=True)
class Recurrence:
    """A rule (RFC 5545) from a first to a last day, and what it does on days off."""

    rule: str
    first: date
    until: date
    on_rest_days: str = MeetingSeries.OnRestDays.SKIP

    def days(self, timetable: Timetable) -> list[tuple[date, date]]:
        """Each day by the rule with the day it is held on, in order, none held twice."""
        held: dict[date, date] = {}
        for day in self._by_rule():
            on = self._held_on(day, timetable)
            if on is not None:
                held.setdefault(on, day)
        return sorted((day, on) for on, day in held.items())[:MOST]

    def _by_rule(self) -> list[date]:
        start = datetime.combine(self.first, datetime.min.time())
        end = datetime.combine(self.until, datetime.min.time())
        rule = rrulestr(self.rule, dtstart=start)
        return [moment.date() for moment in rule.between(start, end, inc=True)[: MOST + 1]]

    def _held_on(self, day: date, timetable: Timetable) -> date | None:
        if self.on_rest_days == MeetingSeries.OnRestDays.KEEP or timetable.is_working_day(day):
            return day
        if self.on_rest_days == MeetingSeries.OnRestDays.SKIP:
            return None
        return timetable.workdays_from(day, 1)


def rule_of(repeat: str, first: date, weekdays: Sequence[int] = ()) -> str:
    """The rule that says `repeat`; a month's fifth weekday means its last one, as not all have five."""
    if repeat == Repeat.DAILY:
        return "FREQ=DAILY"
    if repeat == Repeat.MONTHLY:
        nth = (first.day - 1) // 7 + 1
        return f"FREQ=MONTHLY;BYDAY={nth if nth < 5 else -1}{WEEKDAYS[first.weekday()]}"
    days = ",".join(WEEKDAYS[day] for day in sorted(set(weekdays) or {first.weekday()}))
    interval = 2 if repeat == Repeat.BIWEEKLY else 1
    return f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={days}"
