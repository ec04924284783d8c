"""The one way a delivery goes: claimed, tried outside any transaction, and what came of it written down.

Mail and posts share it: of any number of workers each delivery is tried by one; what fails waits longer each
time and is given up after two days.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import F

from houqin.kernel.leases import LeaseLost
from houqin.platform.notices.models import Delivery
from houqin.platform.notices.models.delivery import DeliveryQuerySet

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
LONGEST_WAIT_URGENT = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=48)
# A slow server is left before the lease of the sweep ends; the rest of the batch goes in the next run.
MOST_SECONDS = 60


def claim(rows: DeliveryQuerySet, now: datetime, *, most: int | None) -> list[Delivery]:
    """Take up to `most` due ones of `rows`, the urgent first, in the order in which to send them."""
    due = rows.due(now).order_by("-urgent", "next_at", "pk")
    taken = due.claim(now, most=most, tried_at=now, attempts=F("attempts") + 1)
    return list(taken.with_all().order_by("-urgent", "since", "pk"))


def arrived(delivery: Delivery, now: datetime) -> None:
    _write(delivery, state=Delivery.State.SENT, sent_at=now, last_error="")


def skip(delivery: Delivery) -> None:
    """Nobody is there to send it to any more, or they have read it already."""
    _write(delivery, state=Delivery.State.SKIPPED)


def fail(delivery: Delivery, now: datetime, told: str, *, for_good: bool = False) -> None:
    """Try again after 1, 2, 4 … minutes, at most an hour apart (urgent: five minutes); give up after two
    days, or at once when it is refused for good. `told` is kept and must quote nobody's address."""
    if for_good or now - delivery.since >= GIVE_UP_AFTER:
        _write(delivery, state=Delivery.State.DEAD, last_error=told[:200])
        return
    longest = LONGEST_WAIT_URGENT if delivery.urgent else LONGEST_WAIT
    wait = min(max(now - delivery.since, timedelta()) + FIRST_WAIT, longest)
    _write(delivery, next_at=now + wait, last_error=told[:200])


def give_back(delivery: Delivery, now: datetime) -> None:
    """Let go of one that was not tried."""
    _write(delivery, next_at=now, tried_at=None)


def _write(delivery: Delivery, **changes: object) -> None:
    """Write the outcome; whoever has taken the delivery over since then writes theirs."""
    with suppress(LeaseLost):
        delivery.finish(**changes)
