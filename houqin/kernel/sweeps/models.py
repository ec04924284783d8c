from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from houqin.kernel.leases import Leased, LeasedQuerySet


class SweepRunQuerySet(LeasedQuerySet["SweepRun"]):
    def due(self, now: datetime) -> SweepRunQuerySet:
        """Those whose time has come and which no living worker holds."""
        return self.free(now).filter(next_at__lte=now).order_by("next_at", "name")


class SweepRun(Leased):
    """When a sweep runs next, who holds it now, and how it went last: one row for each sweep."""

    LEASE = timedelta(minutes=3)

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()
    last_started_at = models.DateTimeField(null=True)
    last_finished_at = models.DateTimeField(null=True)
    last_count = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)

    objects = SweepRunQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
