"""The values that this organisation has put in place of the declared ones, each with its dates."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User


class PolicyValueQuerySet(models.QuerySet["PolicyValue"]):
    def in_order(self) -> PolicyValueQuerySet:
        """The one that prevails last: the later start, then the later entry."""
        return self.order_by("effective_from", "pk")


class PolicyValue(models.Model):
    """One dated value of one policy. Rows are added, never changed: what was in force stays readable."""

    key = models.CharField(max_length=60)
    value = models.JSONField(_("取值"))
    effective_from = models.DateTimeField(_("生效时间"))
    effective_until = models.DateTimeField(_("失效时间"), null=True)
    reason = models.CharField(_("原因"), max_length=200)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = PolicyValueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "effective_from"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_until=None) | Q(effective_until__gt=F("effective_from")),
                name="policy_value_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"

    def in_force(self, at: datetime) -> bool:
        """Whether `at` lies within its dates."""
        return self.effective_from <= at and (
            self.effective_until is None or at < self.effective_until
        )
