from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.worktime.hours import hours_from, week_from
from houqin.kernel.worktime.timetable import (
    BadIntervals,
    DayRule,
    NoWorkingTime,
    Pattern,
    Timetable,
)

DEFAULT_ZONE = "Asia/Shanghai"


def fresh_revision() -> int:
    """A number that was never used, so that a cached timetable cannot outlive a write, not even one
    that was rolled back and done again differently."""
    return secrets.randbits(62)


class Schedule(models.Model):
    """The working time of a kind of place: weekly hours and dated exceptions, on top of another schedule.

    A date is what the schedule's own day says, else what the base says, else what its weekday says.
    """

    name = models.CharField(_("名称"), max_length=60, unique=True)
    timezone = models.CharField(_("时区"), max_length=40, default=DEFAULT_ZONE)
    base = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("以此为基础"),
        related_name="built_on",
    )
    # {"0": [["08:30", "12:00"], ["13:30", "17:30"]], …}, "0" is Monday; empty: the week of the base.
    week = models.JSONField(_("每周工作时段"), default=dict, blank=True)
    published_through = models.PositiveSmallIntegerField(_("放假安排公布至"), null=True, blank=True)
    revision = models.BigIntegerField(default=fresh_revision, editable=False)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the schedule; it and all that are built on it are read anew from now on."""
        super().save(*args, **kwargs)
        self.touch()

    def clean(self) -> None:
        """Refuse nonsense: a circle of bases, an unknown zone, hours that overlap, no working time at all."""
        if self.timezone not in available_timezones():
            raise ValidationError({"timezone": _now("没有这个时区，例如 Asia/Shanghai。")})
        if self.pk and self.base_id and self in self.base_line(self.base):
            raise ValidationError({"base": _now("日历不能以自己为基础，也不能互为基础。")})
        try:
            self.read_timetable()
        except BadIntervals as error:
            raise ValidationError({"week": str(error)}) from error
        except NoWorkingTime as error:
            raise ValidationError({"week": no_working_time()}) from error

    def timetable(self) -> Timetable:
        """The schedule as the engine reads it; cached until it or one of its bases changes."""
        return timetable_of(self.pk, self.revision)

    def read_timetable(self) -> Timetable:
        """The timetable from the database, this row as it is in memory.

        Raises NoWorkingTime, or BadIntervals with a sentence for the user.
        """
        line = list(self.base_line(self))
        days: dict[date, DayRule] = {}
        for schedule in reversed(line):
            days.update(
                {day.date: day.rule() for day in schedule.days.all()} if schedule.pk else {}
            )
        weeks = [week_from(schedule.week) for schedule in line]
        published = [
            schedule.published_through
            for schedule in line
            if schedule.published_through is not None
        ]
        return Timetable(
            ZoneInfo(self.timezone),
            next((week for week in weeks if week), {}),
            days,
            published[0] if published else None,
        )

    def touch(self) -> None:
        """Give this schedule and all that are built on it a new revision."""
        self.revision = fresh_revision()
        self.family().update(revision=self.revision)

    def family(self) -> models.QuerySet[Schedule]:
        """This schedule and all that are built on it, at whatever remove."""
        family, newest = {self.pk}, {self.pk}
        while newest:
            newest = (
                set(Schedule.objects.filter(base__in=newest).values_list("pk", flat=True)) - family
            )
            family |= newest
        return Schedule.objects.filter(pk__in=family)

    @staticmethod
    def base_line(schedule: Schedule | None) -> Iterator[Schedule]:
        """`schedule`, its base, the base of that, each once."""
        seen: set[int | None] = set()
        while schedule is not None and schedule.pk not in seen:
            seen.add(schedule.pk)
            yield schedule
            schedule = schedule.base


class ScheduleDay(models.Model):
    """One date that is not what its weekday says. `source` tells who says so, and what may replace it."""

    MANUAL, STATUTORY, NOTICE = "manual", "statutory", "notice:"

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="days")
    date = models.DateField(_("日期"))
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("名称"), max_length=40, blank=True)
    intervals = models.JSONField(
        _("工作时段"), null=True, blank=True
    )  # null: the hours of the weekday
    # MANUAL; STATUTORY, a holiday by law of a year without a notice; or NOTICE and the year of the notice
    source = models.CharField(_("来源"), max_length=20, default=MANUAL, editable=False)
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("修改时间"), null=True, editable=False)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "date"], name="one_rule_per_day"),
            models.CheckConstraint(
                condition=Q(working=True) | Q(intervals=None), name="day_off_has_no_hours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"

    def rule(self) -> DayRule:
        return DayRule(self.working, self.name, self.pattern())

    def pattern(self) -> Pattern | None:
        return None if self.intervals is None else hours_from(self.intervals)

    @property
    def source_text(self) -> str:
        """Where the day comes from, for people."""
        if self.source.startswith(self.NOTICE):
            return _now("%(year)s 年放假通知") % {"year": self.source.removeprefix(self.NOTICE)}
        return _now("法定节假日，通知未公布") if self.source == self.STATUTORY else _now("手工设置")


class PlaceSchedule(models.Model):
    """The schedule in force at a place and everywhere below it that has none of its own."""

    place = models.OneToOneField(Place, models.CASCADE, verbose_name=_("地点"), related_name="+")
    schedule = models.ForeignKey(
        Schedule, models.PROTECT, verbose_name=_("工作日历"), related_name="place_schedules"
    )

    def __str__(self) -> str:
        return f"{self.place}：{self.schedule}"


def schedule_at(place: Place | None) -> Schedule:
    """The schedule of the nearest place at or above `place`, else the first one of the house.

    Raises Refused when the house has none at all.
    """
    if place is not None:
        here = PlaceSchedule.objects.filter(place__path__in=place.ancestor_paths())
        nearest = here.select_related("schedule").order_by("-place__depth").first()
        if nearest is not None:
            return nearest.schedule
    default = Schedule.objects.order_by("pk").first()
    if default is None:
        raise Refused(_now("还没有工作日历，无法计算时限，请先在系统设置中建立。"))
    return default


def no_working_time() -> str:
    return _now("这个日历没有任何工作时间，任何时限都不会到期；请至少填写一个工作日的工作时段。")


@lru_cache(maxsize=256)
def timetable_of(pk: int, revision: int) -> Timetable:
    """The timetable of the schedule `pk` as it is at `revision`, which each write changes: read once."""
    return Schedule.objects.get(pk=pk).read_timetable()
