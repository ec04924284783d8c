"""What the house knows of how its people prove who they are; nothing of it is ever shown again in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.people.roles import role_choices
from houqin.platform.rate_limits.models import Counted

# What a browser calls itself → what people call it; the first that fits, because many name others too.
BROWSERS: Final[Mapping[str, str | Promise]] = {
    "MicroMessenger": _("微信"), "DingTalk": _("钉钉"), "Lark": _("飞书"), "Edg": "Edge",
    "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS: Final[Mapping[str, str | Promise]] = {
    "Android": _("安卓"), "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS",
    "Linux": "Linux",
}  # fmt: skip


def _first(names: Mapping[str, str | Promise], device: str) -> str:
    return next((str(words) for sign, words in names.items() if sign in device), "")


class Account(models.Model):
    """Beside a user from the first thing on that there is to know: whether a new password is owed, and the
    second step, whose secret counts only from `second_step_at` on."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    owes_password = models.BooleanField(default=False)
    secret = models.CharField(max_length=255, blank=True)  # encrypted
    second_step_at = models.DateTimeField(null=True)
    last_step = models.PositiveBigIntegerField(
        default=0
    )  # of 30 seconds; none is good for two sign-ins

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_step_at=None) | ~Q(secret=""), name="second_step_has_a_secret"
            )
        ]


class OldPassword(models.Model):
    """A password that was in force, as its hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    hash = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-at"])]


class RecoveryCode(models.Model):
    """Stands in once for the telephone that was lost."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "hash"], name="recovery_code_once")]


class Failure(Counted):
    """Sign-ins that failed: of one account from one address, of one account ("" as address), from one
    address ("" as account)."""

    username = models.CharField(_("工号"), max_length=150, blank=True)
    address = models.CharField(_("地址"), max_length=45, blank=True)

    class Meta:
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(fields=["username", "address"], name="failures_counted_once"),
            models.CheckConstraint(
                condition=~Q(username="", address=""), name="failure_of_account_or_address"
            ),
        ]
        indexes = [models.Index(fields=["locked_until"])]


class SignIn(models.Model):
    """A session that somebody opened: from where, with what, how. It is live while its session is."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    session = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["user", "-at"])]

    @property
    def browser(self) -> str:
        """The device as a person knows it: Chrome · Windows; what it says itself where we know neither."""
        told = filter(None, (_first(BROWSERS, self.device), _first(SYSTEMS, self.device)))
        return " · ".join(told) or self.device


class OutsideAccount(models.Model):
    """Somebody's account at the identity provider, by what never changes there."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="outside_account_once")
        ]


class SecondStepRole(models.Model):
    """A role whose holders have to use the second step."""

    role = models.CharField(max_length=20, choices=role_choices, unique=True)
