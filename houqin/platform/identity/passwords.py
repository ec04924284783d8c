"""The rules for passwords that Django does not have; `AUTH_PASSWORD_VALIDATORS` names them with its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.platform.identity.models import Account, OldPassword


class NotUsedLately:
    """A password may not be one of the last `most`, the one in force included."""

    def __init__(self, most: int = 5) -> None:
        self.most = most

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, User) or not user.pk:
            return
        late = OldPassword.objects.filter(user=user).order_by("-at", "-pk")[: self.most]
        if any(
            check_password(password, hashed)
            for hashed in {user.password, *(old.hash for old in late)}
        ):
            raise ValidationError(
                _("这个密码最近用过，请换一个没用过的。"), code="password_used_lately"
            )

    def password_changed(self, password: str, user: Any = None) -> None:
        """Django calls it whenever a new password has been saved, whoever has set it."""
        if not isinstance(user, User) or not user.pk or user.is_system:
            return
        OldPassword.objects.create(user=user, hash=user.password, at=now())
        late = OldPassword.objects.filter(user=user).order_by("-at", "-pk")
        OldPassword.objects.filter(user=user).exclude(
            pk__in=[old.pk for old in late[: self.most]]
        ).delete()
        Account.objects.filter(user=user).update(owes_password=False)

    def get_help_text(self) -> str:
        return _("不能是最近 %(most)s 次用过的密码。") % {"most": self.most}


@transaction.atomic
def demand_new_password(actor: User, person: User, *, at: datetime) -> None:
    """At the next sign-in `person` has to choose a new password before anything else."""
    Account.objects.update_or_create(user=person, defaults={"owes_password": True})
    record(actor, "user.password_demanded", person, at=at)


def owes_password(person: User) -> bool:
    return Account.objects.filter(user=person, owes_password=True).exists()
