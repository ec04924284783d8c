from datetime import timedelta

import pytest

from houqin.work.roster.models import Shift
from tests.browsing import browser, running_clock, troubles, visit, window
from tests.cast import NOW, cast

__all__ = ["browser", "cast", "running_clock", "troubles", "visit", "window"]


@pytest.fixture
def house(live_server, cast, running_clock, settings, tmp_path):
    """The cast behind a live server, where it is Monday, 23 November 2026, 10:24, and time passes."""
    settings.MEDIA_ROOT = tmp_path
    running_clock(NOW)
    hours = {"starts_at": NOW - timedelta(hours=2), "ends_at": NOW + timedelta(hours=7)}
    Shift.objects.create(user=cast.wang, place=cast.building, **hours)
    return cast
