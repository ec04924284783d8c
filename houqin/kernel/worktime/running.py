"""How long a clock has run: the time of one unit since its start, less what it was paused.

Instants are held in UTC here: Python compares two datetimes of one zone by their wall clocks, which is
an hour wrong on the day the clock goes back.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from houqin.kernel.worktime.timetable import DAY, MICROSECOND, MIDNIGHT, Timetable

NO_TIME = timedelta(0)


class Unit(StrEnum):
    """What a promise is counted in, as in 《民法典》第二百至二百零四条."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"


# Periods of the calendar: they run day and night, rest days and holidays included, and only their end
# looks at the timetable.
PERIODS: Final = frozenset({Unit.DAYS, Unit.MONTHS})
# Units that are measured by the time that passes, not by the time that is worked.
ELAPSING: Final = PERIODS | {Unit.HOURS}


@dataclass(frozen=True)
class Span:
    """A finished pause, [start, end)."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Run:
    """The running time of a clock; made by `Run.of`, so that the pauses are in order and apart."""

    timetable: Timetable
    unit: Unit
    start: datetime
    pauses: tuple[Span, ...]

    @classmethod
    def of(
        cls, timetable: Timetable, unit: Unit | str, start: datetime, pauses: Sequence[Span]
    ) -> Run:
        return cls(
            timetable, Unit(unit), start.astimezone(UTC), union(pauses, start.astimezone(UTC))
        )

    def until(self, at: datetime) -> timedelta:
        """How long the clock has run at `at`: elapsed time for ELAPSING units, else working time."""
        here, total = at.astimezone(UTC), NO_TIME
        for begin, end in self._stretches():
            if begin >= here:
                break
            total += self._measure(begin, here if end is None else min(end, here))
        return total

    def reach(self, amount: timedelta) -> datetime:
        """The first moment when the clock has run for `amount`; the start for zero.

        The clock runs up to that moment, so it is never within a pause, but may be the start of one.
        """
        if amount <= NO_TIME:
            return self._said(self.start)
        for begin, end in self._stretches():
            ran = None if end is None else self._measure(begin, end)
            if ran is None or ran >= amount:
                return self._advance(begin, amount)
            amount -= ran
        raise AssertionError("the last stretch has no end")

    def closes(self) -> Iterator[tuple[date, datetime, bool]]:
        """Each working day after the day of the start: the day, its close, and whether it counts.

        A day counts when the clock ran up to its close. So a pause that begins with the close leaves the
        day counted, and one that ends with the close does not: nobody could have worked on.
        """
        day, ends = self.timetable.local_date(self.start), [pause.end for pause in self.pauses]
        while True:
            day = self.timetable.workdays_from(day, 1)
            close = self.timetable.close_of(day)
            yield day, close, self._runs_up_to(close, ends)

    def end_of(self, day: date) -> tuple[datetime, bool]:
        """When `day` ends, and whether it counts: the close of a working day, midnight of another
        (《民法典》第二百零三条). It counts when the clock ran up to its end, as in `closes`."""
        end = (
            self.timetable.close_of(day)
            if self.timetable.is_working_day(day)
            else datetime.combine(day + DAY, MIDNIGHT, self.timetable.tz)
        )
        return end, self._runs_up_to(end, [pause.end for pause in self.pauses])

    def _runs_up_to(self, end: datetime, ends: list[datetime]) -> bool:
        nearest = bisect_left(ends, end)
        return nearest == len(ends) or self.pauses[nearest].start >= end

    def _stretches(self) -> Iterator[tuple[datetime, datetime | None]]:
        """The times between the pauses, the last without an end."""
        begin = self.start
        for pause in self.pauses:
            if begin < pause.start:
                yield begin, pause.start
            begin = pause.end
        yield begin, None

    def _measure(self, begin: datetime, end: datetime) -> timedelta:
        return end - begin if self.unit in ELAPSING else self.timetable.between(begin, end)

    def _advance(self, begin: datetime, amount: timedelta) -> datetime:
        if self.unit in ELAPSING:
            return self._said(begin + amount)
        return self.timetable.add(begin, amount)

    def _said(self, at: datetime) -> datetime:
        return at.astimezone(self.timetable.tz)


def union(pauses: Sequence[Span], start: datetime) -> tuple[Span, ...]:
    """The pauses after `start` in order and in UTC, overlapping and touching ones joined."""
    joined: list[Span] = []
    for begin, end in sorted(
        (pause.start.astimezone(UTC), pause.end.astimezone(UTC)) for pause in pauses
    ):
        begin = max(begin, start)
        if end <= begin:
            continue
        if joined and begin <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Span(begin, end))
    return tuple(joined)


def as_time(hours: Decimal | int) -> timedelta:
    """Hours as elapsed or working time, to the microsecond."""
    return round(Decimal(hours) * 3_600_000_000) * MICROSECOND
