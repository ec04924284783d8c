from __future__ import annotations

from datetime import datetime

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from houqin.kernel.clock.kinds import Kind as Kind
from houqin.kernel.clock.kinds import kind_choices
from houqin.kernel.related import beside, related
from houqin.kernel.worktime.models import Schedule, timetable_of
from houqin.kernel.worktime.promise import Span
from houqin.kernel.worktime.timetable import Timetable


class Grade(models.TextChoices):
    """R2.3: how urgent a demand is."""

    URGENT = "urgent", _("紧急")
    IMPORTANT = "important", _("重要")
    ROUTINE = "routine", _("常规")


class UnitChoice(models.TextChoices):
    """Values of `promise.Unit` with their words."""

    HOURS = "hours", _("小时")
    WORKING_HOURS = "working_hours", _("工作小时")
    WORKING_DAYS = "working_days", _("个工作日")
    DAYS = "days", _("天")
    MONTHS = "months", _("个月")

    def of(self, amount: int) -> str:
        """So much of it, as people say it: 3 个工作日."""
        words = {
            UnitChoice.HOURS: ngettext("%(amount)s 小时", "%(amount)s 小时", amount),
            UnitChoice.WORKING_HOURS: ngettext(
                "%(amount)s 工作小时", "%(amount)s 工作小时", amount
            ),
            UnitChoice.WORKING_DAYS: ngettext("%(amount)s 个工作日", "%(amount)s 个工作日", amount),
            UnitChoice.DAYS: ngettext("%(amount)s 天", "%(amount)s 天", amount),
            UnitChoice.MONTHS: ngettext("%(amount)s 个月", "%(amount)s 个月", amount),
        }
        return words[self] % {"amount": amount}


class Standard(models.Model):
    """One published version of the service standard; never changed after it came into force (R3.4)."""

    name = models.CharField(_("版本"), max_length=60, unique=True)
    regulation = models.CharField(_("依据"), max_length=120)
    effective_from = models.DateTimeField(_("生效时间"), db_index=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def in_force(cls, at: datetime) -> Standard:
        """The version in force at `at`, or the oldest one for a moment before the first."""
        current = cls.objects.filter(effective_from__lte=at).order_by("-effective_from").first()
        return current or cls.objects.earliest("effective_from")


class PromisedTime(models.Model):
    """What a version promises for one grade and one kind of clock."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="promises")
    grade = models.CharField(_("分级"), max_length=10, choices=Grade)
    kind = models.CharField(_("时钟"), max_length=20, choices=kind_choices)
    amount = models.PositiveSmallIntegerField(_("时限"))
    unit = models.CharField(_("单位"), max_length=15, choices=UnitChoice)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "grade", "kind"], name="one_promise_per_grade_kind"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="promise_is_positive"),
        ]

    def __str__(self) -> str:
        return UnitChoice(self.unit).of(self.amount)


class HoldReason(models.Model):
    """A reason to put work on hold which a version lists, and whether it stops the clocks."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="hold_reasons")
    code = models.SlugField(max_length=20)
    label = models.CharField(_("原因"), max_length=40)
    stops = models.BooleanField(_("时钟暂停"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "code"], name="one_reason_per_standard")
        ]

    def __str__(self) -> str:
        return _now(self.label)


class ClockQuerySet(models.QuerySet["Clock"]):
    def with_promise(self) -> ClockQuerySet:
        """With what `timetable` and `spans` read, in two queries for any number of clocks."""
        return self.annotate(schedule_revision=F("schedule__revision")).prefetch_related(
            beside("pauses")
        )


class Clock(models.Model):
    """One promise to one target: a row of its own, so that each is started, paused and judged by itself.

    What was promised comes from a grade of a `standard`, from the policy whose key is `policy`, or from
    neither: a contract, a date that somebody set.
    `due_at` is empty while paused. What it promises is written down at the start: a later standard or
    calendar rewrites nothing that has ended.
    """

    class Result(models.TextChoices):
        RUNNING = "running", _("进行中")
        MET = "met", _("按时")
        BREACHED = "breached", _("超时")
        CANCELLED = "cancelled", _("不计")

    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", db_index=False)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    kind = models.CharField(max_length=20, choices=kind_choices)
    round = models.PositiveSmallIntegerField(
        default=1
    )  # 2 and up: rework, counted against the team
    grade = models.CharField(max_length=10, blank=True)
    standard = models.ForeignKey(Standard, models.PROTECT, null=True, related_name="+")
    policy = models.CharField(max_length=60, blank=True)
    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="+")
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=15, choices=UnitChoice)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    given_due = models.BooleanField(default=False)  # the due time was imported, not computed
    moved_at = models.DateTimeField(null=True)  # when a grade or a calendar last moved what is due
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, choices=Result, default=Result.RUNNING)
    next_alarm = models.PositiveSmallIntegerField(null=True)  # per cent
    next_alarm_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id", "kind", "round"],
                name="one_clock_per_kind_and_round",
            ),
            models.CheckConstraint(
                condition=Q(standard=None, grade="")
                | Q(standard__isnull=False, policy="") & ~Q(grade=""),
                name="graded_clock_has_its_standard",
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | Q(due_at=None) | ~Q(result="running"),
                name="paused_has_no_due",
            ),
            models.CheckConstraint(
                condition=Q(result="running", stopped_at=None)
                | ~Q(result="running") & Q(stopped_at__gte=F("started_at")),
                name="ended_clock_has_its_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_alarm_at"],
                condition=Q(next_alarm_at__isnull=False),
                name="clock_next_alarm",
            ),
            models.Index(fields=["schedule"], condition=Q(result="running"), name="clock_running"),
            # Holds all that the figures of a period read of a clock.
            models.Index(
                fields=["kind", "result", "stopped_at", "target_type", "target_id", "started_at"],
                name="clock_judged",
            ),
        ]

    @property
    def length(self) -> str:
        """What was promised, in words."""
        return UnitChoice(self.unit).of(self.amount)

    @property
    def running(self) -> bool:
        return self.result == self.Result.RUNNING

    @property
    def owner(self) -> Clocked:
        """The target, which is never missing: what has clocks is never deleted."""
        target = self.target
        assert isinstance(target, Clocked)
        return target

    def timetable(self) -> Timetable:
        """The working time that the promise counts."""
        revision: int | None = self.__dict__.get("schedule_revision")
        if revision is None:
            return self.schedule.timetable()
        return timetable_of(self.schedule_id, revision)

    def spans(self, until: datetime) -> list[Span]:
        """The pauses so far; one that is still open reaches to `until`."""
        return [
            Span(pause.started_at, pause.ended_at or until)
            for pause in related(self, "pauses")
            if (pause.ended_at or until) > pause.started_at
        ]


class Pause(models.Model):
    """A stretch of time that a clock does not count, with the reason that allowed it."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # what was due when it began
    reason = models.CharField(max_length=60)

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(ended_at=None), name="one_open_pause"
            ),
        ]


class Alarm(models.Model):
    """An alarm that went off: each percentage once per clock, stamped with its own true time."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="alarms")
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "percent"], name="alarm_once")]


class Clocked(models.Model):
    """What a model with clocks brings. `next_due_at` is the nearest running due time, kept by the clock
    actions, so that a queue by clock is one indexed read."""

    clocks = GenericRelation(Clock, "target_id", "target_type")
    next_due_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
