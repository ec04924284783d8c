from collections.abc import Set
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.models import Absence, Department, RoleGrant, User
from houqin.kernel.places.models import Place


def require(actor: User, roles: Set[str], place: Place | None = None) -> None:
    """Raise NotAllowed unless `actor` holds one of `roles` at `place` (None: everywhere)."""
    held = actor.roles_at(place) if place else actor.role_codes()
    if not roles & held and not actor.is_system:
        raise NotAllowed(_("您没有此操作的权限。"))


def require_everywhere(actor: User, roles: Set[str]) -> None:
    """Raise NotAllowed unless `actor` holds one of `roles` for the whole house: what holds for all campuses
    is not for the manager of one to change."""
    if not roles & actor.roles_at(None) and not actor.is_system:
        raise NotAllowed(_("这会影响所有园区，需要在全部地点担任此角色的人办理。"))


@transaction.atomic
def add_department(parent: Department | None, *, name: str, code: str) -> Department:
    """Create a department below `parent` (None: the top)."""
    new = Department(name=name, code=code)
    if parent is None:
        added = Department.objects.add_root(instance=new)
    else:
        parent.refresh_from_db()
        added = Department.objects.add_child(parent, instance=new)
    assert isinstance(added, Department)
    return added


@transaction.atomic
def grant_role(
    user: User,
    role: str,
    *,
    place: Place | None = None,
    department: Department | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> RoleGrant:
    """Give `user` a role at a place or department subtree (neither: everywhere); twice is once.

    The last `starts_at` and `ends_at` hold, None for no bound.
    """
    grant, _created = RoleGrant.objects.update_or_create(
        user=user,
        role=role,
        place=place,
        department=department,
        defaults={"starts_at": starts_at, "ends_at": ends_at},
    )
    user.__dict__.pop("grants", None)
    return grant


@transaction.atomic
def go_away(actor: User, *, substitute: User, starts_at: datetime, ends_at: datetime) -> Absence:
    """Hand one's roles and notices to `substitute` for a while.

    Raises Refused when the end is not after the start or when one names oneself.
    """
    if ends_at <= starts_at:
        raise Refused(_("结束时间要晚于开始时间。"))
    if substitute.pk == actor.pk:
        raise Refused(_("请选另一个人代理。"))
    return Absence.objects.create(
        user=actor, substitute=substitute, starts_at=starts_at, ends_at=ends_at
    )


@transaction.atomic
def come_back(actor: User, *, now: datetime) -> None:
    """End every absence of `actor` that has not ended yet."""
    Absence.objects.filter(user=actor, starts_at__gte=now).delete()
    Absence.objects.filter(user=actor, starts_at__lt=now, ends_at__gt=now).update(ends_at=now)
