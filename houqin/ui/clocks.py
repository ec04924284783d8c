"""How a clock looks: the chip in a row, the steps behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from houqin.kernel.clock.kinds import KINDS, Kind
from houqin.kernel.clock.models import Clock
from houqin.kernel.worktime.promise import ExplainedStep, Unit, explain, used
from houqin.ui.formatting import left, moment


@dataclass(frozen=True)
class Chip:
    """What `ui/_clock_chip.html` draws. `due_epoch` (seconds) lets the page count on by itself."""

    label: str
    text: str
    due_text: str
    share_percent: int
    tone: str
    due_epoch: int | None = None
    kind: str = ""
    provisional: bool = False


def chip(clock: Clock, at: datetime, *, label: str = "") -> Chip:
    """The chip of one clock at `at`; `label` "" leaves the kind out of the text."""
    if not clock.running:
        words = {"met": _("按时"), "breached": _("超时"), "cancelled": _("不计")}
        tones = {"met": "ok", "breached": "red", "cancelled": ""}
        ended = moment(clock.stopped_at, at) if clock.stopped_at else ""
        return Chip(label, words[clock.result], ended, 100, tones[clock.result], kind=clock.kind)
    if clock.due_at is None:
        return Chip(label, _("已暂停"), "", 0, "paused", kind=clock.kind)
    percent = share_percent(clock, at)
    tone = "red" if clock.due_at < at else "amber" if percent >= 80 else ""
    return Chip(
        label,
        left(clock.due_at, at),
        moment(clock.due_at, at),
        percent,
        tone,
        int(clock.due_at.timestamp()),
        clock.kind,
        clock.provisional,
    )


def chip_html(chip: Chip | None, *, explain_url: str = "", hide_label: bool = False) -> str:
    """The chip as it stands in a cell; `explain_url` opens the steps."""
    if chip is None:
        return ""
    context = {"chip": chip, "explain_url": explain_url, "hide_label": hide_label}
    return render_to_string("ui/_clock_chip.html", context)


def share_percent(clock: Clock, at: datetime) -> int:
    """How much of the promise is used up, in per cent, 0 and up."""
    if clock.given_due and clock.due_at:
        whole = (clock.due_at - clock.started_at).total_seconds() or 1
        return max(0, int((at - clock.started_at).total_seconds() * 100 / whole))
    timetable = clock.schedule.timetable()
    share = used(timetable, Unit(clock.unit), clock.amount, clock.started_at, clock.spans(at), at)
    return max(0, int(share * 100))


def nearest(target: Any, at: datetime) -> Chip | None:
    """The chip of the clock that ends first; a paused one when all are paused; the last judged one when all
    have ended. Reads prefetched clocks."""
    clocks = list(target.clocks.all())
    running = [clock for clock in clocks if clock.running]
    dated = [clock for clock in running if clock.due_at]
    if dated:
        return labelled(min(dated, key=lambda clock: (clock.due_at, KINDS.rank(clock.kind))), at)
    if running:
        return labelled(running[0], at)
    # Handling is what a requester asks about; what is promised by no standard shows what ended last.
    ended = [clock for clock in clocks if clock.kind == Kind.HANDLING]
    ended = ended or [clock for clock in clocks if clock.standard_id is None]
    return chip(max(ended, key=_last), at) if ended else None


def _last(clock: Clock) -> tuple[int, datetime]:
    return clock.round, clock.stopped_at or clock.started_at


def labelled(clock: Clock, at: datetime) -> Chip:
    """The chip of a clock with its kind in front."""
    return chip(clock, at, label=str(clock.get_kind_display()))


def board(target: Any, at: datetime) -> list[dict[str, Any]]:
    """All clocks of an object with their chips and explanations, in the order of its life."""
    clocks = target.clocks.select_related("schedule", "standard").prefetch_related(
        "pauses", "alarms"
    )
    rows = sorted(clocks, key=lambda clock: (clock.round, KINDS.rank(clock.kind)))
    return [
        {
            "clock": clock,
            "chip": labelled(clock, at),
            "steps": steps(clock, at),
            "current": clock.running,
        }
        for clock in rows
    ]


def steps(clock: Clock, at: datetime) -> list[ExplainedStep]:
    """Why this clock is due when it is due; empty while paused or when the due time was given."""
    if clock.given_due or clock.due_at is None:
        return []
    timetable = clock.schedule.timetable()
    spans = clock.spans(at)
    return explain(timetable, Unit(clock.unit), clock.amount, clock.started_at, spans, clock.due_at)
