"""Deadlines: when a promise falls due, how much of it is used, and the moments of its alarms.

A promise is an amount of one unit (the units of 《民法典》第二百至二百零四条) counted from a start; its
pauses do not count. It can only fall due at a moment up to which its clock was running.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from houqin.kernel.worktime import explained_periods, explanation
from houqin.kernel.worktime.explanation import ExplainedStep
from houqin.kernel.worktime.periods import due_of_period
from houqin.kernel.worktime.running import PERIODS, Run, Span, Unit, as_time
from houqin.kernel.worktime.timetable import MICROSECOND, Timetable

__all__ = ["ExplainedStep", "Span", "Unit", "due", "explain", "moment", "used"]


def due(
    timetable: Timetable,
    unit: Unit,
    amount: Decimal | int,
    start: datetime,
    pauses: Sequence[Span] = (),
) -> datetime:
    """When the promise falls due, in the zone of the timetable; a promise of zero at its start.

    HOURS run day and night. WORKING_HOURS run inside the timetable. WORKING_DAYS do not count the day of
    the event and end at the close of the last one; a day counts when its close finds the clock running.
    DAYS and MONTHS do not count the day of the event either; their last day, moved to the next working
    day where it is none, ends at close of business (`periods`).
    Raises ValueError for a negative amount or a part of a day or month.
    """
    return _due(Run.of(timetable, unit, start, pauses), amount)


def used(
    timetable: Timetable,
    unit: Unit,
    amount: Decimal | int,
    start: datetime,
    pauses: Sequence[Span],
    at: datetime,
) -> float:
    """The share of the promise that is used at `at`: 0 at the start, 1.0 exactly at the due time.

    Never falls, stands still in pauses, and for the working units outside working time. A promise of
    zero is used up from its start.
    """
    run = Run.of(timetable, unit, start, pauses)
    whole = _whole(run, amount)
    if not whole:
        return float(at >= start)
    return (run.until(at) // MICROSECOND) / (whole // MICROSECOND)


def moment(
    timetable: Timetable,
    unit: Unit,
    amount: Decimal | int,
    start: datetime,
    pauses: Sequence[Span],
    share: Decimal | float,
) -> datetime:
    """The first moment when `share` of the promise is used, the inverse of `used`; due for a share of 1."""
    run = Run.of(timetable, unit, start, pauses)
    return run.reach(round(Fraction(share) * (_whole(run, amount) // MICROSECOND)) * MICROSECOND)


def explain(
    timetable: Timetable,
    unit: Unit,
    amount: Decimal | int,
    start: datetime,
    pauses: Sequence[Span],
    due: datetime,
) -> list[ExplainedStep]:
    """How a promise of `amount` from `start` came to fall due at `due`, in at most 40 steps."""
    run = Run.of(timetable, unit, start, pauses)
    if run.unit in PERIODS:
        return explained_periods.explain_period(run, int(amount), due)
    return explanation.explain(run, amount, due)


def _due(run: Run, amount: Decimal | int) -> datetime:
    if amount < 0:
        raise ValueError("a promise cannot be negative")
    if run.unit in (Unit.HOURS, Unit.WORKING_HOURS) or not amount:
        return run.reach(as_time(amount))
    if amount != int(amount):
        raise ValueError("days and months are whole")
    if run.unit in PERIODS:
        return due_of_period(run, int(amount))
    counted = (close for _day, close, counts in run.closes() if counts)
    return next(close for number, close in enumerate(counted, start=1) if number == amount)


def _whole(run: Run, amount: Decimal | int) -> timedelta:
    """The running time of the whole promise: for days and months what runs up to the due time."""
    if run.unit in (Unit.HOURS, Unit.WORKING_HOURS):
        return as_time(amount)
    return run.until(_due(run, amount))
