from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User


class Watcher(models.Model):
    """抄送: somebody who is told of the demand and may read it."""

    class Why(models.TextChoices):
        COPIED = "copied", _("抄送")
        MENTIONED = "mentioned", _("被提到")
        MERGED = "merged", _("需求已并入")

    demand = models.ForeignKey("Demand", models.CASCADE, related_name="watchers")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=Why, default=Why.COPIED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demand", "user"], name="watches_once")]
        indexes = [models.Index(fields=["user", "demand"])]
