"""What the house knows of its own setting up: its name, how far it has come, and who was asked in."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import OF_PEOPLE, Department, Role, RoleGrant, User
from houqin.kernel.places.models import Place


class Organisation(models.Model):
    """Whose house this is. There is one."""

    name = models.CharField(_("单位名称"), max_length=60)
    language = models.CharField(_("默认语言"), max_length=10, default="zh-hans")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_organisation")]

    def __str__(self) -> str:
        return self.name


class SettledStep(models.Model):
    """A step of the set-up that a person has said to be done or left out."""

    code = models.SlugField(max_length=20, unique=True)
    skipped = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


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


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> Self:
        """Everybody who can sign in, for the three administrators of the whole house."""
        people = self.filter(OF_PEOPLE)
        return people if user.roles_at(None) & ADMINISTRATORS else self.none()

    def with_all(self) -> Self:
        return self.select_related("department").prefetch_related(
            models.Prefetch("role_grants", RoleGrant.objects.select_related("place", "department"))
        )


class Person(User):
    """A person as the administrators see them."""

    objects = PersonQuerySet.as_manager()  # type: ignore[misc,assignment]

    class Meta:
        proxy = True

    def get_absolute_url(self) -> str:
        return reverse("setup:person", args=[self.pk])


class RoleWish(models.Model):
    """A role that a sheet asks for. It holds only when the security administrator has granted it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


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
    outcome = models.JSONField(default=dict)  # what was written, by sheet: {"places": {"new": 3, …}, …}

    objects = BookQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("setup:book", args=[self.pk])
