"""The organisation, and how far its first steps have come."""

from __future__ import annotations

from django.db import models

from houqin.kernel.people.models import User


class SettledStep(models.Model):
    """A step of the set-up that a person has said to be done or left out."""

    code = models.SlugField(max_length=20, unique=True)
    skipped = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
