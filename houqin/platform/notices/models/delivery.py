from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.leases import Leased, LeasedQuerySet
from houqin.kernel.people.models import User
from houqin.kernel.trail.models import Event
from houqin.platform.notices.models.letter import Letter
from houqin.platform.notices.models.notice import Notice
from houqin.platform.notices.models.webhook import Hook, may_run


class DeliveryQuerySet(LeasedQuerySet["Delivery"]):
    def visible_to(self, user: User) -> DeliveryQuerySet:
        return self if may_run(user) else self.none()

    def due(self, now: datetime) -> DeliveryQuerySet:
        """Those to be sent now that no living worker holds."""
        return self.free(now).filter(state=Delivery.State.WAITING, next_at__lte=now)

    def with_all(self) -> DeliveryQuerySet:
        """With all that a letter, a post and a list read, in a fixed number of queries."""
        rows = self.select_related("notice__user", "hook", "letter", "event__actor")
        return rows.prefetch_related(
            "event__target", "notice__event__target", "notice__event__actor"
        )


class Delivery(Leased):
    """One event on its way outside the house: to a person (of a notice, by mail), to a hook, or to an
    address by a letter.

    `attempts` counts the claims. `since` is when it was first to be sent, `next_at` when it will be tried
    next.
    """

    LEASE = timedelta(minutes=5)

    class Channel(models.TextChoices):
        EMAIL = "email", _("邮件")
        DIGEST = "digest", _("汇总邮件")  # with all others of the same person that are due then
        HOOK = "hook", _("外发")
        LETTER = "letter", _("信件")

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        SENT = "sent", _("已发送")
        DEAD = "dead", _("已放弃")  # gave up
        SKIPPED = "skipped", _("已跳过")  # nowhere to send to any more

    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="deliveries")
    hook = models.ForeignKey(Hook, models.CASCADE, null=True, related_name="deliveries")
    letter = models.OneToOneField(Letter, models.CASCADE, null=True, related_name="delivery")
    channel = models.CharField(max_length=10, choices=Channel)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    next_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice"], name="one_mail_for_a_notice"),
            models.UniqueConstraint(fields=["hook", "event"], name="one_post_for_an_event"),
            models.CheckConstraint(
                condition=Q(channel="hook", hook__isnull=False, notice=None, letter=None)
                | Q(channel="letter", letter__isnull=False, notice=None, hook=None)
                | Q(channel__in=("email", "digest"), notice__isnull=False, hook=None, letter=None),
                name="to_a_person_a_hook_or_an_address",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at=None),
                name="sent_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["state", "-since"], name="delivery_listed"),
            models.Index(fields=["hook", "tried_at"], name="delivery_paced"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.channel} {self.state}"

    @property
    def receiver(self) -> str:
        """Whom it goes to, in words."""
        return str(self.hook or self.letter or (self.notice.user if self.notice else ""))

    @property
    def may_go_again(self) -> bool:
        """Whether it has ended and may be sent once more: a mail that has arrived is not repeated."""
        over = {
            Delivery.State.DEAD,
            Delivery.State.SKIPPED,
            *([Delivery.State.SENT] if self.hook_id else []),
        }
        return self.state in over
