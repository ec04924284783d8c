"""A kind of clock that an app has added is drawn and explained beside those of the service standard."""

import pytest

from houqin.kernel.clock.actions import start_promise, stop_clock
from houqin.kernel.clock.kinds import KINDS, ClockKind
from houqin.kernel.worktime.models import Schedule
from houqin.ui.clocks import board, nearest
from tests.cast import NOW, cast, later

__all__ = ["cast"]


@pytest.fixture
def term():
    yield KINDS.register(ClockKind("term", "整改期限", 50)).code
    KINDS.remove("term")


@pytest.fixture
def demand(cast, term):
    demand = cast.submit(at=NOW)
    schedule = Schedule.objects.first()
    start_promise(demand, term, amount=1, unit="months", schedule=schedule, at=NOW)
    return demand


def test_a_fifth_kind_is_drawn_after_the_others_and_explained(demand, term):
    rows = board(demand, later(hours=1))
    assert rows[-1]["clock"].kind == term
    assert rows[-1]["chip"].label == "整改期限"
    assert rows[-1]["steps"][-1].text == "最后一日下班：到期"
    assert nearest(demand, later(hours=1)).label != "整改期限"


def test_what_has_only_such_a_clock_shows_how_it_ended(demand, term):
    demand.clocks.exclude(kind=term).delete()
    stop_clock(demand, term, at=later(hours=1))
    assert nearest(demand, later(hours=2)).text == "按时"
