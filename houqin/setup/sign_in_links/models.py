"""Links that open one thing once."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Self

from django.db import models

from houqin.kernel.people.models import User


class OneTimeLinkQuerySet(models.QuerySet["OneTimeLink"]):
    def good(self, at: datetime) -> Self:
        return self.filter(used_at=None, expires_at__gt=at)

    def of(self, token: str, at: datetime) -> Self:
        """The one that `token` opens at `at`, if it opens any."""
        return self.good(at).filter(digest=digest_of(token))


class OneTimeLink(models.Model):
    """Opens one thing once: choosing a password for `user`, or, without one, setting up an empty house. Only
    the digest of its token is kept."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.OneToOneField(User, models.CASCADE, null=True, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = OneTimeLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user or '—'} {self.made_at}"


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()
