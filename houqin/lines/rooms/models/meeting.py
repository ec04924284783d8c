"""A meeting that books a room, who comes to it and what it asks of the desk."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models import Demand
from houqin.kernel.flow import SYSTEM, Audience, Flow, Flowing, Start, Step
from houqin.kernel.people.models import User, holders
from houqin.lines.rooms.models.room import ONE_ROOM, RUNS_ROOMS, Room
from houqin.lines.rooms.models.series import MeetingSeries

ORGANISER, ATTENDEE = "organiser", "attendee"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> MeetingQuerySet:
        """Those one has called or is invited to, and those in rooms that one runs."""
        if not user.pk:
            return self.none()
        invited = Attendee.objects.filter(user__in=user.faces).values("meeting")
        runs = user.reach(RUNS_ROOMS, place="room__place")
        return self.filter(Q(organiser__in=user.faces) | Q(pk__in=invited) | runs)

    def mine(self, user: User) -> MeetingQuerySet:
        """Those one has called or is invited to."""
        invited = Attendee.objects.filter(user__in=user.faces).values("meeting")
        return self.filter(Q(organiser__in=user.faces) | Q(pk__in=invited))

    def holding(self) -> MeetingQuerySet:
        """Those that hold their room now."""
        return self.filter(status__in=Meeting.HOLDING)

    def upcoming(self, at: datetime) -> MeetingQuerySet:
        return self.filter(status__in=Meeting.OPEN, ends_at__gt=at)

    def no_shows(self, at: datetime) -> MeetingQuerySet:
        """Those for which nobody has checked in until it was too late."""
        return self.filter(status=Meeting.Status.BOOKED, release_at__lte=at)

    def over(self, at: datetime) -> MeetingQuerySet:
        return self.filter(status__in=("booked", "running"), ends_at__lte=at)

    def with_all(self) -> MeetingQuerySet:
        return self.select_related("room__place", "organiser", "series")


def _organiser(meeting: Meeting, event: object) -> list[User]:
    return [meeting.organiser]


def _is_offered(meeting: Meeting) -> bool:
    """Whether the room is kept for minutes only."""
    return meeting.status == Meeting.Status.OFFERED


def _runners(meeting: Meeting, event: object) -> list[User]:
    return list(holders(RUNS_ROOMS, meeting.room.place))


class Meeting(Flowing):
    """会议: a room for some people from when to when; while it waits it holds none."""

    class Status(models.TextChoices):
        ASKED = "asked", _("待批准")
        WAITING = "waiting", _("排队中")
        OFFERED = "offered", _("待确认")
        BOOKED = "booked", _("已预订")
        RUNNING = "running", _("进行中")
        ENDED = "ended", _("已结束")
        RELEASED = "released", _("未到释放")
        DECLINED = "declined", _("未批准")
        CANCELLED = "cancelled", _("已取消")
        LAPSED = "lapsed", _("已过期")

    HOLDING = frozenset({Status.ASKED, Status.OFFERED, Status.BOOKED, Status.RUNNING})
    OPEN = HOLDING | {Status.WAITING}
    TONES = {
        "running": "doing",
        "ended": "done",
        "released": "back",
        "declined": "back",
        "waiting": "hold",
        "offered": "hold",
    }
    RELATIONS = {ORGANISER: _("预订人"), ATTENDEE: _("参会人")}
    FLOW = Flow(
        {  # from, to, by, event, whom to tell
            "approve": Step({Status.ASKED}, Status.BOOKED, RUNS_ROOMS, "approved", {ORGANISER}),
            "decline": Step({Status.ASKED}, Status.DECLINED, RUNS_ROOMS, "declined", {ORGANISER}),
            "offer": Step({Status.WAITING}, Status.OFFERED, {SYSTEM}, "offered", {ORGANISER}),
            "confirm": Step({Status.OFFERED}, Status.BOOKED, {ORGANISER}, "confirmed"),
            "move": Step(
                {Status.ASKED, Status.BOOKED}, None, {ORGANISER} | RUNS_ROOMS, "moved", {ORGANISER}
            ),
            "change": Step(
                {Status.ASKED, Status.WAITING, Status.OFFERED, Status.BOOKED, Status.RUNNING},
                None,
                {ORGANISER} | RUNS_ROOMS,
                "changed",
                {ORGANISER},
            ),
            "check_in": Step(
                {Status.BOOKED},
                Status.RUNNING,
                {ORGANISER, ATTENDEE, SYSTEM} | RUNS_ROOMS,
                "checked_in",
            ),
            "end_early": Step(
                {Status.RUNNING}, Status.ENDED, {ORGANISER, SYSTEM} | RUNS_ROOMS, "ended_early"
            ),
            "cancel": Step(
                {Status.ASKED, Status.WAITING, Status.OFFERED, Status.BOOKED},
                Status.CANCELLED,
                {ORGANISER} | RUNS_ROOMS,
                "cancelled",
                {ORGANISER},
            ),
            # Whoever called it leaves.
            "pass_on": Step(
                {Status.ASKED, Status.WAITING, Status.OFFERED, Status.BOOKED, Status.RUNNING},
                None,
                {SYSTEM},
                "passed_on",
                {ORGANISER},
            ),
            "finish": Step({Status.BOOKED, Status.RUNNING}, Status.ENDED, {SYSTEM}, "ended"),
            "release": Step({Status.BOOKED}, Status.RELEASED, {SYSTEM}, "released", {ORGANISER}),
            "lapse": Step(
                {Status.ASKED, Status.OFFERED, Status.WAITING},
                Status.LAPSED,
                {SYSTEM},
                "lapsed",
                {ORGANISER},
            ),
        },
        kind="meeting",
        starts={
            "book": Start(Status.BOOKED, "booked"),
            "ask": Start(Status.ASKED, "asked", {"runners"}),
            "wait": Start(Status.WAITING, "waiting"),
        },
        audiences={ORGANISER: Audience(_organiser, _is_offered), "runners": Audience(_runners)},
    )

    number = models.CharField(_("编号"), max_length=20, unique=True)
    room = models.ForeignKey(Room, models.PROTECT, related_name="meetings", verbose_name=ONE_ROOM)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    subject = models.CharField(_("主题"), max_length=80)
    organiser = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("预订人"))
    people = models.PositiveSmallIntegerField(_("人数"), default=2)
    note = models.TextField(_("备注"), blank=True)
    series = models.ForeignKey(
        MeetingSeries, models.PROTECT, null=True, related_name="meetings", verbose_name=_("系列")
    )
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.BOOKED, editable=False
    )
    made_at = models.DateTimeField(_("预订时间"))
    # By when somebody must have checked in; null where nobody has to.
    release_at = models.DateTimeField(null=True, editable=False)
    checked_in_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_has_length"
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(checked_in_at__isnull=False),
                name="meeting_running_was_checked_in",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "release_at"]),
            models.Index(fields=["status", "ends_at"]),
            models.Index(fields=["room", "starts_at"]),
            models.Index(fields=["organiser", "-starts_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        return self.subject

    @property
    def place(self):  # type: ignore[no-untyped-def]
        return self.room.place

    @property
    def when(self) -> str:
        """From when to when, as one line."""
        first, last = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        end = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%m-%d %H:%M}"
        return f"{first:%Y-%m-%d %H:%M}–{end}"

    def get_absolute_url(self) -> str:
        return reverse("rooms:meeting", args=[self.number])

    def roles_of(self, user: User) -> set[str]:
        roles: set[str] = user.roles_at(self.room.place) & set(RUNS_ROOMS)
        if self.organiser_id in user.faces:
            roles |= {ORGANISER}
        if self.attendees.filter(user__in=user.faces).exists():
            roles |= {ATTENDEE}
        return roles

    def later_ones(self) -> MeetingQuerySet:
        """This one and those of its series that come after it and can still be changed."""
        changeable = {Meeting.Status.ASKED, Meeting.Status.BOOKED}
        rows = Meeting.objects.filter(
            series=self.series_id, starts_at__gte=self.starts_at, status__in=changeable
        )
        return rows.order_by("starts_at", "pk")


class Attendee(models.Model):
    """Who is invited: a colleague, or somebody outside by their address."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    email = models.EmailField(_("邮箱"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False), name="invited_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "email"], condition=Q(user=None), name="address_invited_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | Q(user=None) & ~Q(email=""),
                name="attendee_is_a_user_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.email)

    @property
    def address(self) -> str:
        """Where the invitation goes; "" for a colleague without mail."""
        return self.user.email if self.user else self.email


class MeetingService(models.Model):
    """会议服务: what the desk does for a meeting; a demand once the meeting is near."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="services")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("服务项"))
    demand = models.OneToOneField(Demand, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["entry__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "entry"], name="meeting_service_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.entry}"
