from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.trail.messages import sentence_of
from houqin.kernel.trail.models import Event


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """A notice is its receiver's own, whatever roles others hold."""
        return self.filter(user=user)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def newest(self) -> NoticeQuerySet:
        """Newest first, with all that `sentence` and `title` read."""
        rows = self.select_related("event__actor").prefetch_related("event__target")
        return rows.order_by("-created_at", "-pk")


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
            models.Index(fields=["user", "-created_at", "-id"], name="notice_newest"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("notice-open", args=[self.pk])

    @property
    def sentence(self) -> str:
        """What happened, in the language of now."""
        return sentence_of(self.event.name, self.event.facts)

    @property
    def title(self) -> str:
        """What it happened to, as `title_of` says it."""
        return title_of(self.event)


def title_of(event: Event) -> str:
    """What `event` happened to: its number, and its own title where it has one."""
    if event.target is None:
        return _("（已不存在）")
    return f"{event.target} {getattr(event.target, 'title', '')}".rstrip()
