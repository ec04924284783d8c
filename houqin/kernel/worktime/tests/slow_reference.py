"""A second, slow engine, written to another plan: every open minute of some years is listed, and a due
time is searched for by halving. It shares no code with the engine and reads only the raw rules."""

import random
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property

from houqin.kernel.worktime.tests.facts import SHANGHAI
from houqin.kernel.worktime.timetable import DayRule, Pattern

DAY_MINUTES = 24 * 60
Pauses = list[tuple[int, int]]


class SlowReference:
    """Minutes are counted from `first`, 00:00 in Shanghai, where no clock has changed since 1991."""

    def __init__(
        self, week: Mapping[int, Pattern], rules: Mapping[date, DayRule], first: date, days: int
    ):
        self.week, self.rules, self.first, self.days = week, rules, first, days

    def hours_of(self, day: date) -> Pattern:
        if day not in self.rules:
            return self.week.get(day.weekday(), ())
        rule = self.rules[day]
        if not rule.working:
            return ()
        if rule.intervals is not None:
            return rule.intervals
        first_hours = [self.week[n] for n in range(7) if self.week.get(n)][0]  # noqa: RUF015
        return self.week.get(day.weekday()) or first_hours

    @cached_property
    def open_minutes(self) -> list[int]:
        minutes: list[int] = []
        for n in range(self.days):
            for start, end in self.hours_of(self.first + timedelta(days=n)):
                stop = minute_of(end) or DAY_MINUTES
                minutes += range(n * DAY_MINUTES + minute_of(start), n * DAY_MINUTES + stop)
        return minutes

    @cached_property
    def last_minute_of_day(self) -> dict[int, int]:
        return {minute // DAY_MINUTES: minute for minute in self.open_minutes}

    def opens(self, unit: str, a: int, b: int) -> int:
        if unit == "hours":
            return b - a
        return bisect_left(self.open_minutes, b) - bisect_left(self.open_minutes, a)

    def ran(self, unit: str, start: int, pauses: Pauses, at: int) -> int:
        """Minutes that the clock ran in [start, at), found by sweeping over the edges of the pauses."""
        if at <= start:
            return 0
        edges = sorted(
            [(min(max(a, start), at), 1) for a, b in pauses if a < b]
            + [(min(max(b, start), at), -1) for a, b in pauses if a < b]
        )
        total, depth, here = 0, 0, start
        for minute, change in edges:
            total += self.opens(unit, here, minute) if not depth else 0
            depth, here = depth + change, minute
        return total + self.opens(unit, here, at)

    def reach(self, unit: str, start: int, pauses: Pauses, minutes: int) -> int:
        """The first minute at which the clock has run for `minutes`."""
        horizon = range(start, self.days * DAY_MINUTES)
        return start + bisect_left(
            horizon, minutes, key=lambda at: self.ran(unit, start, pauses, at)
        )

    def due(self, unit: str, amount: int, start: int, pauses: Pauses) -> int:
        if unit != "working_days":
            return self.reach(unit, start, pauses, amount * 60)
        day = start // DAY_MINUTES
        while amount:
            day += 1
            last = self.last_minute_of_day.get(day)
            amount -= last is not None and not any(a <= last < b for a, b in pauses)
        return self.last_minute_of_day[day] + 1

    def instant(self, minute: int) -> datetime:
        return datetime.combine(self.first, time(0), SHANGHAI) + timedelta(minutes=minute)

    def walked(self, unit: str, amount: int, start: int, pauses: Pauses) -> int:
        """The due time of an hour unit, minute by minute: the definition itself, to check this reference."""
        is_open, left, minute = set(self.open_minutes), amount * 60, start
        while left:
            runs = unit == "hours" or minute in is_open
            left -= runs and not any(a <= minute < b for a, b in pauses)
            minute += 1
        return minute


def minute_of(at: time) -> int:
    return at.hour * 60 + at.minute


def random_pauses(rng: random.Random, start: int) -> Pauses:
    """Up to five pauses around and after `start`, some overlapping, touching, empty or before it."""
    pauses: Pauses = []
    for _n in range(rng.choice([0, 0, 1, 1, 2, 3, 5])):
        begin = start + rng.randint(-2 * DAY_MINUTES, 12 * DAY_MINUTES)
        if pauses and rng.random() < 0.3:
            begin = pauses[-1][1] - rng.choice([0, 0, 30])
        if rng.random() < 0.3:  # people press buttons at closing time
            begin = begin // DAY_MINUTES * DAY_MINUTES + 17 * 60 + 30
        pauses.append(
            (begin, begin + rng.choice([0, 1, 45, 480, 1440, rng.randint(1, 6 * DAY_MINUTES)]))
        )
    rng.shuffle(pauses)
    return pauses
