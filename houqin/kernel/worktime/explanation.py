"""A due time in words: which days and pauses were counted, which were not, and by which rule."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.kernel.worktime.national import spoken
from houqin.kernel.worktime.running import NO_TIME, Run, Unit, as_time
from houqin.kernel.worktime.timetable import DAY, Timetable

Kind = Literal["start", "skip", "off", "count", "hold", "due"]
MOST_STEPS = 40


@dataclass(frozen=True)
class ExplainedStep:
    """One line of an explanation.

    `first` to `last` (None: `first` alone) are dates for whole days and datetimes for moments. `counted`
    is what the clock stands at after the step: working days, or minutes for the two units of hours.
    """

    kind: Kind
    first: date | datetime
    last: date | datetime | None
    text: str
    rule: str = ""
    counted: int | None = None


@dataclass(frozen=True)
class _Day:
    """What one date does to the clock. Consecutive days of one `kind` and `label` become one step."""

    date: date
    kind: Kind
    label: str = ""
    ran: timedelta = NO_TIME
    working: bool = True


def explain(run: Run, amount: Decimal | int, due: datetime) -> list[ExplainedStep]:
    """How a promise in hours, working hours or working days came to fall due at `due`."""
    start = run.start.astimezone(run.timetable.tz)
    first = ExplainedStep("start", start, None, _opening(run.unit, amount))
    middle = list(_holds(run, due)) if run.unit is Unit.HOURS else _days_as_steps(run, due)
    return [first, *shortened(middle), _closing(run, amount, due)]


def span_text(length: timedelta) -> str:
    """A length of time as people say it: 3 小时 20 分."""
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    if hours and minutes:
        return _("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": minutes}
    return (
        _("%(hours)d 小时") % {"hours": hours}
        if hours
        else _("%(minutes)d 分钟") % {"minutes": minutes}
    )


def _opening(unit: Unit, amount: Decimal | int) -> str:
    values = {"amount": f"{Decimal(amount).normalize():f}"}
    if unit is Unit.HOURS:
        return _("起算：%(amount)s 小时，昼夜连续计算") % values
    if unit is Unit.WORKING_HOURS:
        return _("起算：%(amount)s 个工作小时") % values
    return (
        ngettext("起算：%(amount)s 个工作日", "起算：%(amount)s 个工作日", 1 if amount == 1 else 2)
        % values
    )


def _closing(run: Run, amount: Decimal | int, due: datetime) -> ExplainedStep:
    at = due.astimezone(run.timetable.tz)
    if run.unit is Unit.WORKING_DAYS:
        text = _("第 %(number)d 个工作日下班：到期") % {"number": amount}
        return ExplainedStep("due", at, None, text, _("《民法典》第 203 条"), int(amount))
    length = as_time(amount)
    text = _("满 %(length)s：到期") % {"length": span_text(length)}
    return ExplainedStep("due", at, None, text, counted=length // timedelta(minutes=1))


def _holds(run: Run, due: datetime) -> Iterator[ExplainedStep]:
    """The pauses before `due`, for a clock that runs day and night."""
    for pause in run.pauses:
        if pause.start < due:
            tz = run.timetable.tz
            text = _("挂起 %(length)s，不计") % {"length": span_text(pause.end - pause.start)}
            yield ExplainedStep("hold", pause.start.astimezone(tz), pause.end.astimezone(tz), text)


def _days_as_steps(run: Run, due: datetime) -> list[ExplainedStep]:
    """The days up to `due` as steps, runs of like days merged; the longer the way, the coarser."""
    days, steps = list(_days(run, due)), list[ExplainedStep]()
    for depth in (0, 1, 2):
        steps = list(_merged(list(_blurred(days, depth)), run.unit, by_length=not depth))
        if len(steps) <= MOST_STEPS - 2:
            break
    return steps


def _days(run: Run, due: datetime) -> Iterator[_Day]:
    last = run.timetable.local_date(due)
    day = run.timetable.local_date(run.start)
    if run.unit is Unit.WORKING_DAYS:
        yield _Day(day, "skip")
        counting = dict(_closes_until(run, last))
        while (day := day + DAY) < last:
            if not run.timetable.is_working_day(day):
                yield _off(run.timetable, day)
            else:
                yield _Day(day, "count" if counting[day] else "hold", _makeup(run.timetable, day))
        return
    while day <= last:
        yield (
            _hours_of(run, day, due)
            if run.timetable.is_working_day(day)
            else _off(run.timetable, day)
        )
        day += DAY


def _closes_until(run: Run, last: date) -> Iterator[tuple[date, bool]]:
    for day, _close, counts in run.closes():
        if day >= last:
            return
        yield day, counts


def _hours_of(run: Run, day: date, due: datetime) -> _Day:
    """The working time that counts on `day`, for a clock in working hours."""
    spans = run.timetable.intervals(day)
    opening = max(spans[0][0].astimezone(UTC), run.start)
    close = min(spans[-1][1].astimezone(UTC), due.astimezone(UTC))
    ran = run.until(close) - run.until(opening)
    if not ran:
        return _Day(day, "skip" if close <= run.start else "hold")
    held = run.timetable.between(opening, close) - ran
    label = (
        _("挂起 %(length)s不计") % {"length": span_text(held)}
        if held
        else _makeup(run.timetable, day)
    )
    return _Day(day, "count", label, ran)


def _off(timetable: Timetable, day: date) -> _Day:
    rule = timetable.days.get(day)
    label = _("%(holiday)s放假") % {"holiday": spoken(rule.name)} if rule and rule.name else ""
    return _Day(day, "off", label, working=False)


def _makeup(timetable: Timetable, day: date) -> str:
    """What to call a working day whose weekday is free."""
    rule = timetable.days.get(day)
    if rule is None or timetable.week.get(day.weekday()):
        return ""
    return _("%(name)s上班") % {"name": spoken(rule.name) or _("调休")}


def _blurred(days: list[_Day], depth: int) -> Iterator[_Day]:
    """Depth 0: as they are. Depth 1: weekends belong to what surrounds them. Depth 2: holidays too."""
    before: _Day | None = None
    for day in days:
        swallowed = day.kind == "off" and (depth == 2 or (depth == 1 and not day.label))
        if swallowed and before and before.kind in ("count", "hold"):
            day = replace(day, kind=before.kind, label=before.label)
        elif depth == 2:
            day = replace(day, label="")
        before = day
        yield day


def _merged(days: list[_Day], unit: Unit, *, by_length: bool) -> Iterator[ExplainedStep]:
    """One step for each run of like days; with `by_length`, only days of equal working time are alike."""
    total, minute = 0, timedelta(minutes=1)
    for _key, alike in groupby(days, lambda day: (day.kind, day.label, by_length and day.ran)):
        group = list(alike)
        last = group[-1].date if len(group) > 1 else None
        if group[0].kind != "count":
            yield _uncounted(group, last, unit)
            continue
        before, worked = total, sum(day.working for day in group)
        ran = sum((day.ran for day in group), NO_TIME)
        total += ran // minute if unit is Unit.WORKING_HOURS else worked
        text = (
            _hours_text(group, ran)
            if unit is Unit.WORKING_HOURS
            else _numbers_text(before + 1, total)
        )
        yield ExplainedStep("count", group[0].date, last, _remarked(text, group), counted=total)


def _uncounted(group: list[_Day], last: date | None, unit: Unit) -> ExplainedStep:
    kind, first = group[0].kind, group[0].date
    if kind == "hold":
        held = {"days": sum(day.working for day in group)}
        return ExplainedStep(kind, first, last, _("挂起，%(days)d 个工作日不计") % held)
    if kind == "off":
        return ExplainedStep(
            kind, first, last, group[0].label or _weekdays_text(group), _("工作日历")
        )
    if unit is Unit.WORKING_DAYS:
        return ExplainedStep(kind, first, last, _("开始的当日不计"), _("《民法典》第 201 条"))
    return ExplainedStep(kind, first, last, _("当天已过工作时间，不计"))


def _weekdays_text(group: list[_Day]) -> str:
    if len(group) > 7:
        return _("休息")
    names = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
    separator = _("、")
    return _("%(days)s休息") % {"days": separator.join(names[day.date.weekday()] for day in group)}


def _numbers_text(first: int, last: int) -> str:
    if last - first > 4:
        return _("第 %(first)d 至 %(last)d 个工作日") % {"first": first, "last": last}
    return _("第 %(numbers)s 个工作日") % {
        "numbers": _("、").join(str(n) for n in range(first, last + 1))
    }


def _hours_text(group: list[_Day], ran: timedelta) -> str:
    worked = [day.ran for day in group if day.working]
    values = {"length": span_text(worked[0]), "days": len(worked), "total": span_text(ran)}
    if len(worked) == 1:
        return _("计 %(length)s") % values
    if len(set(worked)) == 1:
        return _("%(days)d 天，每天计 %(length)s") % values
    return _("%(days)d 天，共计 %(total)s") % values


def _remarked(text: str, group: list[_Day]) -> str:
    """`text` with what is special about these days in brackets."""
    rest = _("其间休息日不计") if not all(day.working for day in group) else ""
    remark = group[0].label or rest
    return _("%(text)s（%(remark)s）") % {"text": text, "remark": remark} if remark else text


def shortened(steps: list[ExplainedStep]) -> list[ExplainedStep]:
    """At most 38 steps: the middle of a very long way becomes one."""
    if len(steps) <= MOST_STEPS - 2:
        return steps
    edge = MOST_STEPS // 2 - 2
    middle = steps[edge:-edge]
    counted = next((step.counted for step in reversed(middle) if step.counted is not None), None)
    text = _("……（中间 %(steps)d 步略）") % {"steps": len(middle)}
    gap = ExplainedStep(
        "count", middle[0].first, middle[-1].last or middle[-1].first, text, counted=counted
    )
    return [*steps[:edge], gap, *steps[-edge:]]
