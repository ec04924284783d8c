from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q


class SweepRunQuerySet(models.QuerySet["SweepRun"]):
    def due(self, now: datetime) -> SweepRunQuerySet:
        """Those whose time has come and which no living worker holds."""
        free = Q(lease_until=None) | Q(lease_until__lt=now)
        return self.filter(free, next_at__lte=now).order_by("next_at", "name")


class SweepRun(models.Model):
    """When a sweep runs next, who holds it now, and how it went last: one row for each sweep."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=32, blank=True)
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_count = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)

    objects = SweepRunQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
