"""The clocks of imported demands: as the file gives their due times, or by the standard that was in force
then. Many at a time; what each means is the same as in the clock actions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from houqin.desk.intake.drafts import DemandDraft
from houqin.desk.intake.logs import Round, rounds
from houqin.kernel.clock.actions import ALARMS, promised
from houqin.kernel.clock.models import Clock, Kind, Pause, PromisedTime, Standard
from houqin.kernel.places.models import Place
from houqin.kernel.worktime.models import Schedule, schedule_at
from houqin.kernel.worktime.promise import Span, Unit, due, moment
from houqin.kernel.worktime.timetable import Timetable


@dataclass(frozen=True)
class PlannedPromise:
    """A schedule with its timetable, which is looked up once for each place and not for each clock."""

    schedule: Schedule
    timetable: Timetable


class Promises:
    """Plans the clocks of drafts; `now` is the moment of the import."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._planned: dict[int, PlannedPromise] = {}
        self._promised: dict[tuple[int, str, str], PromisedTime] = {}

    def standard_at(self, at: datetime) -> Standard:
        """The version in force at `at`, or the oldest one for a moment before the first."""
        since = [standard.effective_from for standard in self._standards]
        return self._standards[max(bisect_right(since, at) - 1, 0)]

    def clocks(self, draft: DemandDraft) -> list[Clock]:
        """The clocks of the draft, without their target.

        A plain table says nothing of review and response, so a demand of it that has ended has its handling
        clock alone, judged at its end. A log tells when it was answered, waited and came back. An open
        demand is promised everything that has not happened yet, as if it had been submitted here.
        """
        answered = draft.answered_at
        taken = Round(draft.submitted_at, answered, []) if answered else None
        first: list[str] = [Kind.RESPONSE] if draft.ended_at else [Kind.REVIEW, Kind.RESPONSE]
        if taken:
            begun = [self._ended(draft, kind, taken) for kind in first]
        else:
            begun = [
                self._open(draft, kind, self._whole(draft)) for kind in first if not draft.ended_at
            ]
        *past, last = enumerate(self._rounds(draft), 1)
        handled = [self._ended(draft, Kind.HANDLING, work, nth) for nth, work in past]
        judge = self._ended if draft.ended_at else self._open
        return [*begun, *handled, judge(draft, Kind.HANDLING, last[1], last[0])]

    def pauses(self, draft: DemandDraft, clocks: list[Clock]) -> list[Pause]:
        """The waits of a log, for the handling clocks that `clocks` made of the draft; whoever it waited for
        in the other system, it waits for nobody from the import on."""
        handled = [clock for clock in clocks if clock.kind == Kind.HANDLING]
        return [
            Pause(clock=clock, started_at=start, ended_at=end, reason=words)
            for clock, work in zip(handled, self._rounds(draft), strict=True)
            for start, end, words in work.waits
            if end > start
        ]

    def _whole(self, draft: DemandDraft) -> Round:
        return Round(draft.submitted_at, draft.ended_at or self.now, [])

    def _rounds(self, draft: DemandDraft) -> list[Round]:
        return rounds(draft.steps, draft.submitted_at, draft.ended_at or self.now)

    def _ended(self, draft: DemandDraft, kind: str, part: Round, nth: int = 1) -> Clock:
        """A clock that has been judged: as the other system did, where it says so; then nobody can explain
        by our standard when it was due. Otherwise by what was due then."""
        clock = self._counted(draft, kind, part, nth)
        assert clock.due_at is not None
        met = part.stop <= clock.due_at
        if draft.on_time is not None and kind == Kind.HANDLING:
            met, clock.due_at, clock.given_due = draft.on_time, None, True
        clock.stopped_at = part.stop
        clock.result = Clock.Result.MET if met else Clock.Result.BREACHED
        return clock

    def _open(self, draft: DemandDraft, kind: str, part: Round, nth: int = 1) -> Clock:
        """A clock that goes on running. Alarms whose time was before the import stay silent: nobody here
        could have heard them."""
        clock = self._counted(draft, kind, part, nth)
        times = ((percent, self._alarm(clock, percent, _spans(part))) for percent in ALARMS)
        following = next(((percent, at) for percent, at in times if at > self.now), None)
        if following:
            clock.next_alarm, clock.next_alarm_at = following
        return clock

    def _counted(self, draft: DemandDraft, kind: str, part: Round, nth: int) -> Clock:
        """The clock of one stretch, waits left out. When the other system said it was due holds for the first
        one alone."""
        clock, spans = self._clock(draft, kind), _spans(part)
        if nth > 1 or spans:
            clock.given_due &= nth == 1
            if not clock.given_due:
                table = self._plan(draft.place).timetable
                clock.due_at = due(table, Unit(clock.unit), clock.amount, part.start, spans)
                clock.provisional = table.provisional(clock.due_at)
        clock.started_at, clock.round = part.start, nth
        return clock

    def _clock(self, draft: DemandDraft, kind: str) -> Clock:
        standard, at = self.standard_at(draft.submitted_at), draft.submitted_at
        promise, plan = self._promise(standard, draft.grade, kind), self._plan(draft.place)
        own_due = draft.due_at if kind == Kind.HANDLING else None
        due_at = own_due or due(plan.timetable, Unit(promise.unit), promise.amount, at)
        return Clock(
            kind=kind,
            round=1,
            grade=draft.grade,
            standard=standard,
            schedule=plan.schedule,
            amount=promise.amount,
            unit=promise.unit,
            started_at=at,
            due_at=due_at,
            given_due=bool(own_due),
            provisional=not own_due and plan.timetable.provisional(due_at),
        )

    def _alarm(self, clock: Clock, percent: int, spans: list[Span]) -> datetime:
        assert clock.due_at is not None
        if clock.given_due:
            return clock.started_at + (clock.due_at - clock.started_at) * percent / 100
        timetable, share = clock.timetable(), Decimal(percent) / 100
        return moment(timetable, Unit(clock.unit), clock.amount, clock.started_at, spans, share)

    def _plan(self, place: Place) -> PlannedPromise:
        if place.pk not in self._planned:
            schedule = schedule_at(place)
            self._planned[place.pk] = PlannedPromise(schedule, schedule.timetable())
        return self._planned[place.pk]

    def _promise(self, standard: Standard, grade: str, kind: str) -> PromisedTime:
        key = (standard.pk, grade, kind)
        if key not in self._promised:
            self._promised[key] = promised(standard, grade, kind)
        return self._promised[key]

    @cached_property
    def _standards(self) -> list[Standard]:
        return list(Standard.objects.order_by("effective_from"))


def handling(clocks: list[Clock]) -> Clock:
    """The one that says when the demand has to be done: that which runs, else the first."""
    handled = [clock for clock in clocks if clock.kind == Kind.HANDLING]
    return next((clock for clock in handled if clock.running), handled[0])


def _spans(part: Round) -> list[Span]:
    return [Span(start, end) for start, end, _words in part.waits if end > start]


def nearest_due(clocks: list[Clock]) -> datetime | None:
    """What `next_due_at` of the demand has to be."""
    dues: Iterator[datetime] = (clock.due_at for clock in clocks if clock.running and clock.due_at)
    return min(dues, default=None)
