from datetime import timedelta

import pytest

from houqin.kernel.sweeps.registry import SWEEPS, sweep
from houqin.kernel.sweeps.reports import PATIENCE, Health, troubled
from houqin.kernel.sweeps.reports import health as health_of_each
from houqin.kernel.sweeps.runs import claim, enroll, fail, finish
from houqin.kernel.sweeps.tests.conftest import NOW, held

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def job(db):
    sweep(every=MINUTE, name="job")(lambda now: 0)
    return SWEEPS["job"]


def health(now):
    """How each sweep is; the number of those in trouble, which the shell asks for alone, is theirs."""
    sweeps = health_of_each(now)
    assert troubled(now) == sum(each.late or bool(each.error) for each in sweeps)
    return sweeps


def test_a_sweep_that_no_worker_has_seen_is_late(job):
    assert health(NOW) == [Health("job", None, late=True, error="")]


def test_a_sweep_is_late_when_nobody_runs_it(job):
    enroll(NOW)
    finish(held(job, NOW), NOW, count=0, more=False)
    assert health(NOW + MINUTE + PATIENCE) == [Health("job", NOW, late=False, error="")]
    assert health(NOW + MINUTE + PATIENCE + SECOND)[0].late


def test_a_sweep_that_runs_now_is_not_late_until_its_worker_is_lost(job):
    enroll(NOW)
    claim(job, NOW)
    assert not health(NOW + PATIENCE + SECOND)[0].late
    assert health(NOW + 10 * MINUTE)[0].late


def test_a_failure_is_shown(job):
    enroll(NOW)
    fail(held(job, NOW), NOW, error="ValueError at x.py:1 in y")
    assert health(NOW)[0].error == "ValueError at x.py:1 in y"
