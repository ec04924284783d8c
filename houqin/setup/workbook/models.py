"""Workbooks of places, departments and people."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse

from houqin.kernel.people.models import User


class BookQuerySet(models.QuerySet["Book"]):
    def visible_to(self, user: User) -> Self:
        """Those that `user` has brought: what others were about to change is not told."""
        return self.filter(uploaded_by=user)


class Book(models.Model):
    """A workbook of places, departments and people: shown first, taken in afterwards."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    outcome = models.JSONField(
        default=dict
    )  # what was written, by sheet: {"places": {"new": 3, …}, …}

    objects = BookQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("setup:book", args=[self.pk])
