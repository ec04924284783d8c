"""Bookings, told of shifts: what is held keeps others out, on both engines and for any number at once."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.trail.models import Event
from houqin.shared.bookings.actions import book
from houqin.shared.bookings.constraints import constraint_of
from houqin.shared.bookings.models import Booking, Hold
from houqin.shared.bookings.sweeps import free_lapsed
from houqin.work.roster.models import Shift
from tests.cast import NOW
from tests.racing import kinds, race

HOUR = timedelta(hours=1)
DAY = NOW.replace(hour=0, minute=0)


def shift(cast, start, length=1, *, user=None, **fields):
    return Shift(
        user=user or cast.wang,
        place=cast.near,
        starts_at=DAY + start * HOUR,
        ends_at=DAY + (start + length) * HOUR,
        **fields,
    )


def tentative(cast, start, length=1, *, until=NOW + HOUR):
    return shift(cast, start, length, hold=Hold.TENTATIVE, expires_at=until)


def held():
    """The hours of whoever has any."""
    rows = Shift.objects.held().order_by("starts_at", "pk")
    return [
        (row.user.username, (row.starts_at - DAY) // HOUR, (row.ends_at - DAY) // HOUR)
        for row in rows.select_related("user")
    ]


def test_what_is_held_is_refused_by_name_and_what_touches_it_is_not(cast):
    book(shift(cast, 8, 4), at=NOW)
    with pytest.raises(Refused, match=r"王师傅已有 11-23 班 08:00–12:00，时间重叠"):
        book(shift(cast, 11), at=NOW)
    book(shift(cast, 12), shift(cast, 7), shift(cast, 8, user=cast.zhao), at=NOW)
    book(shift(cast, 8, on_call=True), at=NOW)
    assert len(held()) == 5


def test_a_series_is_booked_whole_or_not_at_all(cast):
    book(shift(cast, 30), at=NOW)
    with pytest.raises(Refused, match="11-24"):
        book(*(shift(cast, start) for start in (6, 30, 54)), at=NOW)
    assert held() == [("wang", 30, 31)]
    with pytest.raises(Refused):  # nor may its own parts overlap
        book(shift(cast, 8, 3), shift(cast, 10), at=NOW)
    assert held() == [("wang", 30, 31)]


def test_moving_takes_what_another_leaves_and_stays_where_it_was_when_it_cannot(cast):
    first, second = shift(cast, 8), shift(cast, 9)
    book(first, second, at=NOW)
    first.starts_at, second.starts_at = second.starts_at, first.starts_at
    first.ends_at, second.ends_at = second.ends_at, first.ends_at
    book(first, second, at=NOW)
    assert held() == [("wang", 8, 9), ("wang", 9, 10)]
    assert Shift.objects.get(pk=first.pk).starts_at == DAY + 9 * HOUR
    first.starts_at = DAY + 8 * HOUR
    with pytest.raises(Refused):
        book(first, at=NOW)
    assert held() == [("wang", 8, 9), ("wang", 9, 10)]


def test_a_tentative_booking_keeps_others_out_until_it_expires_or_is_confirmed(cast):
    lapsing, kept = tentative(cast, 8), tentative(cast, 9)
    book(lapsing, kept, at=NOW)
    with pytest.raises(Refused):
        book(shift(cast, 8), at=NOW + HOUR / 2)
    kept.hold = Hold.CONFIRMED
    book(kept, at=NOW + HOUR / 2)
    book(shift(cast, 8), at=NOW + HOUR)
    with pytest.raises(Refused):
        book(shift(cast, 9), at=NOW + HOUR)
    (event,) = Event.objects.about(lapsing).filter(name="booking.lapsed")
    assert (event.at, event.actor.is_system) == (NOW + HOUR, True)


def test_time_frees_what_nobody_confirms_once(cast):
    book(tentative(cast, 8), tentative(cast, 9, until=NOW + 3 * HOUR), shift(cast, 10), at=NOW)
    assert [free_lapsed(NOW), free_lapsed(NOW + HOUR), free_lapsed(NOW + HOUR)] == [0, 1, 0]
    assert held() == [("wang", 9, 10), ("wang", 10, 11)]
    with pytest.raises(IntegrityError), transaction.atomic():  # and a tentative one must expire
        shift(cast, 20, hold=Hold.TENTATIVE).save()


def test_who_is_free(cast):
    book(shift(cast, 8, 2), tentative(cast, 12), at=NOW)
    crew = User.objects.filter(pk__in=[cast.wang.pk, cast.zhao.pk])

    def free(start, end):
        results = Shift.objects.free(crew, DAY + start * HOUR, DAY + end * HOUR)
        return {person.username for person in results}

    assert free(9, 11) == free(12, 13) == {"zhao"}
    assert free(10, 12) == {"wang", "zhao"}


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["book", "move", "free"]),
        st.integers(0, 5),
        st.lists(
            st.tuples(st.booleans(), st.integers(0, 12), st.integers(1, 4)), min_size=1, max_size=3
        ),
    ),
    max_size=12,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=MOVES)
def test_any_sequence_leaves_what_a_plain_model_says(cast, moves):
    """The model: a dictionary of stretches. What would overlap changes nothing."""
    Shift.objects.all().delete()
    plain = {}
    for verb, nth, wanted in moves:
        key = sorted(plain)[nth % len(plain)] if plain else None
        if verb == "free" and key:
            Shift.objects.filter(pk=key).update(hold=Hold.FREE)
            del plain[key]
        else:
            plain = booked(cast, plain, wanted, moved=key if verb == "move" else None)
        assert {row.pk: stretch(row) for row in Shift.objects.held()} == plain


def booked(cast, plain, wanted, moved):
    """`plain` after booking what is wanted, the first of it by moving the row `moved`."""
    rows = [
        shift(cast, start, length, user=cast.zhao if second else cast.wang)
        for second, start, length in wanted
    ]
    rows[0].pk = moved
    others = {pk: held for pk, held in plain.items() if pk != moved}
    if apart([*others.values(), *map(stretch, rows)]):
        book(*rows, at=NOW)
        return others | {row.pk: stretch(row) for row in rows}
    with pytest.raises(Refused):
        book(*rows, at=NOW)
    return plain


def stretch(row):
    return row.user_id, (row.starts_at - DAY) // HOUR, (row.ends_at - DAY) // HOUR


def apart(stretches):
    return all(
        each[0] != other[0] or each[2] <= other[1] for each, other in pairwise(sorted(stretches))
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_hundred_who_book_one_slot_at_once_one_gets_it(cast):
    outcomes = race(200, lambda _nth: book(shift(cast, 8), at=NOW))
    assert (outcomes.count(None), kinds(outcomes)) == (1, {Refused})
    assert held() == [("wang", 8, 9)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_many_series_that_cross_one_is_booked_whole(cast):
    """Half of them in the opposite order; whoever is refused has left nothing."""

    def series(nth):
        hours = range(8, 16) if nth % 2 else range(15, 7, -1)
        book(*(shift(cast, start) for start in hours), at=NOW)

    outcomes = race(24, series)
    assert (outcomes.count(None), kinds(outcomes)) == (1, {Refused})
    assert held() == [("wang", start, start + 1) for start in range(8, 16)]


@pytest.mark.django_db
def test_the_database_holds_every_model_of_bookings():
    catalogue = "SELECT conname FROM pg_constraint"
    if connection.vendor == "sqlite":
        catalogue = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        names = " ".join(name for (name,) in cursor.fetchall())
    models = [model for model in apps.get_models() if issubclass(model, Booking)]
    assert Shift in models
    missing = [each for each in models if constraint_of(each._meta.db_table) not in names]
    assert not missing
