from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models.demand import Demand
from houqin.kernel.people.models import User


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    def open(self) -> SupervisionQuerySet:
        return self.filter(answered_at=None)

    def overdue(self, at: datetime) -> SupervisionQuerySet:
        return self.open().filter(due_at__lt=at)


class Supervision(models.Model):
    """督办: a manager wants an answer about a demand by a certain time. One at a time waits for its answer,
    and the demand says so in `supervised`."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="supervisions")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("督办人"))
    ask = models.CharField(_("督办要求"), max_length=500)
    at = models.DateTimeField()
    due_at = models.DateTimeField(_("答复期限"))
    chased_at = models.DateTimeField(null=True)  # when everybody was told that the answer is late
    answer = models.CharField(_("答复"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["demand"], condition=Q(answered_at=None), name="one_open_supervision"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("at")), name="supervision_leaves_time"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="supervision_answer_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(answered_at=None), name="supervision_due")
        ]

    def __str__(self) -> str:
        return self.demand.number
