"""Alarms at 50, 80, 100 and 150 per cent: each once, at its own time, in order, also after an outage."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from houqin.kernel.clock.actions import aim_alarm
from houqin.kernel.clock.models import Alarm, Clock
from houqin.kernel.people.models import the_house
from houqin.kernel.sweeps.registry import sweep
from houqin.kernel.trail.actions import record

BATCH = 200


@sweep(every=timedelta(seconds=15))
def ring_alarms(now: datetime) -> int:
    """Ring what is due, always the oldest first; one transaction an alarm, so that a kill loses and repeats
    none."""
    due = Clock.objects.filter(next_alarm_at__lte=now).order_by("next_alarm_at", "pk")
    rung = 0
    for _each in range(BATCH):
        pk = due.values_list("pk", flat=True).first()
        if pk is None:
            break
        rung += _ring_next(pk, now)
    return rung


@transaction.atomic
def _ring_next(pk: int, now: datetime) -> int:
    """Ring the next alarm of one clock. The row lock (or SQLite's writer lock) is taken by the claim."""
    claimed = Clock.objects.filter(pk=pk, next_alarm_at__lte=now, result=Clock.Result.RUNNING)
    if not claimed.update(round=F("round")):
        return 0
    clock = Clock.objects.select_related("schedule").get(pk=pk)
    assert clock.next_alarm is not None
    assert clock.next_alarm_at is not None
    percent, at = clock.next_alarm, clock.next_alarm_at
    # An action that ran beside the last ringing may have aimed at this percentage again.
    _alarm, rings = Alarm.objects.get_or_create(clock=clock, percent=percent, defaults={"at": at})
    aim_alarm(clock, clock.spans(now), set(clock.alarms.values_list("percent", flat=True)))
    clock.save(update_fields=["next_alarm", "next_alarm_at"])
    if rings:
        record(the_house(), "clock.alarm", clock.owner, at=at, kind=clock.kind, percent=percent, clock=pk)
    return 1
