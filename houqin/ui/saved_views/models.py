"""我的视图: what a person filters in a list again and again, under a name of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from houqin.kernel.people.models import User

LONGEST = 1000  # characters of a query


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> SavedViewQuerySet:
        """Nobody sees those of another."""
        return self.filter(user=user) if user.pk else self.none()

    def of(self, user: User, listing: str) -> SavedViewQuerySet:
        return self.visible_to(user).filter(listing=listing).order_by("name", "pk")


class SavedView(models.Model):
    """The view, filters and words of one list, as its address says them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    listing = models.CharField(max_length=80)  # the key of the list
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=LONGEST)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "listing", "name"], name="view_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class ChosenColumnsQuerySet(models.QuerySet["ChosenColumns"]):
    def visible_to(self, user: User) -> ChosenColumnsQuerySet:
        """Nobody sees those of another."""
        return self.filter(user=user) if user.pk else self.none()

    def names(self, user: User, listing: str) -> list[str]:
        """The names of the columns that `user` has chosen for the list; none when nothing was chosen."""
        row = self.visible_to(user).filter(listing=listing).first()
        return list(row.names) if row else []


class ChosenColumns(models.Model):
    """列设置: which columns of a list a person wants to see."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    listing = models.CharField(max_length=80)
    names = models.JSONField(default=list)

    objects = ChosenColumnsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "listing"], name="columns_chosen_once")
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {len(self.names)}"
