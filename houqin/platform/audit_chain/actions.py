"""Closing stretches of the trail, and walking over those that are closed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now as present
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.messages import say
from houqin.kernel.trail.models import Event
from houqin.platform.audit_chain.digests import leaves_of, root_of
from houqin.platform.audit_chain.models import LOWEST, Check, Seal
from houqin.platform.audit_chain.verification import ChainProblem, Walk
from houqin.platform.audit_chain.writers import all_written

logger = logging.getLogger(__name__)

BATCH = 1000  # events in one seal
STEP = 200  # seals in one transaction of a check
KEPT = 50  # problems that are written down; a trail with more has been rewritten

say("trail.checked", _("核验经过：%(events)s 件事件都与封存一致"), icon="shield-check", tone="ok")
say("trail.tampered", _("核验经过：发现 %(wrong)s 处被改动"), icon="alert-triangle", tone="hold")


def seal_events(now: datetime) -> int:
    """Close the stretch that follows the last seal; how many events are in it.

    Must not run inside a transaction: it waits for those of others and then has to see what they wrote.
    """
    before = Seal.objects.defer("leaves").order_by("-number").first()
    after = before.last if before else LOWEST
    new = Event.objects.filter(pk__gt=after).order_by("pk")
    numbers = list(new.values_list("pk", flat=True)[:BATCH])
    if not numbers or not all_written():
        return 0
    seal = _sealed(before, list(new.filter(pk__lte=numbers[-1])), last=numbers[-1], now=now)
    if not _is_kept(seal):
        return 0
    logger.info("Seal %s closes the trail up to event %s: %s", seal.number, seal.last, seal.root)
    return seal.count


def _sealed(before: Seal | None, events: list[Event], *, last: int, now: datetime) -> Seal:
    """The seal that follows `before` and closes `events`, the latest of which is `last`."""
    seal = Seal(last=last, count=len(events), sealed_at=now, leaves=leaves_of(events))
    seal.number, seal.previous = (before.number + 1, before.root) if before else (1, "")
    seal.root = root_of(seal)
    return seal


def _is_kept(seal: Seal) -> bool:
    """Write `seal`; False when another worker has closed the same stretch."""
    try:
        with transaction.atomic():
            seal.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def begin_check(actor: User, *, at: datetime) -> Check:
    """Ask for a walk over all seals; while one is under way that one."""
    check, _made = Check.objects.get_or_create(open=True, defaults={"asked_by": actor, "at": at})
    return check


def step_check(check: Check, *, most: int | None = None) -> bool:
    """Walk over the next `most` seals (None: STEP); False when none are left and the outcome is on the trail.

    The walk itself takes no transaction: it would keep every other writer out of SQLite meanwhile.
    """
    walk = Walk(check.upto, check.root, check.last)
    problems = list(walk.go(most or STEP))
    done = walk.number == check.upto
    if done:
        problems += [ChainProblem("cut", old.upto) for old in Check.objects.broken_off()[:KEPT]]
    _write_step(check, walk, problems, done=done)
    return not done


@transaction.atomic
def _write_step(check: Check, walk: Walk, problems: list[ChainProblem], *, done: bool) -> None:
    """Write down how far it is, unless another worker has taken this step."""
    changes: dict[str, Any] = {
        "upto": walk.number,
        "root": walk.root,
        "last": walk.last,
        "events": F("events") + walk.events,
        "wrong": F("wrong") + len(problems),
        "problems": (check.problems + [list(problem) for problem in problems])[:KEPT],
    }
    at = present()
    if done:
        changes |= {"open": None, "finished_at": at}
    if not Check.objects.filter(pk=check.pk, open=True, upto=check.upto).update(**changes):
        return
    check.refresh_from_db()
    if done:
        _record_outcome(check, at)


def _record_outcome(check: Check, at: datetime) -> None:
    facts: dict[str, Any] = {"seals": check.upto, "events": check.events}
    facts |= {"wrong": check.wrong, "root": check.root}
    record(
        check.asked_by,
        "trail.tampered" if check.wrong else "trail.checked",
        check,
        at=at,
        **facts,
    )


def compare_roots(roots: Mapping[int, str]) -> list[ChainProblem]:
    """Hold the seals against `roots` that were kept elsewhere."""
    here = dict(Seal.objects.filter(number__in=roots).values_list("number", "root"))
    return [
        ChainProblem("other" if number in here else "gone", number)
        for number, root in sorted(roots.items())
        if here.get(number) != root
    ]
