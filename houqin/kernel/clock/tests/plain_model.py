"""What clocks do, written a second time over plain numbers: minutes since 1 November 2026, no database.

Due times come from the slow reference of the working calendar, which shares no code with the engine.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from houqin.kernel.worktime.tests.slow_reference import DAY_MINUTES, SlowReference
from houqin.kernel.worktime.timetable import DayRule

FIRST = date(2026, 11, 1)
DAYS = 500
WEEK = dict.fromkeys(range(5), ((time(8, 30), time(12)), (time(13, 30), time(17, 30))))
PERCENTS = [50, 80, 100, 150]


@dataclass
class PlainClock:
    grade: str
    promise: tuple[str, int]
    start: int
    fixed_due: int | None = None
    pauses: list[list[int]] = field(default_factory=list)
    open_since: int | None = None
    result: str = "running"
    due: int | None = None
    moved: int = 0
    rung: list[tuple[int, int]] = field(default_factory=list)

    @property
    def goes(self):
        return self.result == "running" and self.open_since is None


class PlainModel:
    """`clocks` has the rounds of each kind; `promises` what each grade and kind is worth."""

    def __init__(self, promises):
        self.promises, self.clocks, self.rules = promises, {}, {}
        self.calendar = SlowReference(WEEK, {}, FIRST, DAYS)

    def running(self, kinds=None):
        newest = {kind: rounds[-1] for kind, rounds in self.clocks.items()}
        return [
            clock
            for kind, clock in newest.items()
            if clock.result == "running" and (not kinds or kind in kinds)
        ]

    def start(self, kind, grade, now, fixed_due=None):
        clock = PlainClock(grade, self.promises[grade, kind], now, fixed_due)
        clock.due = self.due(clock)
        self.clocks.setdefault(kind, []).append(clock)

    def due(self, clock):
        return clock.fixed_due or self.calendar.due(*clock.promise, clock.start, clock.pauses)

    def pause(self, kinds, now):
        for clock in self.running(kinds):
            if clock.goes:
                clock.open_since, clock.due = now, None

    def resume(self, kinds, now):
        for clock in self.running(kinds):
            self.go_on(clock, now)

    def go_on(self, clock, now):
        if clock.open_since is not None:
            if clock.fixed_due:
                clock.fixed_due = self.shifted(clock, clock.open_since, now)
            clock.pauses.append([clock.open_since, now])
            clock.open_since = None
        clock.due = self.due(clock)

    def shifted(self, clock, since, now):
        unit, due = clock.promise[0], clock.fixed_due
        if since >= due:
            return due
        if unit == "hours":
            return due + now - since
        if unit == "working_hours":
            lost = self.calendar.opens(unit, since, now)
            return self.calendar.reach(unit, due, [], lost) if lost else due
        closes = [last + 1 for last in self.calendar.last_minute_of_day.values()]
        lost = sum(since < close <= now for close in closes)
        days = [day for day in self.calendar.last_minute_of_day if day > due // DAY_MINUTES]
        return days[lost - 1] * DAY_MINUTES + due % DAY_MINUTES if lost else due

    def regrade(self, grade, now):
        for clock in self.running({"response", "handling"}):
            kind = next(kind for kind, rounds in self.clocks.items() if rounds[-1] is clock)
            if grade != clock.grade:
                clock.fixed_due = None
            clock.grade, clock.promise = grade, self.promises[grade, kind]
            self.move(clock, now)

    def edit(self, day, working, now):
        self.rules[day] = DayRule(working)
        self.calendar = SlowReference(WEEK, self.rules, FIRST, DAYS)
        for clock in self.running():
            if clock.goes and not clock.fixed_due:
                self.move(clock, now)

    def move(self, clock, now):
        if not clock.goes:
            clock.moved = now
        elif (due := self.due(clock)) != clock.due:
            clock.due, clock.moved = due, now

    def stop(self, kind, now):
        for clock in self.running({kind}):
            self.go_on(clock, now)
            clock.result = "met" if now <= clock.due else "breached"

    def cancel(self, now):
        for clock in self.running():
            if clock.open_since is not None and clock.fixed_due:
                self.go_on(clock, now)
            clock.open_since = None
            clock.result = "cancelled"

    def ring(self, now):
        for clock in self.running():
            while (alarm := self.next_alarm(clock)) and alarm[1] <= now:
                clock.rung.append(alarm)

    def next_alarm(self, clock):
        if not clock.goes or len(clock.rung) == len(PERCENTS):
            return None
        percent, (unit, amount) = PERCENTS[len(clock.rung)], clock.promise
        if clock.fixed_due:
            unit, whole = "hours", self.calendar.ran("hours", clock.start, clock.pauses, clock.due)
        elif unit == "working_days":
            whole = self.calendar.ran(unit, clock.start, clock.pauses, clock.due)
        else:
            whole = amount * 60
        used_up = self.calendar.reach(unit, clock.start, clock.pauses, whole * percent // 100)
        return percent, max(used_up, clock.moved)

    def next_due(self):
        return min((clock.due for clock in self.running() if clock.due is not None), default=None)

    @staticmethod
    def day(minute):
        return FIRST + timedelta(days=minute // DAY_MINUTES)
