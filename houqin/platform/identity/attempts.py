"""Guessing is made slow: failures are counted in the database, so that any number of processes agree.

Counted for one account from one address, for one account from everywhere, and for one address. Whoever is
past a limit waits a minute, then two, four … up to an hour; a day without a failure starts anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from houqin.kernel.people.models import User, the_house
from houqin.kernel.trail.actions import record
from houqin.platform.identity.models import Failure

OF_BOTH, OF_ACCOUNT, OF_ADDRESS = 5, 50, 300  # failures before one has to wait
LONGEST: Final = timedelta(hours=1)
FORGOTTEN: Final = timedelta(days=1)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the outermost of our own `TRUSTED_PROXIES` proxies has seen.

    Each of them appends to X-Forwarded-For, so only that many entries from the right can be believed.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    passed = [
        one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()
    ]
    trusted: int = settings.TRUSTED_PROXIES
    return (passed[-trusted] if 0 < trusted <= len(passed) else direct)[:45]


@transaction.atomic
def admit(username: str, address: str, now: datetime) -> datetime | None:
    """Count one try before it is made; None, or until when none is taken. Afterwards `forget` or `fail`.

    Counted and locked first, so that many tries at once are not more than the limit.
    """
    rows = [(_held(key, now), limit) for key, limit in _keys(_account(username), address)]
    locked = [
        row.locked_until for row, _limit in rows if row.locked_until and row.locked_until > now
    ]
    if locked:
        return max(locked)
    for row, limit in rows:
        _count(row, limit, now)
    return None


@transaction.atomic
def forget(username: str, address: str) -> None:
    """The try that was just counted was right: of this account from here nothing is held any more."""
    username = _account(username)
    Failure.objects.filter(username=username, address=address).delete()
    for key in ({"username": username, "address": ""}, {"username": "", "address": address}):
        Failure.objects.filter(**key, count__gt=0).update(count=F("count") - 1, locked_until=None)


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


def forget_old(now: datetime) -> int:
    """Remove what is too old to count; how many rows."""
    return Failure.objects.filter(last_at__lt=now - FORGOTTEN).delete()[0]


def _account(username: str) -> str:
    return username.replace("\x00", "").strip().casefold()[:150]


def _keys(username: str, address: str) -> list[tuple[dict[str, str], int]]:
    keys = [
        ({"username": username, "address": address}, OF_BOTH),
        ({"username": username, "address": ""}, OF_ACCOUNT),
        ({"username": "", "address": address}, OF_ADDRESS),
    ]
    return [(key, limit) for key, limit in keys if any(key.values())]


def _held(key: dict[str, str], now: datetime) -> Failure:
    """The row of `key`, locked until the end of the transaction."""
    Failure.objects.bulk_create([Failure(**key, last_at=now)], ignore_conflicts=True)
    return Failure.objects.select_for_update().get(**key)


def _count(row: Failure, limit: int, now: datetime) -> None:
    row.count = 1 if now - row.last_at > FORGOTTEN else row.count + 1
    row.last_at = now
    row.locked_until = now + _back_off(row.count - limit) if row.count >= limit else None
    row.save(update_fields=["count", "last_at", "locked_until"])


def _back_off(beyond: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(beyond, 6)), LONGEST)
