from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from houqin.kernel.people.models import User
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.vocabulary import said


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """A notice is its receiver's own, whatever roles others hold."""
        return self.filter(user=user)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def newest(self) -> NoticeQuerySet:
        """Newest first, with all that `sentence` and `title` read."""
        return self.select_related("event__actor").prefetch_related("event__target").order_by("-pk")


class Notice(models.Model):
    """One person is told of one event. What it says is not stored but said when it is read, in the language
    of the reader."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    urgent = models.BooleanField(default=False)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="told_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_newest"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("notice-open", args=[self.pk])

    @property
    def sentence(self) -> str:
        """What happened, in the language of now."""
        return said(self.event.name, self.event.facts)

    @property
    def title(self) -> str:
        """What it happened to: its number, and its own title where it has one."""
        target = self.event.target
        if target is None:
            return _("（已不存在）")
        return f"{target} {getattr(target, 'title', '')}".rstrip()


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> DeliveryQuerySet:
        """Those to be sent now that no living worker holds."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, state=Delivery.State.WAITING, next_at__lte=now)


class Delivery(models.Model):
    """A notice on its way outside the house. `attempts` counts the claims; it is also the token of a claim:
    who comes back with an older count changes nothing."""

    class Channel(models.TextChoices):
        EMAIL = "email", _lazy("邮件")

    class State(models.TextChoices):
        WAITING = "waiting", _lazy("待发送")
        SENT = "sent", _lazy("已发送")
        DEAD = "dead", _lazy("已放弃")  # gave up
        SKIPPED = "skipped", _lazy("已跳过")  # nowhere to send to any more

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
                name="sent_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"
