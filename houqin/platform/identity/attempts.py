"""Guessing is made slow: sign-ins that fail are counted.

Counted for one account from one address, for one account from everywhere, and for one address. Whoever is
past a limit waits a minute, then two, four … up to an hour; a day without a failure starts anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from houqin.kernel.people.models import User, the_house
from houqin.kernel.trail.actions import record
from houqin.platform.identity.models import Failure
from houqin.platform.rate_limits import actions as rate_limits
from houqin.platform.rate_limits.actions import Limit, Measure

OF_BOTH, OF_ACCOUNT, OF_ADDRESS = 5, 50, 300  # failures before one has to wait
LONGEST: Final = timedelta(hours=1)
FORGOTTEN: Final = timedelta(days=1)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the outermost of our own `TRUSTED_PROXIES` proxies has seen.

    Each of them appends to X-Forwarded-For, so only that many entries from the right can be believed.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    passed = [
        hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()
    ]
    trusted: int = settings.TRUSTED_PROXIES
    return (passed[-trusted] if 0 < trusted <= len(passed) else direct)[:45]


def admit(username: str, address: str, now: datetime) -> datetime | None:
    """Count one try before it is made; None, or until when none is taken. Afterwards `forget` or `fail`."""
    return rate_limits.admit(_measures(username, address), now)


@transaction.atomic
def forget(username: str, address: str) -> None:
    """The try that was just counted was right: of this account from here nothing is held any more."""
    of_both, *others = _measures(username, address)
    Failure.objects.filter(**of_both.key).delete()
    rate_limits.take_back(others)


@transaction.atomic
def fail(username: str, now: datetime) -> None:
    """The try that was just counted was wrong: on the trail, where it has locked somebody's account; a name
    that nobody has leaves no trace."""
    rows = Failure.objects.filter(username=_account(username), locked_until__gt=now)
    until = max(
        (row.locked_until for row in rows if row.locked_until and row.username), default=None
    )
    person = (
        User.objects.filter(username__iexact=username.strip(), is_system=False).first()
        if until
        else None
    )
    if until and person:
        record(
            the_house(), "user.locked", person, at=now, until=until.isoformat(timespec="minutes")
        )


@transaction.atomic
def unlock(actor: User, failure: Failure, *, now: datetime) -> None:
    """Let an account, or an address, try again at once."""
    person = (
        User.objects.filter(username__iexact=failure.username).first() if failure.username else None
    )
    failure.delete()
    record(actor, "user.unlocked", person or actor, at=now, account=failure.username)


def _account(username: str) -> str:
    return username.replace("\x00", "").strip().casefold()[:150]


def _measures(username: str, address: str) -> list[Measure]:
    account = _account(username)
    limits = {(account, address): OF_BOTH, (account, ""): OF_ACCOUNT, ("", address): OF_ADDRESS}
    return [
        Measure(Limit(most, FORGOTTEN, _back_off), Failure, {"username": name, "address": place})
        for (name, place), most in limits.items()
        if name or place
    ]


def _back_off(beyond: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(beyond, 6)), LONGEST)
