"""A meeting that comes again: its rule, and what happens on days on which nobody works."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User


class MeetingSeries(models.Model):
    """系列会议: the rule (RFC 5545) by which its meetings were booked; each is moved by itself."""

    class OnRestDays(models.TextChoices):
        """What happens to a meeting that falls on a day off; make-up days are working days."""

        SKIP = "skip", _("跳过")
        NEXT = "next", _("顺延到下一个工作日")
        KEEP = "keep", _("照常")

    organiser = models.ForeignKey(User, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=120)
    first = models.DateField(_("从"))
    until = models.DateField(_("到"))
    on_rest_days = models.CharField(
        _("遇休息日"), max_length=4, choices=OnRestDays, default=OnRestDays.SKIP
    )

    def __str__(self) -> str:
        return f"{self.rule} {self.first}–{self.until}"
