"""Tokens and service accounts: who makes, approves and ends them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.actions import grant_role, require
from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Role, RoleGrant, User
from houqin.kernel.people.roles import ROLES, RoleDef
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.messages import say
from houqin.platform.notices.models import may_run
from houqin.platform.tokens.models import ServiceAccount, Token
from houqin.platform.tokens.scopes import OUTGOING, SCOPES

say("token.made", gettext_lazy("新建接口令牌“%(name)s”：%(scopes)s"), icon="key")
say("token.revoked", gettext_lazy("作废接口令牌“%(name)s”"), icon="ban")
say("service.made", gettext_lazy("新建服务账号“%(name)s”：%(roles)s，%(place)s"), icon="plug")
say("service.approved", gettext_lazy("核准服务账号“%(name)s”"), icon="shield-check", tone="ok")
say("service.closed", gettext_lazy("停用服务账号“%(name)s”"), icon="ban")

MAKES_SERVICES: Final = frozenset({Role.SYSTEM_ADMIN})
APPROVES_SERVICES: Final = frozenset({Role.SECURITY_ADMIN})
MOST_TOKENS: Final = 20


def service_roles() -> list[RoleDef]:
    """The posts that a service account may hold. 三员分立: a machine that could do an administrator's work
    would be an administrator whom nobody sees."""
    return [role for role in ROLES if role.code not in ADMINISTRATORS]


def scopes_open_to(user: User) -> list[str]:
    """The scopes that a token of `user` can make use of: the business for all but the three administrators,
    what leaves the house for those who run it."""
    business = not ADMINISTRATORS & user.role_codes()
    return [
        scope.code for scope in SCOPES if (may_run(user) if scope.area in OUTGOING else business)
    ]


@transaction.atomic
def make_token(
    actor: User, user: User, *, name: str, scopes: Sequence[str], days: int
) -> tuple[Token, str]:
    """A token that acts as `user`, and its secret, which is known to nobody but who is told it now.

    One makes one's own; those of a service account are made by a system administrator. Raises NotAllowed
    otherwise, Refused for a scope that `user` has no use for, for an account that is closed
    and past MOST_TOKENS that are alive.
    """
    at = now()
    _require_hold(actor, user)
    _refuse_unfit(user, scopes, at)
    secret = Token.draw()
    token = Token.objects.create(
        user=user,
        name=name,
        digest=Token.digest_of(secret),
        hint=secret[-4:],
        scopes=list(scopes),
        made_by=actor,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record(actor, "token.made", user, at=at, name=name, scopes=", ".join(scopes))
    return token, secret


def _refuse_unfit(user: User, scopes: Sequence[str], at: datetime) -> None:
    if not user.is_active:
        raise Refused(_("这个账号已经停用，不能再建令牌。"))
    if not scopes or not set(scopes) <= set(scopes_open_to(user)):
        raise Refused(_("请选择此账号用得上的权限。"))
    if Token.objects.filter(user=user, revoked_at=None, expires_at__gt=at).count() >= MOST_TOKENS:
        raise Refused(_("有效的令牌最多 %(most)d 个，请先作废不用的。") % {"most": MOST_TOKENS})


@transaction.atomic
def revoke_token(actor: User, token: Token) -> None:
    """End it at once. Raises NotAllowed as make_token does, Refused when it has ended already."""
    at = now()
    _require_hold(actor, token.user)
    if not Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        raise Refused(_("这个令牌已经作废。"))
    record(actor, "token.revoked", token.user, at=at, name=token.name)


def _require_hold(actor: User, user: User) -> None:
    if actor.pk != user.pk:
        if not ServiceAccount.objects.filter(user=user).exists():
            raise NotAllowed(_("令牌只能由本人管理。"))
        require(actor, MAKES_SERVICES)


@transaction.atomic
def make_service(
    actor: User,
    *,
    username: str,
    name: str,
    purpose: str,
    roles: Sequence[str],
    place: Place | None,
) -> ServiceAccount:
    """A user for another system, which is to have `roles` at `place` (None: everywhere). It has no password,
    and neither holds a role nor opens anything before it is approved.

    Raises NotAllowed, and Refused for the role of an administrator.
    """
    at = now()
    require(actor, MAKES_SERVICES)
    if not set(roles) <= {role.code for role in service_roles()}:
        raise Refused(_("服务账号不能担任三员。"))
    user = User(username=username, name=name, is_service=True)
    user.set_unusable_password()
    user.save(force_insert=True)
    service = ServiceAccount.objects.create(
        user=user, purpose=purpose, roles=list(roles), place=place, made_by=actor, made_at=at
    )
    words = _("、").join(service.role_names()) or _("需求人")
    where = str(place or _("全部地点"))
    record(actor, "service.made", user, at=at, name=name, roles=words, place=where)
    return service


@transaction.atomic
def approve_service(actor: User, service: ServiceAccount) -> None:
    """Grant it its roles and let its tokens in. Raises NotAllowed for who is no security administrator,
    Refused for who has set it up as well and for one that was approved or closed before."""
    at = now()
    require(actor, APPROVES_SERVICES)
    waiting = ServiceAccount.objects.filter(pk=service.pk, approved_at=None, user__is_active=True)
    if not waiting.exclude(made_by=actor).update(approved_at=at, approved_by=actor):
        raise Refused(_("已经核准或停用，或是您自己建的账号：要由另一位安全管理员核准。"))
    for role in service.roles:
        grant_role(service.user, role, place=service.place)
    record(actor, "service.approved", service.user, at=at, name=service.user.name)


@transaction.atomic
def close_service(actor: User, service: ServiceAccount) -> None:
    """End the account and with it all its roles and tokens, for good. Either of the two administrators may.

    Raises NotAllowed, and Refused when it has ended already.
    """
    at = now()
    require(actor, MAKES_SERVICES | APPROVES_SERVICES)
    if not User.objects.filter(pk=service.user_id, is_active=True).update(is_active=False):
        raise Refused(_("这个服务账号已经停用。"))
    RoleGrant.objects.filter(user=service.user_id).delete()
    Token.objects.filter(user=service.user_id, revoked_at=None).update(revoked_at=at)
    record(actor, "service.closed", service.user, at=at, name=service.user.name)
