"""How a clock looks: the chip in a row, the steps behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from houqin.kernel.choices import choice_words
from houqin.kernel.clock.kinds import KINDS, Kind
from houqin.kernel.clock.models import Clock
from houqin.kernel.related import related
from houqin.kernel.worktime.promise import ExplainedStep, Unit, explain, used
from houqin.kernel.worktime.timetable import Timetable
from houqin.ui.chips import Chip
from houqin.ui.formatting import left, moment


def chip(clock: Clock, at: datetime, *, label: str = "") -> Chip:
    """The chip of one clock at `at`; `label` "" leaves the kind out of the text."""
    if not clock.running:
        return _judged(clock, at, label)
    if clock.due_at is None:
        return Chip(label, _("已暂停"), "", 0, "paused", kind=clock.kind)
    return _ticking(clock, clock.due_at, at, label)


def _judged(clock: Clock, at: datetime, label: str) -> Chip:
    text, tone = {
        "met": (_("按时"), "ok"),
        "breached": (_("超时"), "red"),
        "cancelled": (_("不计"), ""),
    }[clock.result]
    ended = moment(clock.stopped_at, at) if clock.stopped_at else ""
    return Chip(label, text, ended, 100, tone, kind=clock.kind)


def _ticking(clock: Clock, due: datetime, at: datetime, label: str) -> Chip:
    percent = share_percent(clock, at)
    return Chip(
        label,
        left(due, at),
        moment(due, at),
        percent,
        "red" if due < at else "amber" if percent >= 80 else "",
        int(due.timestamp()),
        clock.kind,
        clock.provisional,
    )


def share_percent(clock: Clock, at: datetime) -> int:
    """How much of the promise is used up, in per cent, 0 and up."""
    if clock.given_due and clock.due_at:
        whole = (clock.due_at - clock.started_at).total_seconds() or 1
        return max(0, int((at - clock.started_at).total_seconds() * 100 / whole))
    return max(0, int(used(*_promise(clock), clock.spans(at), at) * 100))


def _promise(clock: Clock) -> tuple[Timetable, Unit, int, datetime]:
    """What was promised: so many units of a timetable from a moment on."""
    return clock.timetable(), Unit(clock.unit), clock.amount, clock.started_at


def nearest(target: Any, at: datetime) -> Chip | None:
    """The chip of the clock that ends first; a paused one when all are paused; the last judged one when all
    have ended. Reads prefetched clocks."""
    clocks = related(target, "clocks")
    running = [clock for clock in clocks if clock.running]
    dated = [clock for clock in running if clock.due_at]
    if dated:
        return labelled(min(dated, key=_due), at)
    if running:
        return labelled(running[0], at)
    ended = _telling(clocks)
    return chip(max(ended, key=_last), at) if ended else None


def _telling(clocks: list[Clock]) -> list[Clock]:
    """Of clocks that have ended, those that tell how it went: handling is what a requester asks about;
    what is promised by no standard shows what ended last."""
    handling = [clock for clock in clocks if clock.kind == Kind.HANDLING]
    return handling or [clock for clock in clocks if clock.standard_id is None]


def _due(clock: Clock) -> tuple[datetime | None, int]:
    return clock.due_at, KINDS.rank(clock.kind)


def _last(clock: Clock) -> tuple[int, datetime]:
    return clock.round, clock.stopped_at or clock.started_at


def labelled(clock: Clock, at: datetime) -> Chip:
    """The chip of a clock with its kind in front."""
    return chip(clock, at, label=choice_words(clock, "kind") or "")


def board(target: Any, at: datetime) -> list[dict[str, Any]]:
    """All clocks of an object with their chips and explanations, in the order of its life."""
    clocks = target.clocks.with_promise().select_related("standard")
    rows = sorted(
        clocks.prefetch_related("alarms"),
        key=lambda clock: (clock.round, KINDS.rank(clock.kind)),
    )
    return [_line(clock, at) for clock in rows]


def _line(clock: Clock, at: datetime) -> dict[str, Any]:
    return {
        "clock": clock,
        "pauses": related(clock, "pauses"),
        "chip": labelled(clock, at),
        "steps": steps(clock, at),
        "current": clock.running,
    }


def steps(clock: Clock, at: datetime) -> list[ExplainedStep]:
    """Why this clock is due when it is due; empty while paused or when the due time was given."""
    if clock.given_due or clock.due_at is None:
        return []
    return explain(*_promise(clock), clock.spans(at), clock.due_at)
