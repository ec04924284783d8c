"""Secret addresses of calendars."""

from __future__ import annotations

import hashlib

from django.db import models

from houqin.kernel.people.models import User


class CalendarLink(models.Model):
    """A secret address under which a calendar program reads one person's shifts. Only its digest is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()
