"""What a machine shows at the door, and what it was answered."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.leases import Leased, LeasedQuerySet
from houqin.kernel.people.models import Role, User
from houqin.kernel.people.roles import ROLES
from houqin.kernel.places.models import Place

PREFIX: Final = "hq_"  # lets secret scanners find one that was left lying about


class TokenQuerySet(models.QuerySet["Token"]):
    def visible_to(self, user: User) -> TokenQuerySet:
        """One's own, and those of the service accounts for the two administrators who keep them."""
        own = Q(user=user)
        if {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN} & user.roles_at(None):
            own |= Q(user__in=ServiceAccount.objects.values("user"))
        return self.filter(own)

    def alive(self, at: datetime) -> TokenQuerySet:
        """Those that open the door at `at`: of an active person, or of an approved service account."""
        waiting = ServiceAccount.objects.filter(approved_at=None)
        opens = self.filter(revoked_at=None, expires_at__gt=at, user__is_active=True)
        return opens.exclude(user__in=waiting.values("user"))


class Token(models.Model):
    """接口令牌: lets a machine act as `user`, no further than `scopes` and not after `expires_at`.

    Only the digest is kept: with 256 random bits nothing slower than SHA-256 is needed. `hint`, the last
    characters, tells two apart.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("用途"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    scopes = models.JSONField(_("权限"), default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("有效期至"))
    used_at = models.DateTimeField(null=True)  # to the minute
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="token_lives_for_a_while"
            )
        ]
        indexes = [models.Index(fields=["user", "-made_at"])]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"

    @staticmethod
    def draw() -> str:
        """A new secret, told to nobody yet."""
        return PREFIX + secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    def state(self, at: datetime) -> str:
        """alive, expired or revoked; what the pages draw."""
        if self.revoked_at:
            return "revoked"
        return "alive" if self.expires_at > at else "expired"


class ServiceAccount(models.Model):
    """服务账号: another system as a user of the house, with roles held at places like a person's.

    三员分立: a system administrator says which `roles` it is to hold at `place` (None: everywhere). It holds
    none of them, and nothing opens to it, before a security administrator has approved of it.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="+")
    purpose = models.CharField(_("用途"), max_length=200)
    roles = models.JSONField(_("角色"), default=list)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False)
                & ~Q(approved_by=F("made_by")),
                name="service_is_approved_by_another",
            )
        ]

    def __str__(self) -> str:
        return self.user.name

    def role_names(self) -> list[str]:
        return [ROLES.label(role) for role in self.roles]


class KeptAnswer(Leased):
    """What a POST with an Idempotency-Key was answered. Without `status` it is still being done by whoever
    holds it, and whoever finds the lease run out may take it over."""

    LEASE = timedelta(minutes=2)

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, address and body
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    objects = LeasedQuerySet["KeptAnswer"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="one_answer_for_a_key")
        ]
