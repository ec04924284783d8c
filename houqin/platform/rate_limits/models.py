from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Counted(models.Model):
    """How often something was tried: counted until `ends_at`, and refused until `locked_until`."""

    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_until=None) | Q(locked_until__lte=F("ends_at")),
                name="%(class)s_locked_while_counted",
            )
        ]


class RateCounter(Counted):
    """What is counted without anybody's looking at it. Of who tried only a hash is kept."""

    key = models.CharField(max_length=64, unique=True)
