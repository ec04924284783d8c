"""Bookings are made and moved whole or not at all; what is held already is refused in words first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, OperationalError, transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import the_house
from houqin.kernel.trail.actions import record
from houqin.shared.bookings.constraints import constraint_of
from houqin.shared.bookings.models import Booking, Hold

DEADLOCK = "40P01"  # what PostgreSQL calls it when two wait for what the other has written


@transaction.atomic
def book(*bookings: Booking, at: datetime) -> None:
    """Save new and changed bookings of one model, whole or not at all; each may take what another leaves.

    Raises Refused, naming the other one, where anything is held already; the database has the last word.
    """
    rows = type(bookings[0])._default_manager
    # Out of the way of one another: what they held until now is free from here on.
    rows.filter(pk__in=[booking.pk for booking in bookings if booking.pk]).update(hold=Hold.FREE)
    for booking in sorted(bookings, key=_turn):
        for other in rows.overlapping(booking).lapsed(at):  # type: ignore[attr-defined]
            lapse(other, at)
        refuse_overlap(booking)
        with _refused_by_the_database(booking):
            booking.save()


def _turn(booking: Booking) -> tuple[object, ...]:
    """Everybody books in this order, so that two series wait for one another as rarely as may be."""
    return booking.booked.pk, booking.starts_at


def refuse_overlap(*bookings: Booking) -> None:
    """Raise Refused for the first of `bookings` that another one keeps out; each other they do not."""
    own = [booking.pk for booking in bookings if booking.pk]
    for booking in bookings:
        others = type(booking)._default_manager.overlapping(booking)  # type: ignore[attr-defined]
        other = others.exclude(pk__in=own).first()
        if other:
            words = {"name": booking.booked, "booking": other}
            raise Refused(_("%(name)s已有 %(booking)s，时间重叠。") % words)


@contextmanager
def _refused_by_the_database(booking: Booking) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, OperationalError) as error:
        deadlock = getattr(error.__cause__, "sqlstate", "") == DEADLOCK
        if not deadlock and constraint_of(booking._meta.db_table) not in str(error):
            raise
        raise changed_meanwhile(booking.booked) from error


def changed_meanwhile(booked: object) -> Refused:
    return Refused(_("%(name)s的安排刚被他人改过，请刷新后再试。") % {"name": booked})


@transaction.atomic
def lapse(booking: Booking, at: datetime) -> None:
    """Free a tentative booking that nobody has confirmed in time, as `booking.lapsed` tells its domain."""
    rows = type(booking)._default_manager.filter(pk=booking.pk)
    if rows.lapsed(at).update(hold=Hold.FREE):  # type: ignore[attr-defined]
        booking.hold = Hold.FREE
        record(the_house(), "booking.lapsed", booking, at=at)
