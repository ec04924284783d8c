"""Whatever is done to clocks in whatever order, they say what the plain model says."""

from datetime import timedelta

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from houqin.kernel.clock import actions
from houqin.kernel.clock.models import Clock, Grade, Kind, PromisedTime, Standard
from houqin.kernel.clock.recompute import recompute_schedule
from houqin.kernel.clock.sweeps import ring_alarms
from houqin.kernel.clock.tests.errand import Errand
from houqin.kernel.clock.tests.plain_model import FIRST, PlainModel
from houqin.kernel.people.models import the_house
from houqin.kernel.worktime.actions import edit_day
from houqin.kernel.worktime.models import Schedule
from houqin.kernel.worktime.tests.slow_reference import DAY_MINUTES, SlowReference
from tests.effort import times

CALENDAR = SlowReference({}, {}, FIRST, 0)  # for `instant` alone
KINDS = ["review", "response", "handling"]
PROMISES = {
    ("urgent", "review"): ("working_days", 1), ("urgent", "response"): ("hours", 2),
    ("urgent", "handling"): ("working_hours", 4), ("important", "review"): ("working_days", 1),
    ("important", "response"): ("hours", 24), ("important", "handling"): ("hours", 48),
    ("routine", "review"): ("working_days", 2), ("routine", "response"): ("working_hours", 20),
    ("routine", "handling"): ("working_days", 5),
}  # fmt: skip

kinds, some_kinds = st.sampled_from(KINDS), st.sets(st.sampled_from(KINDS), min_size=1)
grades = st.sampled_from(Grade.values)
# Ten minutes keep every alarm on a whole minute.
spans = st.one_of(st.integers(1, 60), st.integers(60, 1000)).map(lambda tens: tens * 10)


def instant(minute):
    return None if minute is None else CALENDAR.instant(minute)


class Clocks(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.schedule = Schedule.objects.get(name="办公室")
        self.standard = Standard.objects.get(name="混合")
        self.errand = Errand.objects.create(name="修空调")
        self.model, self.now = PlainModel(PROMISES), 22 * DAY_MINUTES + 10 * 60 + 20

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @property
    def at(self):
        return instant(self.now)

    def _start(self, kind, grade):
        return actions.start_clock(
            self.errand,
            kind,
            grade=grade,
            standard=self.standard,
            schedule=self.schedule,
            at=self.at,
        )

    @rule(span=spans)
    def time_passes(self, span):
        self.now = min(self.now + span, 120 * DAY_MINUTES)

    @rule(days=st.integers(0, 3))
    def business_closes(self, days):
        close = (self.now // DAY_MINUTES + days) * DAY_MINUTES + 17 * 60 + 30
        self.now = max(self.now, min(close, 120 * DAY_MINUTES))

    @rule(kind=kinds, grade=grades)
    def start(self, kind, grade):
        if not self.model.running({kind}):
            self._start(kind, grade)
            self.model.start(kind, grade, self.now)

    @precondition(lambda self: not self.model.running({"handling"}))
    @rule(grade=grades, days=st.integers(0, 6))
    def start_with_a_given_due_time(self, grade, days):
        close = (self.now // DAY_MINUTES + days) * DAY_MINUTES + 17 * 60 + 30
        if close > self.now:
            clock = self._start("handling", grade)
            clock.given_due, clock.due_at = True, instant(close)
            actions.aim_alarm(clock, [])
            clock.save()
            actions.refresh_next_due(self.errand)
            self.model.start("handling", grade, self.now, fixed_due=close)

    @rule(kinds=some_kinds)
    def pause(self, kinds):
        actions.pause_clocks(self.errand, at=self.at, reason="等备件", kinds=kinds)
        self.model.pause(kinds, self.now)

    @rule(kinds=some_kinds)
    def resume(self, kinds):
        actions.resume_clocks(self.errand, at=self.at, kinds=kinds)
        self.model.resume(kinds, self.now)

    @rule(grade=grades)
    def regrade(self, grade):
        actions.regrade_clocks(self.errand, grade=grade, standard=self.standard, at=self.at)
        self.model.regrade(grade, self.now)

    @rule(kind=kinds)
    def stop(self, kind):
        actions.stop_clock(self.errand, kind, at=self.at)
        self.model.stop(kind, self.now)

    @precondition(lambda self: len(self.model.running()) == len(KINDS))
    @rule()
    def cancel(self):
        actions.cancel_clocks(self.errand, at=self.at)
        self.model.cancel(self.now)

    @rule()
    def ring(self):
        ring_alarms(self.at)
        self.model.ring(self.now)

    @rule(ahead=st.integers(-3, 12), working=st.booleans())
    def edit_the_calendar(self, ahead, working):
        day = PlainModel.day(self.now) + timedelta(days=ahead)
        edit_day(the_house(), self.schedule, date=day, working=working, now=self.at)
        recompute_schedule(the_house(), self.schedule, now=self.at)
        self.model.edit(day, working, self.now)

    @invariant()
    def each_clock_says_what_the_model_says(self):
        for kind, rounds in self.model.clocks.items():
            clocks = list(
                Clock.objects.filter(target_id=self.errand.pk, kind=kind).order_by("round")
            )
            assert len(clocks) == len(rounds)
            for clock, plain in zip(clocks, rounds, strict=True):
                self._agree(clock, plain)

    def _agree(self, clock, plain):
        assert (clock.result, clock.grade, clock.due_at) == (
            plain.result,
            plain.grade,
            instant(plain.due),
        )
        assert (clock.started_at, clock.paused_at) == (
            instant(plain.start),
            instant(plain.open_since),
        )
        rung = [(alarm.percent, alarm.at) for alarm in clock.alarms.order_by("pk")]
        assert rung == [(percent, instant(minute)) for percent, minute in plain.rung]
        assert rung == sorted(rung) == sorted(rung, key=lambda alarm: alarm[1])
        following = self.model.next_alarm(plain)
        assert clock.next_alarm_at == (instant(following[1]) if following else None)
        assert plain.due is not None or plain.open_since is not None or plain.result == "cancelled"

    @invariant()
    def the_nearest_due_time_is_written_down(self):
        assert Errand.objects.get(pk=self.errand.pk).next_due_at == instant(self.model.next_due())


@pytest.mark.slow
@pytest.mark.django_db
def test_any_order_of_actions_leaves_the_clocks_as_the_plain_model_says():
    hours = [["08:30", "12:00"], ["13:30", "17:30"]]
    Schedule.objects.create(name="办公室", week={str(day): hours for day in range(5)})
    standard = Standard.objects.create(
        name="混合", regulation="试行", effective_from=CALENDAR.instant(0)
    )
    for (grade, kind), (unit, amount) in PROMISES.items():
        PromisedTime.objects.create(
            standard=standard, grade=grade, kind=Kind(kind), unit=unit, amount=amount
        )
    the_house()
    run_state_machine_as_test(
        Clocks,
        settings=settings(
            max_examples=times(4), stateful_step_count=30, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
