"""The second step: a code of six digits from an authenticator app (TOTP, RFC 6238), or a recovery code.

The secret is encrypted under a key that comes from SECRET_KEY: whoever has the database alone makes no codes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import RoleGrant, User
from houqin.kernel.trail.actions import record
from houqin.platform.identity.models import Account, RecoveryCode, SecondStepRole

STEP: Final = 30  # seconds
CODES: Final = 10
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def uses_second_step(person: User) -> bool:
    return Account.objects.filter(user=person, second_step_at__isnull=False).exists()


def owes_second_step(person: User) -> bool:
    """Whether one of the person's own roles demands it and it is not set up."""
    roles = RoleGrant.objects.filter(user=person).values("role")
    return SecondStepRole.objects.filter(role__in=roles).exists() and not uses_second_step(person)


@transaction.atomic
def begin(person: User) -> str:
    """The secret to put into the app, a new one unless one waits to be confirmed. Raises Refused when the
    second step is in use: the secret is never shown again."""
    account, _created = Account.objects.select_for_update().get_or_create(user=person)
    if account.second_step_at:
        raise Refused(_("两步验证已经启用。换手机请先停用，再重新启用。"))
    secret = _opened(account.secret)
    if not secret:
        secret = pyotp.random_base32()
        account.secret = _locks().encrypt(secret.encode()).decode()
        account.save(update_fields=["secret"])
    return secret


def picture_of(person: User, secret: str) -> str:
    """The QR code that an app reads, as the address of a picture."""
    named = pyotp.TOTP(secret).provisioning_uri(name=person.username, issuer_name=_("后勤管家"))
    return str(
        segno.make(named, error="m").svg_data_uri(scale=5, border=2, light="#fff", dark="#000")
    )


@transaction.atomic
def confirm(person: User, *, code: str, now: datetime) -> list[str]:
    """Begin to use it, once the app has shown that it makes the right codes; the recovery codes, which are
    shown this one time. Raises Refused for a wrong code."""
    account = Account.objects.select_for_update().filter(user=person, second_step_at=None).first()
    step = _step_of(account, code, now) if account else None
    if account is None or step is None:
        raise Refused(_("验证码不对。请用刚刚显示的 6 位数字再试，并检查手机的时间。"))
    account.second_step_at, account.last_step = now, step
    account.save(update_fields=["second_step_at", "last_step"])
    record(person, "user.second_step_on", person, at=now)
    return _renew(person)


@transaction.atomic
def passes(person: User, *, code: str, now: datetime) -> bool:
    """Whether `code` is right now: of the app, and not used before, or a recovery code, which is spent."""
    account = Account.objects.filter(user=person, second_step_at__isnull=False).first()
    if account is None:
        return False
    step = _step_of(account, code, now)
    if step is not None:
        unused = Account.objects.filter(pk=account.pk, last_step__lt=step)
        return bool(unused.update(last_step=step))
    spent = RecoveryCode.objects.filter(user=person, used_at=None, hash=_hash(code)).update(
        used_at=now
    )
    if spent:
        record(person, "user.recovery_used", person, at=now)
    return bool(spent)


@transaction.atomic
def renew_codes(actor: User, *, now: datetime) -> list[str]:
    """New recovery codes; the old ones are good for nothing from now on."""
    record(actor, "user.recovery_renewed", actor, at=now)
    return _renew(actor)


@transaction.atomic
def switch_off(actor: User, person: User, *, now: datetime) -> None:
    """Forget the secret and the codes: the person's own wish, or help for who has lost both."""
    Account.objects.filter(user=person).update(secret="", second_step_at=None, last_step=0)
    RecoveryCode.objects.filter(user=person).delete()
    record(actor, "user.second_step_off", person, at=now)


@transaction.atomic
def demand_of(actor: User, roles: Iterable[str], *, now: datetime) -> None:
    """From the next sign-in on the holders of exactly these roles have to use the second step."""
    wanted, had = set(roles), set(SecondStepRole.objects.values_list("role", flat=True))
    if wanted == had:
        return
    SecondStepRole.objects.filter(role__in=had - wanted).delete()
    SecondStepRole.objects.bulk_create([SecondStepRole(role=role) for role in sorted(wanted - had)])
    record(actor, "role.second_step_demanded", actor, at=now, roles=", ".join(sorted(wanted)))


def codes_left(person: User) -> int:
    return RecoveryCode.objects.filter(user=person, used_at=None).count()


def _step_of(account: Account, code: str, now: datetime) -> int | None:
    """The step of 30 seconds that `code` belongs to: this one, or a neighbour, because clocks differ."""
    secret, digits = _opened(account.secret), "".join(code.split())
    if not secret or not (digits.isascii() and digits.isdigit()):
        return None
    present = int(now.timestamp()) // STEP
    app = pyotp.TOTP(secret)
    fits = (
        step
        for step in (present, present - 1, present + 1)
        if hmac.compare_digest(app.at(step * STEP), digits)
    )
    return next(fits, None)


def _renew(person: User) -> list[str]:
    codes = ["".join(secrets.choice(LETTERS) for _letter in range(10)) for _code in range(CODES)]
    RecoveryCode.objects.filter(user=person).delete()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(user=person, hash=_hash(code)) for code in codes]
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return salted_hmac("houqin.recovery", plain, algorithm="sha256").hexdigest()


def _locks() -> MultiFernet:
    """Encrypts under SECRET_KEY, and opens what an older one in SECRET_KEY_FALLBACKS has closed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = (hashlib.sha256(b"houqin.second_step" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def _opened(secret: str) -> str:
    try:
        return _locks().decrypt(secret.encode()).decode() if secret else ""
    except InvalidToken:  # SECRET_KEY has changed: only a recovery code or an administrator helps
        return ""
