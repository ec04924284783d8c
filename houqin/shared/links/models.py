"""Links by which people and machines without an account act: each opens one thing for one purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from houqin.kernel.people.models import User


@dataclass(frozen=True)
class Purpose:
    """What a link is for. `single` purposes have one good link for each thing: a new one ends the old."""

    key: str
    lasts: timedelta | None = None  # None: until it is revoked
    single: bool = True


class LinkQuerySet(models.QuerySet["Link"]):
    def of(self, purpose: Purpose, target: models.Model | None = None) -> LinkQuerySet:
        """Those for `purpose`, for `target` alone when one is named."""
        rows = self.filter(purpose=purpose.key)
        if target is None:
            return rows
        kind = ContentType.objects.get_for_model(target)
        return rows.filter(target_type=kind, target_id=target.pk)

    def good(self, at: datetime) -> LinkQuerySet:
        """Those that open something at `at`."""
        lasting = Q(expires_at=None) | Q(expires_at__gt=at)
        return self.filter(lasting, revoked_at=None)


class Link(models.Model):
    """A secret address. Only the digest of its token is kept: whoever reads the database opens nothing."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    label = models.CharField(max_length=40, blank=True)  # where several are listed
    target_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    target_id = models.PositiveBigIntegerField(null=True)
    target = GenericForeignKey("target_type", "target_id")
    maker = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # last, to the hour

    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "target_type", "target_id"])]

    def __str__(self) -> str:
        return self.label or f"{self.purpose} {self.target_id or ''}"


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
