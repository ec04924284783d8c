"""What is counted is counted right by any number of processes, on both engines."""

from datetime import timedelta

import pytest

from houqin.platform.identity import attempts
from houqin.platform.identity.models import Failure
from houqin.platform.rate_limits.actions import Limit, admit, measure, take_back
from houqin.platform.rate_limits.models import RateCounter
from houqin.platform.rate_limits.sweeps import forget_counters
from tests.cast import NOW, later
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)
FIVE = Limit(5, MINUTE)


def test_after_the_limit_one_waits_until_the_window_of_the_first_try_ends():
    tries = [admit([measure("try", "wu", FIVE)], later(seconds=5 * nth)) for nth in range(6)]
    assert tries == [None] * 5 + [later(minutes=1)]
    assert admit([measure("try", "wu", FIVE)], later(seconds=59))
    assert admit([measure("try", "wu", FIVE)], later(minutes=1)) is None


def test_who_and_what_are_counted_apart():
    for _nth in range(5):
        admit([measure("try", "wu", FIVE)], NOW)
    assert admit([measure("try", "WU", FIVE)], NOW)
    assert admit([measure("try", "li", FIVE)], NOW) is None
    assert admit([measure("other", "wu", FIVE)], NOW) is None


def test_with_a_back_off_each_further_try_costs_more():
    limit = Limit(2, timedelta(days=1), lambda beyond: MINUTE * 2**beyond)
    admit([measure("try", "wu", limit)], NOW)
    at, waits = NOW, []
    for _nth in range(3):
        assert admit([measure("try", "wu", limit)], at) is None
        until = admit([measure("try", "wu", limit)], at)
        waits.append(until - at)
        at = until
    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert admit([measure("try", "wu", limit)], at + timedelta(days=1)) is None
    assert admit([measure("try", "wu", limit)], at + timedelta(days=1)) is None, "counted anew"


def test_where_one_limit_refuses_the_others_do_not_count():
    first, second = measure("one", "wu", Limit(1, MINUTE)), measure("other", "wu", FIVE)
    admit([first, second], NOW)
    assert all(admit([first, second], NOW) for _nth in range(9))
    assert sorted(RateCounter.objects.values_list("count", flat=True)) == [1, 1]


def test_what_is_taken_back_has_not_been_tried():
    tried = measure("try", "wu", Limit(1, MINUTE))
    admit([tried], NOW)
    assert admit([tried], NOW)
    take_back([tried])
    assert admit([tried], NOW) is None


def test_of_many_at_once_no_more_than_the_limit_pass():
    answers = race(40, lambda nth: admit([measure("try", "wu", FIVE)], NOW))
    assert sorted(answers, key=str) == [later(minutes=1)] * 35 + [None] * 5


def test_of_many_passwords_tried_at_once_no_more_than_the_limit_are_looked_at():
    answers = race(40, lambda nth: attempts.admit("wu", "10.0.0.1", NOW))
    assert answers.count(None) == attempts.OF_BOTH
    assert Failure.objects.get(username="wu", address="10.0.0.1").locked_until == later(minutes=1)


def test_what_counts_no_longer_is_removed():
    admit([measure("try", "wu", FIVE)], NOW)
    assert forget_counters(later(seconds=59)) == 0
    assert forget_counters(later(seconds=61)) == 1
