"""What can be booked: rooms, halls that divide, and who holds which part of them when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place
from houqin.shared.bookings.models import Booking, BookingQuerySet

RUNS_ROOMS = frozenset({Role.COORDINATOR, Role.MANAGER})
ONE_ROOM = pgettext_lazy("one", "会议室")


class RoomFeature(models.Model):
    """设备: what a room has and a search may ask for: a projector, a whiteboard, video."""

    name = models.CharField(_("名称"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return _now(self.name)


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, user: User) -> RoomQuerySet:
        """Everybody with an account sees every room in use; who runs rooms sees the retired ones too."""
        if not user.pk:
            return self.none()
        return self.filter(Q(active=True) | user.reach(RUNS_ROOMS, place="place"))

    def in_use(self) -> RoomQuerySet:
        return self.filter(active=True)

    def with_all(self) -> RoomQuerySet:
        return self.select_related("place", "whole").prefetch_related("features", "parts")

    def seating(self, people: int, features: Iterable[RoomFeature]) -> RoomQuerySet:
        """Those with room for `people` that have all of `features`, the smallest first."""
        rows = self.filter(capacity__gte=people)
        for feature in features:
            rows = rows.filter(features=feature)
        return rows.order_by("capacity", "place__path", "pk")

    def free(self, start: datetime, end: datetime) -> RoomQuerySet:
        """Those of which no part is held in any part of the stretch."""
        taken = RoomHold.objects.between(start, end).order_by().values("room")
        return self.exclude(pk__in=taken).exclude(parts__in=taken)


class Room(models.Model):
    """会议室. A hall that divides has `parts`, which are rooms themselves: to book the hall is to hold each
    of its parts, and who has booked a part holds it against the hall."""

    code = models.SlugField(_("编号"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=40)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("地点"))
    whole = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("属于")
    )
    capacity = models.PositiveSmallIntegerField(_("可坐人数"))
    features = models.ManyToManyField(
        RoomFeature, blank=True, related_name="rooms", verbose_name=_("设备")
    )
    opens = models.TimeField(_("开放时间"), default=time(8))
    closes = models.TimeField(_("关闭时间"), default=time(20))
    rest_days = models.BooleanField(_("休息日也开放"), default=False)
    needs_approval = models.BooleanField(_("预订须批准"), default=False)
    needs_check_in = models.BooleanField(_("须签到"), default=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    active = models.BooleanField(_("状态"), default=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = ONE_ROOM
        ordering = ["place__path", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="room_closes_after_it_opens",
                violation_error_message=_("关闭时间要晚于开放时间。"),
                violation_error_code="closes",
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="room_seats_somebody"),
            models.CheckConstraint(
                condition=Q(whole=None) | ~Q(whole=F("id")), name="room_is_not_its_own_part"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A hall divides once: its parts have no parts."""
        if self.whole_id and (self.whole.whole_id or (self.pk and self.parts.exists())):  # type: ignore[union-attr]
            raise ValidationError({"whole": _now("分厅不能再分；请选整厅。")})

    def elementary(self) -> list[Room]:
        """What a booking of the room holds: its parts, or itself where it does not divide."""
        return list(self.parts.all()) or [self]

    def family(self) -> RoomQuerySet:
        """The rooms that this one shares a wall or a part with, and itself."""
        head = self.whole_id or self.pk
        return Room.objects.filter(Q(pk=head) | Q(whole=head))

    @property
    def hours(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


class RoomClosureQuerySet(models.QuerySet["RoomClosure"]):
    def visible_to(self, user: User) -> RoomClosureQuerySet:
        """Who runs the room sees its closures in a list; everybody sees them in the grid."""
        return self.filter(user.reach(RUNS_ROOMS, place="room__place"))

    def ahead(self, at: datetime) -> RoomClosureQuerySet:
        """Those that are not over."""
        return self.filter(active=True, ends_at__gt=at)

    def with_all(self) -> RoomClosureQuerySet:
        return self.select_related("room__place")


class RoomClosure(models.Model):
    """停用: a stretch in which nobody can book the room: repairs, an inspection, an exam."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="closures", verbose_name=ONE_ROOM)
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    reason = models.CharField(_("原因"), max_length=60)
    active = models.BooleanField(_("状态"), default=True)

    objects = RoomClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("停用时段")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="room_closure_has_length",
                violation_error_message=_("结束时间要晚于开始时间。"),
                violation_error_code="ends_at",
            )
        ]

    def __str__(self) -> str:
        return _now("停用（%(reason)s）") % {"reason": self.reason}


class RoomHoldQuerySet(BookingQuerySet["RoomHold"]):
    pass


class RoomHold(Booking):
    """One undivided room that is taken, by a meeting or a closure; the tidying afterwards is part of it."""

    EXCLUSIVE = ("room",)

    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    meeting = models.ForeignKey("rooms.Meeting", models.CASCADE, null=True, related_name="holds")
    closure = models.ForeignKey(RoomClosure, models.CASCADE, null=True, related_name="holds")

    objects = RoomHoldQuerySet.as_manager()

    class Meta(Booking.Meta):
        constraints = [
            *Booking.Meta.constraints,
            models.CheckConstraint(
                condition=Q(meeting=None, closure__isnull=False)
                | Q(meeting__isnull=False, closure=None),
                name="room_held_by_a_meeting_or_a_closure",
            ),
        ]
        indexes = [models.Index(fields=["room", "ends_at"])]

    def __str__(self) -> str:
        """Who is in the way, without what they meet about: that is for those who are invited."""
        holder: Any = self.meeting or self.closure
        first, last = timezone.localtime(holder.starts_at), timezone.localtime(holder.ends_at)
        end = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%m-%d %H:%M}"
        return f"{first:%m-%d %H:%M}–{end} {self._holder_words}"

    @property
    def _holder_words(self) -> str:
        if self.closure:
            return str(self.closure)
        meeting: Any = self.meeting
        return _now("%(name)s的会议") % {"name": meeting.organiser}
