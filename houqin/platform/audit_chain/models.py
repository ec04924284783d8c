from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

LOWEST = -(2**63)  # below every number: nothing can hide in front of the first event


class Seal(models.Model):
    """A closed stretch of the trail: the events numbered above those of the seal before, up to `last`.

    `leaves` has a line for each of them, its number and the digest of what it says; `root` is the digest of
    the root before, this seal's own head and its leaves. Append-only, as the trail is.
    """

    number = models.PositiveBigIntegerField(
        primary_key=True
    )  # 1, 2, 3 …: of two workers one gets it
    last = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64, unique=True)
    leaves = models.TextField()
    root = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.root}"


class CheckQuerySet(models.QuerySet["Check"]):
    def broken_off(self) -> CheckQuerySet:
        """Those that went well over a seal which is gone or another one today: somebody cut the end off and
        let it grow again."""
        now = Seal.objects.filter(number=OuterRef("upto")).values("root")[:1]
        good = self.filter(open=None, wrong=0, upto__gt=0).annotate(today=Subquery(now))
        return good.filter(Q(today=None) | ~Q(today=F("root"))).order_by("upto")


class Check(models.Model):
    """One walk over all seals and how far it is: `upto`, `root` and `last` are those of the last one seen."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    open = models.BooleanField(
        null=True, default=True, unique=True
    )  # None once it ended: one at a time
    upto = models.PositiveBigIntegerField(default=0)
    root = models.CharField(max_length=64, blank=True)
    last = models.BigIntegerField(null=True, default=LOWEST)
    events = models.PositiveBigIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # the first of them: kind, seal, event

    objects = CheckQuerySet.as_manager()

    def __str__(self) -> str:
        return _("核验 %(at)s") % {"at": localtime(self.at).strftime("%Y-%m-%d %H:%M")}
