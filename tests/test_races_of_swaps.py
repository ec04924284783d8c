"""Swaps of the same shifts at one moment, on both engines: one counts, the others are told so."""

from datetime import timedelta

import pytest

from houqin.kernel.errors import Refused
from houqin.kernel.trail.models import Event
from houqin.work.roster.models import Shift, Swap
from houqin.work.roster.swapping import agree_swap, approve_swap, ask_swap, withdraw_swap
from tests.cast import NOW, cast
from tests.racing import kinds, race

__all__ = ["cast"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ROUNDS = 6
MANY = 12


def shift(cast, user, day):
    start = NOW.replace(hour=8, minute=0) + timedelta(days=day)
    return Shift.objects.create(
        user=user, place=cast.building, starts_at=start, ends_at=start + timedelta(hours=8)
    )


def agreed(asker, mine, colleague, theirs):
    """A swap that waits for the lead."""
    swap = ask_swap(asker, mine, colleague=colleague, back=theirs)
    agree_swap(colleague, swap)
    return swap


def workers(*shifts):
    """Who works each, after whatever happened; the shifts themselves are what they were."""
    now = [Shift.objects.select_related("user").get(pk=each.pk) for each in shifts]
    assert [(each.starts_at, each.ends_at) for each in now] == [
        (each.starts_at, each.ends_at) for each in shifts
    ]
    return [each.user for each in now]


def test_of_many_who_ask_for_a_swap_of_one_shift_one_does(cast):
    mine, theirs = shift(cast, cast.wang, 1), shift(cast, cast.zhao, 2)
    seen = [Shift.objects.get(pk=mine.pk) for _nth in range(MANY)]
    outcomes = race(
        MANY, lambda nth: ask_swap(cast.wang, seen[nth], colleague=cast.zhao, back=theirs)
    )
    assert kinds(outcomes) == {Refused}
    assert [outcome for outcome in outcomes if isinstance(outcome, Swap)] == [Swap.objects.get()]


def test_of_two_who_were_promised_the_same_shift_one_gets_it(cast):
    """wang and sun each swap with zhao, for the same one of his shifts; both are approved at once."""
    cast.person("sun", "孙师傅", cast.hq)
    cast.crew("白班", cast.building, sun=[cast.hvac])
    for _round in range(ROUNDS):
        Shift.objects.all().delete()
        first, second, wanted = (
            shift(cast, who, day) for who, day in ((cast.wang, 1), (cast.sun, 2), (cast.zhao, 3))
        )
        swaps = [
            agreed(cast.wang, first, cast.zhao, wanted),
            agreed(cast.sun, second, cast.zhao, wanted),
        ]
        outcomes = race(2, lambda nth, swaps=swaps: approve_swap(cast.li, swaps[nth]))
        assert kinds(outcomes) == {Refused}
        assert outcomes.count(None) == 1
        done = Swap.objects.get(status=Swap.Status.DONE, pk__in=[swap.pk for swap in swaps])
        expected = (
            [cast.zhao, cast.sun, cast.wang]
            if done == swaps[0]
            else [cast.wang, cast.zhao, cast.sun]
        )
        assert workers(first, second, wanted) == expected


def test_of_two_swaps_that_mean_each_other_s_shifts_one_is_done(cast):
    """Each has asked the other, the same two shifts crosswise; done twice, all would be as it was."""
    for _round in range(ROUNDS):
        Shift.objects.all().delete()
        mine, theirs = shift(cast, cast.wang, 1), shift(cast, cast.zhao, 2)
        swaps = [
            agreed(cast.wang, mine, cast.zhao, theirs),
            agreed(cast.zhao, theirs, cast.wang, mine),
        ]
        outcomes = race(2, lambda nth, swaps=swaps: approve_swap(cast.li, swaps[nth]))
        assert kinds(outcomes) == {Refused}
        assert workers(mine, theirs) == [cast.zhao, cast.wang]


def test_of_an_approval_and_a_withdrawal_at_one_moment_one_counts(cast):
    for _round in range(ROUNDS):
        Shift.objects.all().delete()
        mine, theirs = shift(cast, cast.wang, 1), shift(cast, cast.zhao, 2)
        swap = agreed(cast.wang, mine, cast.zhao, theirs)
        first, second = (Swap.objects.get(pk=swap.pk) for _nth in range(2))
        outcomes = race(
            2,
            lambda nth, first=first, second=second: (
                withdraw_swap(cast.wang, second) if nth else approve_swap(cast.li, first)
            ),
        )
        assert kinds(outcomes) == {Refused}
        swap.refresh_from_db()
        before, after = [cast.wang, cast.zhao], [cast.zhao, cast.wang]
        assert workers(mine, theirs) == (after if swap.status == Swap.Status.DONE else before)
        told = Event.objects.about(swap).filter(name__in=["swap.done", "swap.withdrawn"])
        assert told.count() == 1
