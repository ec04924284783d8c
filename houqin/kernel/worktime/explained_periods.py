"""A period of days or months in words: which days counted, where its end moved, and by which article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.kernel.worktime.explanation import ExplainedStep, shortened
from houqin.kernel.worktime.national import spoken
from houqin.kernel.worktime.periods import last_day, nominal_end
from houqin.kernel.worktime.running import Run, Unit
from houqin.kernel.worktime.timetable import DAY


def explain_period(run: Run, amount: int, due: datetime) -> list[ExplainedStep]:
    """How a period of `amount` days or months came to fall due at `due`, in at most 40 steps."""
    at, day = due.astimezone(run.timetable.tz), run.timetable.local_date(run.start)
    last = last_day(run, amount)
    opening = ExplainedStep(
        "start", run.start.astimezone(run.timetable.tz), None, _opening(run, amount)
    )
    skipped = ExplainedStep("skip", day, None, _("开始的当日不计"), _("《民法典》第 201 条"))
    steps = [skipped, *_counted(run, day, last)]
    if run.unit is Unit.MONTHS:
        steps.append(_corresponding(run, day, amount))
    if at.date() > last:
        steps.append(_moved(run, last, at.date()))
    closing = ExplainedStep(
        "due", at, None, _("最后一日下班：到期"), _("《民法典》第 203 条"), (last - day).days
    )
    if amount == 0:
        return [opening, ExplainedStep("due", at, None, _("最后一日下班：到期"))]
    return [opening, *shortened(steps), closing]


def _opening(run: Run, amount: int) -> str:
    if run.unit is Unit.DAYS:
        words = ngettext("起算：%(amount)s 天", "起算：%(amount)s 天", amount)
    else:
        words = ngettext("起算：%(amount)s 个月", "起算：%(amount)s 个月", amount)
    return words % {"amount": amount}


def _counted(run: Run, first: date, last: date) -> Iterator[ExplainedStep]:
    """The days after `first` up to `last` in stretches: counted, or on hold."""
    days = [first + n * DAY for n in range(1, (last - first).days + 1)]
    total = 0
    for counts, stretch in groupby(days, lambda day: run.end_of(day)[1]):
        group = list(stretch)
        begin, end = group[0], group[-1] if len(group) > 1 else None
        values = {"days": len(group)}
        if not counts:
            yield ExplainedStep("hold", begin, end, _("挂起，%(days)d 天不计") % values)
            continue
        total += len(group)
        text = _("计 %(days)d 天，休息日也算") % values
        yield ExplainedStep("count", begin, end, text, _("《民法典》第 200 条"), total)


def _corresponding(run: Run, day: date, amount: int) -> ExplainedStep:
    """Why the months end where they end."""
    end = nominal_end(run.unit, day, amount)
    text = _("到期月的对应日") if end.day == day.day else _("到期月没有对应日，以月末日为最后一日")
    return ExplainedStep("count", end, None, text, _("《民法典》第 202 条"))


def _moved(run: Run, last: date, due: date) -> ExplainedStep:
    """Where the end of the period goes from a last day that is a rest day."""
    rule = run.timetable.days.get(last)
    text = (
        _("最后一日遇%(holiday)s放假，顺延至次一工作日") % {"holiday": spoken(rule.name)}
        if (rule and rule.name)
        else _("最后一日是休息日，顺延至次一工作日")
    )
    until = due - DAY if due - DAY > last else None
    return ExplainedStep("off", last, until, text, _("《民法典》第 203 条"))
