"""Who took which list out of the house as a workbook, and large workbooks on their way."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.leases import Leased, LeasedQuerySet
from houqin.kernel.people.models import User


class ExportQuerySet(LeasedQuerySet["Export"]):
    def visible_to(self, user: User) -> ExportQuerySet:
        """A workbook is for whoever asked for it: it holds what that person may see."""
        return self.filter(user=user) if user.pk else self.none()


class Export(Leased):
    """One workbook of a list. `content` is kept only for those that were made in the background, and only
    for a few days; that it was made stays."""

    LEASE = timedelta(minutes=10)

    class Status(models.TextChoices):
        WAITING = "waiting", _("生成中")
        DONE = "done", _("已生成")
        FAILED = "failed", _("没有生成")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    listing = models.CharField(max_length=80)  # the key of the list
    query = models.TextField(blank=True)  # its view, filters and words, as in the address
    name = models.CharField(max_length=120)  # of the file
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    rows = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at"], condition=models.Q(status="waiting"), name="export_waiting")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("export", args=[self.pk])
