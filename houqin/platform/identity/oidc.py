"""Signing in at the organisation's own identity provider (OpenID Connect: code flow with PKCE, state, nonce).

The provider says who somebody is; which roles they hold, the house alone decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from requests import RequestException

from houqin.kernel.errors import Refused
from houqin.kernel.people.administrators import is_administrator
from houqin.kernel.people.models import OF_PEOPLE, User
from houqin.kernel.trail.actions import record
from houqin.platform.identity.models import OutsideAccount

log = structlog.get_logger("houqin.identity")
PATIENCE: Final = 10  # seconds, for each answer of the provider
FAILED: Final = (OAuthError, JoseError, RequestException, ValueError, KeyError, RuntimeError)


def provider() -> Any | None:
    """The client of the provider that the settings name, None when there is none."""
    if not settings.OIDC_ISSUER:
        return None
    clients = OAuth()
    clients.register(
        "house",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET or None,
        server_metadata_url=f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.OIDC_SCOPES,
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )
    return clients.house


def claims_of(client: Any, request: Any) -> Mapping[str, Any]:
    """What the provider says of who comes back. The signature, issuer, audience, nonce and times are
    checked; raises Refused when anything is not right, without saying what to whoever tries."""
    options = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
        "sub": {"essential": True},
    }
    try:
        token = client.authorize_access_token(request, claims_options=options, leeway=60)
    except FAILED as error:
        log.warning("oidc sign-in failed", kind=type(error).__name__)
        raise Refused(_("统一身份登录没有成功，请再试一次，或者用工号和密码登录。")) from error
    if not token.get("userinfo"):
        raise Refused(_("统一身份登录没有返回身份信息，请告诉系统管理员。"))
    return dict(token["userinfo"])


@transaction.atomic
def person_of(claims: Mapping[str, Any], *, now: datetime) -> User:
    """Whose account it is: linked before, or found by an e-mail address that the provider has verified, or
    created without any role where OIDC_CREATE says so. Raises Refused where there is nobody."""
    issuer, subject = str(claims["iss"])[:255], str(claims["sub"])[:255]
    accounts = OutsideAccount.objects.filter(issuer=issuer, subject=subject)
    known = accounts.select_related("user").first()
    person = known.user if known else _linked(claims, issuer, subject, now)
    if not person.is_active or not person.is_person:
        raise Refused(_("这个账号已停用，请找系统管理员。"))
    return person


def _by_mail(claims: Mapping[str, Any], now: datetime) -> User | None:
    """An address that two people share names neither of them. It never names one of the three
    administrators: whoever keeps the addresses could become one."""
    mail = str(claims.get("email") or "")
    if not mail or claims.get("email_verified") is not True:
        return None
    people = list(User.objects.filter(OF_PEOPLE, email__iexact=mail, is_active=True)[:2])
    if any(is_administrator(person, now) for person in people):
        raise Refused(_("三员的账号不凭邮箱关联统一身份，请用工号和密码登录。"))
    return people[0] if len(people) == 1 else None


def _linked(claims: Mapping[str, Any], issuer: str, subject: str, now: datetime) -> User:
    """Who it is that comes for the first time, from now on known by this account."""
    person = _by_mail(claims, now) or _created(claims, subject)
    OutsideAccount.objects.create(user=person, issuer=issuer, subject=subject)
    record(person, "user.linked", person, at=now)
    return person


def _created(claims: Mapping[str, Any], subject: str) -> User:
    if not settings.OIDC_CREATE:
        raise Refused(_("您的统一身份账号还没有对应的工号，请找系统管理员登记您的邮箱。"))
    username = str(claims.get("preferred_username") or subject)[:150]
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(
            _("工号 %(username)s 已有人使用，请找系统管理员核对。") % {"username": username}
        )
    verified = claims.get("email_verified") is True
    person = User(username=username, name=str(claims.get("name") or username)[:40])
    person.email = str(claims.get("email") or "")[:254] if verified else ""
    person.set_unusable_password()
    person.save()
    return person
