"""Laws that hold for every timetable, moment and amount, also where the clock is changed."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from houqin.kernel.worktime.promise import Span, Unit, due, moment, used
from houqin.kernel.worktime.tests.facts import AROUND_THE_CLOCK, OFFICE, chinese_timetable
from houqin.kernel.worktime.timetable import Timetable
from tests.effort import times

NIGHTS = ((time(0), time(2, 30)), (time(2, 30), time(6)), (time(21), time(0)))
TIMETABLES = [
    chinese_timetable(OFFICE, 2019, 2022),
    Timetable(ZoneInfo("Europe/Berlin"), dict.fromkeys(range(7), NIGHTS), {}),
    Timetable(
        ZoneInfo("America/Sao_Paulo"), dict.fromkeys(range(6), NIGHTS), {}
    ),  # changed at midnight
    Timetable(
        ZoneInfo("Australia/Lord_Howe"), {5: AROUND_THE_CLOCK, 6: AROUND_THE_CLOCK}, {}
    ),  # half an hour
    Timetable(ZoneInfo("Pacific/Apia"), dict.fromkeys(range(5), OFFICE), {}),  # left out 2011-12-30
]
EPOCH = datetime(2011, 1, 1, tzinfo=UTC)
Promise = tuple[Timetable, Unit, int, datetime, list[Span]]
timetables = st.sampled_from(TIMETABLES)
moments = st.integers(0, 12 * 366 * 86_400).map(lambda seconds: EPOCH + timedelta(seconds=seconds))
amounts = st.integers(0, 60 * 3600).map(lambda seconds: timedelta(seconds=seconds))
units = st.sampled_from(list(Unit))


def law(
    *strategies: st.SearchStrategy[Any],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test of `strategies` that keeps no notes on disk and is not hurried on a slow machine."""
    return lambda test: settings(deadline=None, max_examples=times(30, most=300), database=None)(
        given(*strategies)(test)
    )


@st.composite
def promises(draw):
    """Arguments of `due`: pauses begin up to two days before the start and last up to six days."""
    start = draw(moments)
    offsets = st.tuples(st.integers(-48 * 60, 240 * 60), st.integers(0, 144 * 60))
    pauses = [
        Span(start + timedelta(minutes=begin), start + timedelta(minutes=begin + length))
        for begin, length in draw(st.lists(offsets, max_size=5))
    ]
    return draw(timetables), draw(units), draw(st.integers(1, 20)), start, pauses


@law(timetables, moments, amounts)
def test_measuring_what_was_added_gives_the_amount_back(table, t, amount):
    assert table.between(t, table.add(t, amount)) == amount


@law(timetables, moments, moments, amounts, amounts)
def test_adding_keeps_the_order_of_starts_and_of_amounts(table, t, u, amount, more):
    assert table.add(min(t, u), amount).astimezone(UTC) <= table.add(max(t, u), amount).astimezone(
        UTC
    )
    assert table.add(t, amount).astimezone(UTC) <= table.add(t, amount + more).astimezone(UTC)


@law(timetables, moments, moments, moments)
def test_working_time_of_two_parts_is_that_of_the_whole(table, a, b, c):
    first, middle, last = sorted([a, b, c])
    assert table.between(first, last) == table.between(first, middle) + table.between(middle, last)


@law(timetables, moments)
def test_the_next_opening_is_open_and_nothing_is_open_before_it(table, t):
    opening, closing = table.next_open(t), table.prev_open(t)
    assert table.is_open(opening)
    assert not table.between(t, opening)
    assert not table.between(closing, t)
    assert table.is_open(t) == (opening == t)


@law(timetables, moments, st.integers(-30, 30).filter(bool))
def test_working_days_are_counted_back_as_they_were_counted_on(table, t, n):
    moved = table.workdays_from(table.local_date(t), n)
    assert table.is_working_day(moved)
    if table.is_working_day(table.local_date(t)):
        assert table.workdays_from(moved, -n) == table.local_date(t)


@law(promises(), st.integers(0, 3), st.floats(0, 1))
def test_splitting_a_pause_changes_nothing(promise: Promise, which, part):
    table, unit, amount, start, pauses = promise
    if pauses:
        pause = pauses[which % len(pauses)]
        cut = pause.start + (pause.end - pause.start) * part
        pieces = [other for other in pauses if other is not pause]
        assert due(
            table, unit, amount, start, [*pieces, Span(pause.start, cut), Span(cut, pause.end)]
        ) == due(*promise)


@law(promises(), st.randoms(use_true_random=False))
def test_the_order_and_repetition_of_pauses_do_not_matter(promise: Promise, rng):
    table, unit, amount, start, pauses = promise
    shuffled = pauses + pauses[:2]
    rng.shuffle(shuffled)
    assert due(table, unit, amount, start, shuffled) == due(*promise)


@law(promises(), st.integers(1, 5), st.integers(0, 5 * 24 * 60))
def test_due_keeps_the_order_of_starts_and_amounts_and_one_more_pause_never_hastens(
    promise: Promise, more, minutes
):
    table, unit, amount, start, pauses = promise
    at = due(*promise).astimezone(UTC)
    assert at <= due(table, unit, amount + more, start, pauses).astimezone(UTC)
    # Months are of unequal length: with a pause in between, a later start may have less to make up for.
    if unit is not Unit.MONTHS or not pauses:
        later = start + timedelta(minutes=minutes)
        assert at <= due(table, unit, amount, later, pauses).astimezone(UTC)
    pause = Span(start, start + timedelta(minutes=minutes))
    assert at <= due(table, unit, amount, start, [*pauses, pause]).astimezone(UTC)


@law(promises(), st.floats(0.001, 2))
def test_moment_is_the_inverse_of_used(promise: Promise, share):
    at = moment(*promise, share)
    assert used(*promise, at) == pytest.approx(share, abs=1e-8)
    assert moment(*promise, 1) == due(*promise)
    assert used(*promise, due(*promise)) == 1.0
    assert used(*promise, due(*promise) - timedelta(microseconds=1)) < 1.0


@law(promises(), moments, st.integers(0, 100_000))
def test_use_never_falls_and_stands_still_in_a_pause(promise: Promise, at, seconds):
    assert used(*promise, at) <= used(*promise, at + timedelta(seconds=seconds))
    start, pauses = promise[3:]
    for pause in pauses:
        if pause.start >= start:
            assert used(*promise, pause.start) == used(*promise, pause.end)


@law(promises(), st.floats(0, 2))
def test_no_deadline_or_alarm_falls_inside_a_pause(promise: Promise, share):
    start, pauses = promise[3:]
    at = moment(*promise, share).astimezone(UTC)
    assert not any(max(pause.start, start) < at < pause.end for pause in pauses) or at == start
