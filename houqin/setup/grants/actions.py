"""Granting and revoking roles: the security administrator's alone, and never to oneself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.actions import grant_role, require_everywhere
from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Department, RoleGrant, User
from houqin.kernel.people.roles import ROLES
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.setup.directory.models import RoleWish
from houqin.setup.directory.reports import holders_besides
from houqin.setup.permissions import GRANTS_ROLES
from houqin.setup.sign_in_links.actions import PASSWORD_LINK
from houqin.shared.links.actions import revoke_links


@transaction.atomic
def give_role(
    actor: User,
    person: User,
    *,
    role: str,
    place: Place | None = None,
    department: Department | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> RoleGrant:
    """Grant `person` a role at a place or over a department (neither: everywhere); None is no bound.

    Whoever becomes one of the three administrators loses the link to a password that they have not used.
    Raises NotAllowed, also for oneself, and Refused for a closed account and for posts that one person must
    not hold together (三员分立).
    """
    at = now()
    require_everywhere(actor, GRANTS_ROLES)
    _refuse_own(actor, person)
    _refuse_unfit(person)
    refuse_together(person, role)
    period = {"starts_at": starts_at, "ends_at": ends_at}
    if role in ADMINISTRATORS:  # somebody else may know it
        revoke_links(PASSWORD_LINK, person, at)
    grant = grant_role(person, role, place=place, department=department, **period)
    facts = {"name": person.name, "role": str(role), "where": _where(grant)}
    facts |= {key: moment.isoformat() for key, moment in period.items() if moment}
    record(actor, "role.granted", person, at=at, **facts)
    return grant


@transaction.atomic
def revoke_role(actor: User, grant: RoleGrant) -> None:
    """Take a role away. Raises NotAllowed, also for oneself, and Refused for the last of its kind."""
    at = now()
    require_everywhere(actor, GRANTS_ROLES)
    _refuse_own(actor, grant.user)
    if grant.role in ADMINISTRATORS and not holders_besides(grant.role, grant.user):
        raise Refused(
            _("这是最后一位%(role)s，请先授权给别人。") % {"role": grant.get_role_display()}
        )
    facts = {"name": grant.user.name, "role": grant.role, "where": _where(grant)}
    record(actor, "role.revoked", grant.user, at=at, **facts)
    grant.delete()


@transaction.atomic
def grant_wishes(actor: User, wishes: Iterable[RoleWish]) -> int:
    """Grant what sheets ask for; how many. Raises as `give_role`, and then grants none."""
    granted = 0
    for wish in wishes:
        give_role(actor, wish.user, role=wish.role, place=wish.place, department=wish.department)
        wish.delete()
        granted += 1
    return granted


@transaction.atomic
def drop_wish(actor: User, wish: RoleWish) -> None:
    """Do not grant what a sheet asks for. Raises NotAllowed."""
    at = now()
    require_everywhere(actor, GRANTS_ROLES)
    record(actor, "role.declined", wish.user, at=at, name=wish.user.name, role=wish.role)
    wish.delete()


def refuse_together(person: User, role: str) -> None:
    """Refused when `person` holds a post that nobody may hold beside `role`: the three administrators are
    three people, and none of them works in the business."""
    held = set(RoleGrant.objects.filter(user=person).values_list("role", flat=True)) - {role}
    if held and (role in ADMINISTRATORS or held & ADMINISTRATORS):
        labels = "、".join(str(post.label) for post in ROLES if post.code in held)
        values = {"name": person, "held": labels, "role": ROLES.label(role)}
        raise Refused(
            _("%(name)s 已是%(held)s，不能再任%(role)s：三员互相分立，也不办业务。") % values
        )


def _refuse_unfit(person: User) -> None:
    """Refused for an account that is granted nothing, or nothing now."""
    if person.is_service:
        raise Refused(_("服务账号的角色随核准生效，不单独授予。"))
    if not person.is_active or person.is_system:
        raise Refused(_("%(name)s 的账号已停用，请先恢复。") % {"name": person})


def _refuse_own(actor: User, person: User) -> None:
    if person.pk == actor.pk:
        raise NotAllowed(_("不能给自己授权或撤权，请另一位安全管理员办理。"))


def _where(grant: RoleGrant) -> str:
    """For the trail: the place or department, or nothing for everywhere."""
    return (
        grant.place.full_name if grant.place else grant.department.name if grant.department else ""
    )
