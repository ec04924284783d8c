"""One role that is asked for and one that is held, by people of a cast."""

from __future__ import annotations

from typing import Any

from houqin.kernel.people.models import Role, RoleGrant, User
from houqin.kernel.timekeeping import now
from houqin.setup.directory.models import RoleWish


def person(cast: Any) -> User:
    technician: User = cast.zhao
    return technician


def wish(cast: Any) -> RoleWish:
    return RoleWish.objects.create(
        user=cast.meng, role=Role.DUTY, asked_by=cast.sys, asked_at=now()
    )


def held(cast: Any) -> RoleGrant:
    return RoleGrant.objects.get(user=cast.zhao)
