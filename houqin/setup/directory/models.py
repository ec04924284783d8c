"""People as the administrators see them, and the roles that somebody has asked for."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import OF_PEOPLE, Department, RoleGrant, User
from houqin.kernel.people.roles import role_choices
from houqin.kernel.places.models import Place


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
    role = models.CharField(_("角色"), max_length=20, choices=role_choices)
    place = models.ForeignKey(Place, models.CASCADE, null=True, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
