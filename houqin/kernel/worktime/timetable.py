"""When work is done: weekly hours, dated exceptions and the arithmetic over them. Knows no database.

Inside, an instant is a whole number of microseconds since 1970 UTC, so that sums are of seconds that
really pass, also on a day when the clock is changed. Dates are days of the timetable's own zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

Pattern = tuple[tuple[time, time], ...]

MIDNIGHT: Final = time(0)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
DAY: Final = timedelta(days=1)
LONGEST_REST_DAYS: Final = 3 * 366
FIRST_DAY: Final = date.min.toordinal() + 2
LAST_DAY: Final = date.max.toordinal() - 2


class NoWorkingTime(Exception):
    """The timetable never opens, or not within three years of where one looks."""


class BadIntervals(ValueError):
    """Working intervals of a day overlap, are empty or cross midnight."""


@dataclass(frozen=True)
class DayRule:
    """What one date is when it is not what its weekday says.

    `intervals` None: the hours of its weekday, or, on a weekday that has none (a make-up working day on
    a Saturday), those of the first working weekday.
    """

    working: bool
    name: str = ""
    intervals: Pattern | None = None


@dataclass(frozen=True)
class _Day:
    """The open spans of one date as instants, in order, disjoint; and their sum."""

    spans: tuple[tuple[int, int], ...] = ()
    total: int = 0


CLOSED: Final = _Day()


def in_order(intervals: Pattern) -> Pattern:
    """The intervals of one day sorted, touching ones joined. An end of 00:00 means 24:00.

    Raises BadIntervals when two overlap or one ends before it starts; work over midnight is written as
    two intervals, one on each day.
    """
    ordered: list[tuple[time, time]] = []
    for start, end in sorted(intervals):
        if end != MIDNIGHT and end <= start:
            raise BadIntervals(f"{start:%H:%M}-{end:%H:%M} is empty or crosses midnight")
        last_end = ordered[-1][1] if ordered else None
        if last_end is not None and (last_end == MIDNIGHT or start < last_end):
            raise BadIntervals(f"{start:%H:%M}-{end:%H:%M} overlaps the interval before it")
        if start == last_end:
            start = ordered.pop()[0]
        ordered.append((start, end))
    return tuple(ordered)


@dataclass(frozen=True)
class Timetable:
    """Working time of one place: `week` (0 = Monday), overridden by `days`.

    `published_through` is the last year whose holidays have been announced; None when the timetable
    depends on no yearly notice. Raises BadIntervals or NoWorkingTime when built from nonsense.
    """

    tz: ZoneInfo
    week: Mapping[int, Pattern]
    days: Mapping[date, DayRule]
    published_through: int | None = None
    _seen: dict[int, _Day] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        explicit = [
            in_order(rule.intervals)
            for rule in self.days.values()
            if rule.working and rule.intervals
        ]
        if not explicit and not any(in_order(pattern) for pattern in self.week.values()):
            raise NoWorkingTime("neither a weekday nor a dated exception has working hours")

    @property
    def makeup_pattern(self) -> Pattern:
        """The hours of the first working weekday, for make-up days on a weekday that has none."""
        return next((self.week[day] for day in range(7) if self.week.get(day)), ())

    def pattern(self, day: date) -> Pattern:
        """The hours of `day` as the timetable writes them, before any change of the clock."""
        rule = self.days.get(day)
        usual = self.week.get(day.weekday(), ())
        if rule is None:
            return in_order(usual)
        if not rule.working:
            return ()
        return in_order(usual or self.makeup_pattern if rule.intervals is None else rule.intervals)

    def is_working_day(self, day: date) -> bool:
        return bool(self._day(day.toordinal()).spans)

    def intervals(self, day: date) -> list[tuple[datetime, datetime]]:
        return [(self._at(start), self._at(end)) for start, end in self._day(day.toordinal()).spans]

    def close_of(self, day: date) -> datetime:
        """The close of business of `day`. Raises NoWorkingTime when it is not a working day."""
        spans = self._day(day.toordinal()).spans
        if not spans:
            raise NoWorkingTime(f"{day} is not a working day")
        return self._at(spans[-1][1])

    def is_open(self, t: datetime) -> bool:
        """Whether `t` is working time; the opening instant is, the closing instant is not."""
        here, now = self._ordinal(t), _stamp(t)
        around = (self._day(ordinal) for ordinal in (here - 1, here, here + 1))
        return any(start <= now < end for day in around for start, end in day.spans)

    def next_open(self, t: datetime) -> datetime:
        """The first working instant from `t` on: `t` itself when it is one."""
        now = _stamp(t)
        spans = (span for day in self._forward(t) for span in day.spans)
        return self._at(next(max(start, now) for start, end in spans if end > now))

    def prev_open(self, t: datetime) -> datetime:
        """The last instant up to `t` that ends working time: `t` inside an interval or at its close, and
        at an opening the close before it."""
        now = _stamp(t)
        spans = (span for day in self._backward(t) for span in reversed(day.spans))
        return self._at(next(min(end, now) for start, end in spans if start < now))

    def add(self, t: datetime, amount: timedelta) -> datetime:
        """The moment when `amount` of working time has passed since `t`.

        Just filled up, that is the close of an interval, not the next opening; zero gives `next_open`.
        """
        now, left = _stamp(t), _positive(amount)
        if not left:
            return self.next_open(t)
        for day in self._forward(t):
            if day.spans and day.spans[0][0] >= now and day.total < left:
                left -= day.total
                continue
            for start, end in day.spans:
                begin = max(start, now)
                if begin < end and left <= end - begin:
                    return self._at(begin + left)
                left -= max(end - begin, 0)
        raise NoWorkingTime("unreachable: the walk itself gives up first")

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Working time in [a, b); zero when `b` is not after `a`."""
        first, last, total = _stamp(a), _stamp(b), 0
        if last <= first:
            return timedelta(0)
        for ordinal in range(
            max(self._ordinal(a) - 1, FIRST_DAY), min(self._ordinal(b) + 1, LAST_DAY) + 1
        ):
            day = self._day(ordinal)
            if day.spans and first <= day.spans[0][0] and day.spans[-1][1] <= last:
                total += day.total
            else:
                total += sum(max(min(end, last) - max(start, first), 0) for start, end in day.spans)
        return timedelta(microseconds=total)

    def shift_days(self, t: datetime, n: int) -> datetime:
        """`t` moved by `n` working days with its time of day; zero gives `t`.

        Where that time of day is not working time, the next opening, or going back the last close.
        """
        here = self._at(_stamp(t))
        if not n:
            return here
        moved = datetime.combine(self.workdays_from(here.date(), n), here.time(), self.tz)
        if self.is_open(moved):
            return moved
        before = self.prev_open(moved)
        return before if n < 0 or before == moved else self.next_open(moved)

    def workdays_from(self, day: date, n: int) -> date:
        """The `n`th working day after `day` (before it when negative); zero gives `day`."""
        step = 1 if n > 0 else -1
        ordinal, left, idle = day.toordinal(), abs(n), 0
        while left:
            ordinal, idle = ordinal + step, idle + 1
            if idle > LONGEST_REST_DAYS or not FIRST_DAY <= ordinal <= LAST_DAY:
                raise NoWorkingTime(
                    f"no working day within three years of {date.fromordinal(ordinal - step)}"
                )
            if self._day(ordinal).spans:
                left, idle = left - 1, 0
        return date.fromordinal(ordinal)

    def provisional(self, t: datetime) -> bool:
        """Whether the holidays of the local year of `t` have yet to be announced."""
        return (
            self.published_through is not None and self.local_date(t).year > self.published_through
        )

    def local_date(self, t: datetime) -> date:
        return self._at(_stamp(t)).date()

    def _at(self, stamp: int) -> datetime:
        return (EPOCH + timedelta(microseconds=stamp)).astimezone(self.tz)

    def _ordinal(self, t: datetime) -> int:
        return self.local_date(t).toordinal()

    def _forward(self, t: datetime) -> Iterator[_Day]:
        """The days from the one before `t` on: where the clock goes back over midnight, a date
        has instants after the next date began."""
        return self._walk(max(self._ordinal(t) - 1, FIRST_DAY), 1)

    def _backward(self, t: datetime) -> Iterator[_Day]:
        return self._walk(min(self._ordinal(t) + 1, LAST_DAY), -1)

    def _walk(self, ordinal: int, step: int) -> Iterator[_Day]:
        idle = 0
        while idle <= LONGEST_REST_DAYS and FIRST_DAY <= ordinal <= LAST_DAY:
            day = self._day(ordinal)
            idle = 0 if day.spans else idle + 1
            yield day
            ordinal += step
        raise NoWorkingTime("no working time within three years")

    def _day(self, ordinal: int) -> _Day:
        day = self._seen.get(ordinal)
        if day is None:
            day = self._seen[ordinal] = self._lay_out(date.fromordinal(ordinal))
        return day

    def _lay_out(self, day: date) -> _Day:
        """The spans of `day`, kept inside the day and apart from each other: where the clock is put
        forward, the hour that is skipped must not be counted from both sides."""
        pattern = self.pattern(day)
        if not pattern:
            return CLOSED
        spans: list[tuple[int, int]] = []
        earliest, latest = self._local(day, MIDNIGHT), self._local(day + DAY, MIDNIGHT)
        for start, end in pattern:
            begin = max(self._local(day, start), earliest)
            finish = min(latest if end == MIDNIGHT else self._local(day, end), latest)
            if begin < finish:
                spans.append((begin, finish))
                earliest = finish
        return _Day(tuple(spans), sum(end - start for start, end in spans))

    def _local(self, day: date, at: time) -> int:
        return _stamp(datetime.combine(day, at, self.tz))


def _stamp(t: datetime) -> int:
    """Raises TypeError for a naive datetime, which would silently mean the zone of the server."""
    return (t - EPOCH) // MICROSECOND


def _positive(amount: timedelta) -> int:
    if amount < timedelta(0):
        raise ValueError("working time cannot be negative")
    return amount // MICROSECOND
