"""Exclusive use of anything over [start, end): a shift of a person, a booking of a room, a trip of a car."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

Thing = TypeVar("Thing", bound=models.Model)
Booked = TypeVar("Booked", bound="Booking")


class Hold(models.TextChoices):
    """What a booking does to its stretch: a tentative one holds it until `expires_at`."""

    TENTATIVE = "tentative", _("暂留")
    CONFIRMED = "confirmed", _("已确认")
    FREE = "free", _("已释放")


class BookingQuerySet(models.QuerySet[Booked]):
    def held(self) -> Self:
        """Those that keep others out."""
        return self.exclude(hold=Hold.FREE)

    def at(self, moment: datetime) -> Self:
        """Those that last at `moment`."""
        return self.held().filter(starts_at__lte=moment, ends_at__gt=moment)

    def between(self, start: datetime, end: datetime) -> Self:
        """Those of which any part lies in the stretch, earliest first."""
        return self.held().filter(starts_at__lt=end, ends_at__gt=start).order_by("starts_at", "pk")

    def overlapping(self, booking: Booking) -> Self:
        """The others that keep `booking` out."""
        same = self.filter(**{name: getattr(booking, name) for name in booking.EXCLUSIVE})
        return same.between(booking.starts_at, booking.ends_at).exclude(pk=booking.pk)

    def lapsed(self, at: datetime) -> Self:
        """The tentative ones whose time to be confirmed is over, longest first."""
        return self.filter(hold=Hold.TENTATIVE, expires_at__lte=at).order_by("expires_at", "pk")

    def free(self, things: models.QuerySet[Thing], start: datetime, end: datetime) -> Any:
        """Those of `things` that nobody has booked in any part of the stretch."""
        taken = self.between(start, end).order_by().values(self.model.EXCLUSIVE[0])
        return things.exclude(pk__in=taken)


class Booking(models.Model):
    """Two bookings that agree in the fields EXCLUSIVE never overlap; the first field names what is booked.

    The database holds that: a model that inherits this runs `exclusive` in a migration.
    """

    EXCLUSIVE: ClassVar[Sequence[str]]

    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    hold = models.CharField(max_length=10, choices=Hold, default=Hold.CONFIRMED, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="%(class)s_has_length"
            ),
            models.CheckConstraint(
                condition=~Q(hold="tentative") | Q(expires_at__isnull=False),
                name="tentative_%(class)s_expires",
            ),
        ]

    @property
    def booked(self) -> Any:
        """What is used: the person, the room, the car."""
        return getattr(self, self.EXCLUSIVE[0])
