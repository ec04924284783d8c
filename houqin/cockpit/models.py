"""Addresses that show the wall to a screen without an account."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place


class WallLinkQuerySet(models.QuerySet["WallLink"]):
    def visible_to(self, user: User) -> WallLinkQuerySet:
        """Every manager sees every screen: whoever leaves, leaves none behind that nobody can turn off."""
        return self.all() if user.pk and Role.MANAGER in user.role_codes() else self.none()

    def of(self, token: str) -> WallLink | None:
        """The screen that `token` is for, as long as it is on and whoever made it is still here."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        on = self.filter(digest=digest, revoked_at=None, maker__is_active=True)
        return on.select_related("place", "maker").first()


class WallLink(models.Model):
    """One screen: what its maker runs, at `place` or everywhere. Only a digest of the token is kept."""

    name = models.CharField(_("名称"), max_length=40)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", verbose_name=_("地点")
    )
    maker = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = WallLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
