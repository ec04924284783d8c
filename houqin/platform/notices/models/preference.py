from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from houqin.platform.notices.models.delivery import Delivery
from houqin.platform.notices.topics import topic_of


class NoticeChoice(models.TextChoices):
    NOW = "now", _("立即发邮件")
    DAILY = "daily", _("每日汇总")
    NEVER = "never", _("只在站内")


DAILY_AT = time(8, 30)


class Choice(models.Model):
    """How one person wants to hear by mail; who has none gets every mail at once. Whatever is urgent comes
    at once all the same, and everything is shown in the house."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    mail = models.JSONField(default=dict)  # topic → how; what is not there comes at once
    daily_at = models.TimeField(_("汇总时间"), default=DAILY_AT)
    quiet_from = models.TimeField(_("免打扰从"), null=True, blank=True)
    quiet_to = models.TimeField(_("免打扰到"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False)
                & ~Q(quiet_from=F("quiet_to")),
                name="quiet_hours_have_two_ends",
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)

    def plan(self, name: str, now: datetime) -> tuple[str, datetime] | None:
        """By which channel and when a notice of the event `name` goes out; None: not by mail.

        What quiet hours hold back comes together with the rest of that night, in one mail.
        """
        wish = self.mail.get(topic_of(name), NoticeChoice.NOW)
        if wish == NoticeChoice.NEVER:
            return None
        wanted = following(now, self.daily_at) if wish == NoticeChoice.DAILY else now
        at = self.after_quiet(wanted)
        return Delivery.Channel.EMAIL if at == now else Delivery.Channel.DIGEST, at

    def after_quiet(self, at: datetime) -> datetime:
        """`at`, or the end of the quiet hours that it lies in, by the clock of the house's time zone."""
        if self.quiet_from is None or self.quiet_to is None:
            return at
        hour, start, end = timezone.localtime(at).time(), self.quiet_from, self.quiet_to
        quiet = start <= hour < end if start < end else hour >= start or hour < end
        return following(at, end) if quiet else at


def following(at: datetime, hour: time) -> datetime:
    """The first moment after `at` when the clocks of the house show `hour`."""
    local = timezone.localtime(at)
    today: Any = datetime.combine(local.date(), hour, local.tzinfo)
    return (
        today
        if today > at
        else datetime.combine(local.date() + timedelta(days=1), hour, local.tzinfo)
    )
