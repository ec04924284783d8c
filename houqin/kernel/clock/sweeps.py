"""Alarms at 50, 80, 100 and 150 per cent: each once, at its own time, in order, also after an outage."""

import logging
from collections.abc import Set
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from houqin.kernel.clock.actions import ALARMS, aim_alarm
from houqin.kernel.clock.models import Alarm, Clock
from houqin.kernel.people.models import the_house
from houqin.kernel.sweeps.registry import sweep
from houqin.kernel.sweeps.worker import where
from houqin.kernel.trail.actions import record

logger = logging.getLogger(__name__)

BATCH = 200


@sweep(every=timedelta(seconds=15), title=_("时限到点提醒"))
def ring_alarms(now: datetime) -> int:
    """Ring what is due, always the oldest first; one transaction an alarm, so that a kill loses and repeats
    none. A clock that cannot ring holds up no other."""
    rung, stuck = 0, set[int]()
    for _each in range(BATCH):
        pk = _oldest_due(now, stuck)
        if pk is None:
            break
        try:
            rung += _ring_next(pk, now)
        except DatabaseError:
            raise
        except Exception as error:
            logger.error("The alarm of clock %s failed: %s", pk, where(error))
            stuck.add(pk)
    return rung


def _due(now: datetime) -> QuerySet[Clock]:
    return Clock.objects.filter(next_alarm_at__lte=now, result=Clock.Result.RUNNING)


def _oldest_due(now: datetime, stuck: Set[int]) -> int | None:
    oldest = _due(now).exclude(pk__in=stuck).order_by("next_alarm_at", "pk")
    return oldest.values_list("pk", flat=True).first()


@transaction.atomic
def _ring_next(pk: int, now: datetime) -> int:
    """Ring the next alarm of one clock. The row lock (or SQLite's writer lock) is taken by the claim."""
    if not _due(now).filter(pk=pk).update(round=F("round")):
        return 0
    clock = Clock.objects.select_related("schedule").get(pk=pk)
    assert clock.next_alarm is not None
    assert clock.next_alarm_at is not None
    percent, at = clock.next_alarm, clock.next_alarm_at
    # An action that ran beside the last ringing may have aimed at this percentage again.
    _alarm, rings = Alarm.objects.get_or_create(clock=clock, percent=percent, defaults={"at": at})
    _aim_after(clock, percent, now)
    if rings:
        facts = {"kind": clock.kind, "percent": percent, "clock": pk}
        record(the_house(), "clock.alarm", clock.owner, at=at, **facts)
    return 1


def _aim_after(clock: Clock, percent: int, now: datetime) -> None:
    """Aim at the alarm that follows `percent`, if there is one."""
    clock.next_alarm = next((following for following in ALARMS if following > percent), None)
    aim_alarm(clock, clock.spans(now))
    clock.save(update_fields=["next_alarm", "next_alarm_at"])
