"""Start, pause, re-grade and judge clocks. Callers are actions of the apps, inside their transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from houqin.kernel.clock import preview
from houqin.kernel.clock.models import (
    Clock,
    Clocked,
    ClockQuerySet,
    HoldReason,
    Kind,
    Pause,
    PromisedTime,
    Standard,
    UnitChoice,
)
from houqin.kernel.errors import Refused
from houqin.kernel.policies.registry import Policy
from houqin.kernel.related import related
from houqin.kernel.worktime.models import Schedule
from houqin.kernel.worktime.promise import Span, Unit, due, moment

ALARMS = (50, 80, 100, 150)
AIMED = [
    "due_at",
    "given_due",
    "provisional",
    "moved_at",
    "paused_at",
    "next_alarm",
    "next_alarm_at",
]


def _running(target: Clocked, kinds: Iterable[str] | None = None) -> ClockQuerySet:
    """The clocks of `target` that have not ended."""
    clocks: ClockQuerySet = target.clocks.filter(result=Clock.Result.RUNNING)
    return clocks if kinds is None else clocks.filter(kind__in=list(kinds))


def start_clock(
    target: Clocked, kind: str, *, grade: str, standard: Standard, schedule: Schedule, at: datetime
) -> Clock:
    """Start a clock at `at`; where one of this kind ran before, this is its next round.

    Raises Refused when the standard promises nothing for this grade and kind.
    """
    return start_clocks(target, [kind], grade=grade, standard=standard, schedule=schedule, at=at)[0]


def start_clocks(
    target: Clocked,
    kinds: Sequence[str],
    *,
    grade: str,
    standard: Standard,
    schedule: Schedule,
    at: datetime,
) -> list[Clock]:
    """Start a clock of each of `kinds`, as `start_clock` does."""
    promises = _promises(standard, grade, kinds)
    clocks = [
        Clock(kind=kind, grade=grade, standard=standard, amount=promise.amount, unit=promise.unit)
        for kind, promise in promises.items()
    ]
    return _begin(clocks, target, schedule, at)


def start_promise(
    target: Clocked, kind: str, *, amount: int, unit: str, schedule: Schedule, at: datetime
) -> Clock:
    """Start a clock of `amount` `unit`s that no standard promises: a contract, a law, an agreed term."""
    clock = Clock(kind=kind, amount=amount, unit=UnitChoice(unit))
    return _begin([clock], target, schedule, at)[0]


def start_policy(
    target: Clocked, kind: str, policy: Policy[int], *, schedule: Schedule, at: datetime
) -> Clock:
    """Start a clock of what `policy` says at `at`; a later change of the policy leaves it alone."""
    clock = Clock(
        kind=kind, amount=policy.at(at), unit=UnitChoice(str(policy.unit)), policy=policy.key
    )
    return _begin([clock], target, schedule, at)[0]


def _begin(clocks: list[Clock], target: Clocked, schedule: Schedule, at: datetime) -> list[Clock]:
    kinds = [clock.kind for clock in clocks]
    rounds = Counter(target.clocks.filter(kind__in=kinds).values_list("kind", flat=True))
    for clock in clocks:
        clock.round = rounds[clock.kind] + 1
        clock.target, clock.schedule, clock.started_at = target, schedule, at
        clock.next_alarm = ALARMS[0]
        _aim(clock, [])
        aim_alarm(clock, [])
    Clock.objects.bulk_create(clocks)
    refresh_next_due(target)
    return clocks


def promised(standard: Standard, grade: str, kind: str) -> PromisedTime:
    """What `standard` promises for `grade` and `kind`; Refused when it says nothing."""
    return _promises(standard, grade, [kind])[kind]


def _promises(standard: Standard, grade: str, kinds: Sequence[str]) -> dict[str, PromisedTime]:
    """What is promised for each of `kinds`, in their order."""
    rows = PromisedTime.objects.filter(standard=standard, grade=grade, kind__in=kinds)
    by_kind = {row.kind: row for row in rows}
    if len(by_kind) < len(kinds):
        raise Refused(
            _("服务标准“%(name)s”没有为此分级规定时限，请先补全标准。") % {"name": standard.name}
        )
    return {kind: by_kind[kind] for kind in kinds}


def stop_clock(target: Clocked, kind: str, *, at: datetime) -> Clock | None:
    """Judge the running clock of `kind` at `at`: met or breached, frozen from then on.

    None when no such clock runs, so that a repeated stop changes nothing.
    """
    stopped = None
    for clock in _running(target, [kind]).with_promise():
        _go_on(clock, at)
        clock.result = _judgement(clock, at)
        stopped = _end(clock, at)
    if stopped:
        refresh_next_due(target)
    return stopped


def _judgement(clock: Clock, at: datetime) -> Clock.Result:
    assert clock.due_at is not None
    return Clock.Result.MET if at <= clock.due_at else Clock.Result.BREACHED


def cancel_clocks(target: Clocked, *, at: datetime, kinds: Iterable[str] | None = None) -> None:
    """End running clocks without a judgement: the demand was withdrawn, rejected or merged."""
    for clock in _running(target, kinds).with_promise():
        _end_pause(clock, at)
        clock.result = Clock.Result.CANCELLED
        _end(clock, at)
    refresh_next_due(target)


def pause_clocks(
    target: Clocked, *, at: datetime, reason: str, kinds: Iterable[str] | None = None
) -> None:
    """Pause the running clocks of `target`; one that is paused already keeps its first pause."""
    for clock in _running(target, kinds).filter(paused_at=None):
        _pause(clock, at, reason)
    refresh_next_due(target)


def _pause(clock: Clock, at: datetime, reason: str) -> None:
    Pause.objects.create(clock=clock, started_at=at, due_at=clock.due_at, reason=reason)
    clock.paused_at, clock.due_at, clock.next_alarm_at = at, None, None
    clock.save(update_fields=["paused_at", "due_at", "next_alarm_at"])


def resume_clocks(target: Clocked, *, at: datetime, kinds: Iterable[str] | None = None) -> None:
    """Let paused clocks run again; each due time moves by what was paused, in the clock's own unit."""
    paused = list(_running(target, kinds).filter(paused_at__isnull=False).with_promise())
    for clock in paused:
        _go_on(clock, at)
        clock.save(update_fields=AIMED)
    if paused:
        refresh_next_due(target)


def regrade_clocks(target: Clocked, *, grade: str, standard: Standard, at: datetime) -> None:
    """Give running response and handling clocks another grade: the due time moves, the start and what was
    paused stay. A due time that was given was given for its grade, and is kept as long as that is."""
    kinds = [Kind.RESPONSE, Kind.HANDLING]
    promises = _promises(standard, grade, kinds)
    for clock in _running(target, kinds).with_promise():
        _promise_anew(clock, promises[clock.kind])
        if clock.paused_at is None:
            _go_on(clock, at)
        else:
            clock.moved_at = at
        clock.save(update_fields=[*AIMED, "grade", "standard", "amount", "unit"])
    refresh_next_due(target)


def _promise_anew(clock: Clock, promise: PromisedTime) -> None:
    clock.given_due &= clock.grade == promise.grade
    clock.grade, clock.standard_id = promise.grade, promise.standard_id
    clock.amount, clock.unit = promise.amount, promise.unit


def recompute(clock: Clock, *, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Work out a running clock again, after its calendar changed; the due times before and after."""
    before = clock.due_at
    if clock.running and clock.paused_at is None and not clock.given_due:
        _go_on(clock, at)
        clock.save(update_fields=AIMED)
        refresh_next_due(clock.owner)
    return before, clock.due_at


def hold_reason(standard: Standard, code: str) -> HoldReason:
    """The reason `code` as this version lists it; Refused when it does not."""
    reason = HoldReason.objects.filter(standard=standard, code=code).first()
    if reason is None:
        raise Refused(_("现行服务标准没有列出这个挂起原因，请另选一个。"))
    return reason


def _go_on(clock: Clock, at: datetime) -> None:
    """End an open pause and aim again; the caller saves."""
    before = clock.due_at
    _end_pause(clock, at)
    spans = clock.spans(at)
    _aim(clock, spans)
    if before not in (None, clock.due_at):
        clock.moved_at = at
    aim_alarm(clock, spans)


def _aim(clock: Clock, spans: list[Span]) -> None:
    """Set the due time of a running clock; the caller saves."""
    if not clock.given_due:
        timetable = clock.timetable()
        clock.due_at = due(timetable, Unit(clock.unit), clock.amount, clock.started_at, spans)
        clock.provisional = timetable.provisional(clock.due_at)


def aim_alarm(clock: Clock, spans: list[Span]) -> None:
    """Set the time of the next alarm; the caller saves."""
    clock.next_alarm_at = alarm_time(clock, clock.next_alarm, spans) if clock.next_alarm else None


def alarm_time(clock: Clock, percent: int, spans: list[Span]) -> datetime:
    """The moment at which `percent` of the promise is used up. Where a grade or a calendar has shortened it
    to less than has passed, the moment of that: nothing rings before its cause, and nothing out of order."""
    used_up = _used_up_at(clock, Decimal(percent) / 100, spans)
    return max(used_up, clock.moved_at or used_up)


def _used_up_at(clock: Clock, share: Decimal, spans: list[Span]) -> datetime:
    timetable, start = clock.timetable(), clock.started_at
    if clock.given_due:
        assert clock.due_at is not None
        return preview.share_at(timetable, start, clock.due_at, spans, share)
    return moment(timetable, Unit(clock.unit), clock.amount, start, spans, share)


def _end_pause(clock: Clock, at: datetime) -> None:
    for pause in related(clock, "pauses"):
        if pause.ended_at is None:
            pause.ended_at = at
            pause.save(update_fields=["ended_at"])
            if clock.given_due and pause.due_at:
                span = Span(pause.started_at, at)
                clock.due_at = _moved_due(clock, pause.due_at, span)
    clock.paused_at = None


def _moved_due(clock: Clock, due_at: datetime, span: Span) -> datetime:
    timetable = clock.timetable()
    return preview.after_pause(timetable, Unit(clock.unit), due_at, span)


def _end(clock: Clock, at: datetime) -> Clock:
    # Two machines may tell the time a little differently.
    clock.stopped_at, clock.next_alarm_at = max(at, clock.started_at), None
    clock.save(update_fields=[*AIMED, "stopped_at", "result"])
    return clock


def refresh_next_due(target: Clocked) -> None:
    """Write the nearest running due time on the target."""
    target.next_due_at = _nearest_due(target)
    type(target)._default_manager.filter(pk=target.pk).update(next_due_at=target.next_due_at)


def _nearest_due(target: Clocked) -> datetime | None:
    kind = ContentType.objects.get_for_model(target)
    dues = Clock.objects.filter(
        target_type=kind, target_id=target.pk, result=Clock.Result.RUNNING, due_at__isnull=False
    )
    return dues.order_by("due_at").values_list("due_at", flat=True).first()
