from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from houqin.kernel.sweeps.registry import SWEEPS, sweep

MINUTE = timedelta(minutes=1)


def test_a_sweep_is_known_by_its_app_and_its_own_name():
    @sweep(every=MINUTE)
    def ring_alarms(now):
        return 0

    assert SWEEPS["tests.ring_alarms"].run is ring_alarms
    assert SWEEPS["tests.ring_alarms"].every == MINUTE


def test_a_name_belongs_to_one_app():
    def elsewhere(now):
        return 0

    elsewhere.__module__ = "houqin.other.sweeps"
    sweep(every=MINUTE, name="x")(lambda now: 0)
    with pytest.raises(ImproperlyConfigured, match="Two sweeps"):
        sweep(every=MINUTE, name="x")(elsewhere)


def test_an_interval_that_would_never_rest_is_refused():
    with pytest.raises(ImproperlyConfigured, match="more than once a second"):
        sweep(every=timedelta(0), name="x")(lambda now: 0)
