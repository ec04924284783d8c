"""A calendar has changed: work out again what runs by it, and say on the record what moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from houqin.kernel.clock.actions import alarm_time, recompute
from houqin.kernel.clock.models import Clock
from houqin.kernel.people.models import User
from houqin.kernel.trail.actions import record
from houqin.kernel.worktime.models import Schedule
from houqin.kernel.worktime.promise import Span, Unit, due


@dataclass(frozen=True)
class Moved:
    """A clock whose due time is another one than before."""

    clock: Clock
    before: datetime | None
    after: datetime | None


@transaction.atomic
def recompute_schedule(actor: User, schedule: Schedule, *, now: datetime) -> list[Moved]:
    """Work out the running clocks of `schedule` and of all schedules built on it; those that moved.

    Each due time that moved is recorded on the clock's target as clock.moved. Clocks that have ended, are
    paused (they have no due time) or carry an imported one are left as they are.
    """
    touched = [clock for clock in running_by(schedule) if not _stays(clock, now)]
    _lock_targets(touched)
    again = running_by(schedule, only=[clock.pk for clock in touched])
    return list(_recomputed(actor, again, now))


def _recomputed(actor: User, clocks: Iterable[Clock], now: datetime) -> Iterator[Moved]:
    for clock in clocks:
        before, after = recompute(clock, at=now)
        if before != after:
            _tell(actor, clock, before, now)
            yield Moved(clock, before, after)


def running_by(schedule: Schedule, only: Iterable[int] | None = None) -> list[Clock]:
    """The clocks whose due times `schedule` decides, those of schedules built on it included."""
    clocks = Clock.objects.filter(
        schedule__in=schedule.family(), result=Clock.Result.RUNNING, paused_at=None, given_due=False
    )
    if only is not None:
        clocks = clocks.filter(pk__in=list(only))
    return list(clocks.with_promise().prefetch_related("target").order_by("pk"))


def _stays(clock: Clock, now: datetime) -> bool:
    """Whether the new calendar leaves the clock alone; most do, and cost no write."""
    spans = clock.spans(now)
    if _due_time_moves(clock, spans):
        return False
    percent = clock.next_alarm
    return percent is None or alarm_time(clock, percent, spans) == clock.next_alarm_at


def _due_time_moves(clock: Clock, spans: list[Span]) -> bool:
    timetable = clock.timetable()
    falls_due = due(timetable, Unit(clock.unit), clock.amount, clock.started_at, spans)
    provisional = timetable.provisional(falls_due)
    return (falls_due, provisional) != (clock.due_at, clock.provisional)


def _lock_targets(clocks: Iterable[Clock]) -> None:
    """Take the rows of the targets first, as every verb does: the other way round two would wait for each
    other."""
    pks = defaultdict(set)
    for clock in clocks:
        pks[type(clock.owner)].add(clock.target_id)
    for model in sorted(pks, key=lambda kind: kind._meta.label):
        rows = model._default_manager.select_for_update().filter(pk__in=pks[model])
        list(rows.order_by("pk").values("pk"))


def _tell(actor: User, clock: Clock, before: datetime | None, now: datetime) -> None:
    record(
        actor,
        "clock.moved",
        clock.owner,
        at=now,
        kind=clock.kind,
        clock=clock.pk,
        due=_short(clock.due_at),
        before=_short(before),
        due_at=clock.due_at.isoformat() if clock.due_at else "",
    )


def _short(moment: datetime | None) -> str:
    """A moment in the house's zone, written so that every language reads it."""
    return f"{localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
