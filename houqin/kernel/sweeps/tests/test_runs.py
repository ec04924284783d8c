import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, connections

from houqin.kernel.leases import LeaseLost
from houqin.kernel.sweeps.models import SweepRun
from houqin.kernel.sweeps.registry import SWEEPS, sweep
from houqin.kernel.sweeps.runs import claim, enroll, fail, finish
from houqin.kernel.sweeps.tests.conftest import NOW, held
from houqin.kernel.sweeps.worker import Worker

pytestmark = pytest.mark.engine
MINUTE, LEASE = timedelta(minutes=1), SweepRun.LEASE


@pytest.fixture
def job():
    sweep(every=MINUTE, name="job")(lambda now: 0)
    return SWEEPS["job"]


@pytest.mark.django_db
def test_a_lease_is_held_by_one(job):
    enroll(NOW)
    assert claim(job, NOW) is not None
    assert claim(job, NOW) is None
    assert claim(job, NOW + LEASE) is None


@pytest.mark.django_db
def test_a_lease_is_given_back_for_the_next_interval(job):
    enroll(NOW)
    finish(held(job, NOW), NOW, count=3, more=False)
    assert claim(job, NOW + MINUTE - timedelta(seconds=1)) is None
    assert claim(job, NOW + MINUTE) is not None


@pytest.mark.django_db
def test_after_a_crash_another_takes_over_and_the_dead_one_changes_nothing(job):
    enroll(NOW)
    dead = held(job, NOW)
    later = NOW + LEASE + timedelta(seconds=1)
    alive = held(job, later)
    for late in (
        lambda: dead.renew(later),
        lambda: finish(dead, later, count=99, more=False),
        lambda: fail(dead, later, error="late"),
    ):
        with pytest.raises(LeaseLost):
            late()
    alive.renew(later)
    row = SweepRun.objects.get()
    assert (row.lease_token, row.last_count, row.last_error) == (alive.lease_token, 0, "")


@pytest.mark.django_db
def test_a_renewed_lease_lasts_longer(job):
    enroll(NOW)
    lease = held(job, NOW)
    lease.renew(NOW + LEASE)
    assert claim(job, NOW + 2 * LEASE - timedelta(seconds=1)) is None


@pytest.mark.django_db
def test_enrolling_twice_changes_nothing(job):
    enroll(NOW)
    finish(held(job, NOW), NOW, count=3, more=False)
    enroll(NOW)
    assert SweepRun.objects.get().next_at == NOW + MINUTE


def in_threads(work, number):
    """Run `work` in that many threads at once, and raise what any of them raised."""
    start, failures = threading.Barrier(number), []

    def run():
        try:
            start.wait()
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_gets_the_lease(job):
    enroll(NOW)
    got = []
    in_threads(lambda: got.append(claim(job, NOW)), 6)
    assert len([lease for lease in got if lease is not None]) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_run_the_same_sweep_at_once(clock):
    running, most, runs = set(), [], []

    @sweep(every=timedelta(seconds=1), name="job")
    def job(now):
        me = threading.get_ident()
        running.add(me)
        most.append(len(running))
        assert not connection.in_atomic_block
        time.sleep(0.02)
        running.discard(me)
        runs.append(now)
        return 0

    for _round in range(4):
        in_threads(lambda: Worker(clock).run(once=True), 3)
        clock.pass_by(seconds=1)
    assert max(most) == 1
    assert runs == [NOW + timedelta(seconds=second) for second in range(4)]
