import logging
import os
import signal
import threading
from datetime import timedelta

import pytest
from django.db import OperationalError

from houqin.kernel.sweeps import worker as worker_module
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.sweeps.registry import sweep
from houqin.kernel.sweeps.runs import claim
from houqin.kernel.sweeps.tests.conftest import NOW
from houqin.kernel.sweeps.worker import Worker

pytestmark = pytest.mark.engine
MINUTE = timedelta(minutes=1)


def counting(counts, **options):
    """A sweep that returns the given counts, one a run, and remembers when it ran."""
    runs = []

    @sweep(every=MINUTE, name="count", **options)
    def run(now):
        runs.append(now)
        return counts.pop(0) if counts else 0

    return runs


@pytest.mark.django_db
def test_a_new_sweep_runs_at_once_and_then_each_interval(clock):
    runs = counting([])
    for _second in range(0, 121, 10):
        Worker(clock).run(once=True)
        clock.pass_by(seconds=10)
    assert runs == [NOW, NOW + MINUTE, NOW + 2 * MINUTE]


@pytest.mark.django_db
def test_a_full_batch_is_followed_by_the_next_at_once(clock):
    runs = counting([5, 5, 3], batch=5)
    Worker(clock).run(once=True)
    assert len(runs) == 3
    assert SweepRun.objects.get().last_count == 13


@pytest.mark.django_db
def test_a_mountain_of_work_lets_the_other_sweeps_through(clock):
    order = []

    @sweep(every=MINUTE, name="a mountain", batch=1)
    def mountain(now):
        order.append("mountain")
        return int(len(order) < 120)

    @sweep(every=MINUTE, name="b other")
    def other(now):
        order.append("other")
        return 0

    Worker(clock).run(once=True)
    assert order.index("other") == worker_module.MOST_BATCHES
    assert order.count("mountain") >= 119


@pytest.mark.django_db
def test_a_sweep_that_fails_waits_longer_each_time_and_then_recovers(clock):
    broken = True
    runs = []

    @sweep(every=MINUTE, name="shaky")
    def shaky(now):
        runs.append(now)
        if broken:
            raise ValueError("王五 13800000000")
        return 1

    waits = []
    for _failure in range(9):
        Worker(clock).run(once=True)
        row = SweepRun.objects.get()
        waits.append((row.next_at - clock.now).total_seconds())
        clock.now = row.next_at
    assert waits == [10, 20, 40, 80, 160, 320, 600, 600, 600]
    assert (row.failures, row.last_finished_at, row.lease_until) == (9, None, None)
    broken = False
    Worker(clock).run(once=True)
    row.refresh_from_db()
    assert (row.failures, row.last_error, row.last_finished_at) == (0, "", clock.now)


@pytest.mark.django_db
def test_an_error_is_told_without_anybodys_data(clock, caplog):
    @sweep(every=MINUTE, name="shaky")
    def shaky(now):
        raise ValueError("王五 13800000000")

    with caplog.at_level(logging.INFO):
        Worker(clock).run(once=True)
    told = SweepRun.objects.get().last_error
    assert told.startswith("ValueError at test_worker.py:")
    assert told in caplog.text
    assert "13800000000" not in told + caplog.text


@pytest.mark.django_db
def test_one_broken_sweep_does_not_stop_the_others(clock):
    @sweep(every=MINUTE, name="a broken")
    def broken(now):
        raise RuntimeError

    runs = counting([])
    Worker(clock).run(once=True)
    assert len(runs) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_worker_after_the_batch_that_runs(clock, number):
    ended = []

    @sweep(every=MINUTE, name="a busy", batch=1)
    def busy(now):
        os.kill(os.getpid(), number)
        ended.append("whole batch")
        return 1

    runs = counting([])
    worker = Worker(clock)
    with worker.listening():
        worker.run()  # ends by itself, or this test never does
    row = SweepRun.objects.get(name="a busy")
    assert ended == ["whole batch"]
    assert (row.lease_until, row.next_at, row.last_finished_at) == (None, clock.now, clock.now)
    assert runs == []


@pytest.mark.django_db
def test_a_worker_outlives_its_database(clock, monkeypatch):
    runs = counting([])
    worker = Worker(clock)
    calls = []

    def down_at_first(*args):
        calls.append(args)
        if len(calls) == 1:
            raise OperationalError("server closed the connection")
        threading.Timer(0, worker.stop).start()
        return claim(*args)

    monkeypatch.setattr(worker_module, "claim", down_at_first)
    monkeypatch.setattr(worker_module, "LONGEST_SLEEP", timedelta(milliseconds=1))
    worker.run()
    assert len(runs) == 1


@pytest.mark.django_db
def test_the_row_of_a_sweep_that_was_removed_is_left_alone(clock):
    SweepRun.objects.create(name="gone", next_at=NOW - MINUTE)
    runs = counting([])
    Worker(clock).run(once=True)
    assert len(runs) == 1
    assert SweepRun.objects.get(name="gone").last_started_at is None
