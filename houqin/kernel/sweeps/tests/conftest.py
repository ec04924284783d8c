from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from houqin.kernel.sweeps.registry import SWEEPS
from houqin.kernel.sweeps.runs import claim

NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))


class Clock:
    """The time as the test says it."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now

    def pass_by(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def no_other_sweeps():
    """Only the sweeps that a test registers itself are run."""
    kept = dict(SWEEPS)
    SWEEPS.clear()
    yield
    SWEEPS.clear()
    SWEEPS.update(kept)


def held(job, now):
    """The run of `job`, which must be free."""
    run = claim(job, now)
    assert run is not None
    return run
