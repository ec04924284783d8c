"""A real worker is killed with SIGKILL in the middle of the alarms; the next one goes on where it was.

The worker is a process of its own on the database of the test, with the settings of production.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models import Demand
from houqin.kernel.clock.models import Alarm, Clock, Kind, Standard
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.kernel.worktime.models import Schedule
from houqin.platform.notices.models import Notice
from tests.cast import cast

__all__ = ["cast"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

ROOT = Path(__file__).parent.parent
REQUESTS, PER_REQUEST = 40, 4  # clocks
CLOCKS = REQUESTS * PER_REQUEST
PERCENTS = [50, 80, 100]  # 150 is still to come
SWEEP = "clock.ring_alarms"
PATIENCE = 45  # seconds


def database_url():
    """The database of this test, as the environment of another process names it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    secret = f":{settings['PASSWORD']}" if settings["PASSWORD"] else ""
    place = f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}"
    return f"postgres://{settings['USER']}{secret}@{place}/{settings['NAME']}"


@pytest.fixture
def worker(tmp_path):
    """`worker()` starts one; those that still live at the end are killed."""
    started = []
    ours = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path),
    }

    def start():
        process = subprocess.Popen(
            [sys.executable, "manage.py", "worker"], cwd=ROOT, env=os.environ | ours,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def open_for_a_day(cast, now):
    """Requests whose clocks of 20 hours started 24 hours ago, a second apart: each has three alarms due."""
    entry, schedule = Entry.objects.get(code="hvac"), Schedule.objects.get()
    standard, kind = Standard.objects.get(), ContentType.objects.get_for_model(Demand)
    at = now - timedelta(hours=24)
    demands = Demand.objects.bulk_create(
        Demand(
            number=f"XQ-{nth}", entry=entry, title="灯不亮", place=cast.room, requester=cast.wu,
            claimed="important", grade="important", standard=standard, submitted_at=at,
        )
        for nth in range(REQUESTS)
    )  # fmt: skip
    Clock.objects.bulk_create(
        Clock(
            target_type=kind, target_id=demand.pk, kind=Kind.HANDLING, round=nth + 1, grade="important",
            standard=standard, schedule=schedule, amount=20, unit="hours", started_at=start,
            due_at=start + timedelta(hours=20), next_alarm=50, next_alarm_at=start + timedelta(hours=10),
        )
        for demand in demands
        for nth in range(PER_REQUEST)
        for start in [at + timedelta(seconds=demand.pk % 60 + nth)]
    )  # fmt: skip


def wait_until(reached):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        count = Alarm.objects.count()
        if reached(count):
            return count
        time.sleep(0.05)
    raise AssertionError(f"{Alarm.objects.count()} alarms after {PATIENCE} seconds")


def test_every_alarm_rings_once_though_the_worker_was_killed_among_them(cast, worker):
    now, everything = timezone.now(), CLOCKS * len(PERCENTS)
    with turned_to(now - timedelta(hours=24)):
        open_for_a_day(cast, now)
    for enough in (everything // 6, everything // 2):
        doomed = worker()
        wait_until(lambda count, enough=enough: count >= enough)
        doomed.send_signal(signal.SIGKILL)
        assert doomed.wait() == -signal.SIGKILL
        assert enough <= Alarm.objects.count() < everything
        told_alike()
        # The dead one holds the sweep until its lease is over.
        assert SweepRun.objects.get(name=SWEEP).lease_until > timezone.now()
        SweepRun.objects.filter(name=SWEEP).update(
            lease_until=timezone.now() - timedelta(seconds=1)
        )
    worker()
    wait_until(lambda count: count == everything)
    told_alike()
    rang_in_order_and_in_time()


def told_alike():
    """Alarms, events and notices are of one transaction: there is one of each for each."""
    rung = Counter(Alarm.objects.values_list("clock", "percent", "at"))
    events = Event.objects.filter(name="clock.alarm")
    recorded = Counter((event.facts["clock"], event.facts["percent"], event.at) for event in events)
    assert rung == recorded
    assert set(rung.values()) <= {1}
    expected = Counter({50: 1, 80: 1, 100: 2})  # the coordinator, and from 100 on the manager
    told = Counter(Notice.objects.values_list("event", flat=True))
    assert {pk: told[pk] for pk in told} == {
        event.pk: expected[event.facts["percent"]] for event in events
    }


def rang_in_order_and_in_time():
    for clock in Clock.objects.prefetch_related("alarms"):
        rung = sorted(clock.alarms.all(), key=lambda alarm: alarm.pk)
        assert [(each.percent, each.at) for each in rung] == [
            (percent, clock.started_at + timedelta(hours=20) * percent / 100)
            for percent in PERCENTS
        ]
        assert (clock.next_alarm, clock.next_alarm_at) == (
            150,
            clock.started_at + timedelta(hours=30),
        )
