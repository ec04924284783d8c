"""The last days of the demonstration, for tests that hold what the house says against plain computation."""

from datetime import timedelta
from random import Random

from houqin.demo.history import History
from houqin.demo.organisation import build_organisation
from houqin.kernel.timekeeping import turned_to
from tests.cast import NOW
from tests.effort import times
from tests.stages import Stage


def play():
    """The demonstration organisation with some days of its history, until NOW."""
    random, first = Random(20261123), NOW - timedelta(days=times(3, most=9))
    with turned_to(first):
        created = build_organisation(random, first, NOW + timedelta(days=2))
    History(created, random, first, NOW).play()
    return created


demonstration = Stage(play, during=lambda: turned_to(NOW)).fixture("demonstration")
