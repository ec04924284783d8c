"""The workbench, made for whoever opens it. Reads only, in a constant number of queries."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.cockpit.reports import (
    DeskStanding,
    MonthFigures,
    achieved,
    due_by_hour,
    month_of,
    standing,
    timetable_of_the_house,
)
from houqin.desk.demands.columns import explained_at
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.standing import RUNS_WORK, own_turn
from houqin.kernel.clock.models import Grade
from houqin.kernel.counting import bounded
from houqin.kernel.people.models import Role, User
from houqin.kernel.worktime.timetable import Timetable
from houqin.ui.clocks import nearest
from houqin.ui.formatting import WEEKDAYS, left
from houqin.ui.worklist import waiting_for
from houqin.work.orders.reports import my_counts, on_call

ASKED_SHOWN = 5


def home_context(user: User, at: datetime) -> dict[str, Any]:
    """Everything that the workbench of `user` shows at `at`."""
    roles = user.role_codes()
    timetable = timetable_of_the_house()
    runs_work = bool(roles & RUNS_WORK)
    return {
        "now": at,
        "greeting": greeting(at),
        "today": today_in_words(at, timetable),
        "posted": bool(roles & (RUNS_WORK | {Role.TECHNICIAN, Role.DUTY})),
        "kpis": desk_kpis(user, at)
        if runs_work
        else order_kpis(user)
        if Role.TECHNICIAN in roles
        else [],
        "waiting": waiting_for(user, at),
        "asked": asked_by(user, at),
        "due": due_by_hour(user, at, timetable) if runs_work else None,
        "shifts": on_call(at),
    }


def greeting_context(at: datetime) -> dict[str, Any]:
    """What the head of every workbench says."""
    return {"greeting": greeting(at), "today": today_in_words(at, timetable_of_the_house())}


def greeting(at: datetime) -> str:
    hour = localtime(at).hour
    if hour < 5 or hour >= 18:
        return _("晚上好")
    return (
        _("早上好")
        if hour < 9
        else _("上午好")
        if hour < 12
        else _("中午好")
        if hour < 14
        else _("下午好")
    )


def today_in_words(at: datetime, timetable: Timetable | None) -> list[str]:
    """The date, and whether it is a working day, with its hours or the name of the holiday."""
    today = localtime(at)
    date = _("%(month)s 月 %(day)s 日 %(weekday)s")
    words = [date % {"month": today.month, "day": today.day, "weekday": WEEKDAYS[today.weekday()]}]
    if timetable is None:
        return words
    spans = timetable.intervals(today.date())
    rule = timetable.days.get(today.date())
    name = f" {rule.name}" if rule and rule.name else ""
    hours = _("、").join(f"{localtime(start):%H:%M}–{localtime(end):%H:%M}" for start, end in spans)
    return [
        *words,
        (_("工作日") + f" {hours}" if spans else _("休息日")) + (name if not spans else ""),
    ]


def asked_by(user: User, at: datetime) -> dict[str, Any]:
    """What `user` asked for and others are at now, the newest first."""
    mine = Demand.objects.visible_to(user).filter(requester=user)
    rows = mine.open().exclude(own_turn(user))
    newest = list(rows.with_clocks().order_by("-submitted_at", "-pk")[: ASKED_SHOWN + 1])
    return {
        "rows": [_asked_row(demand, at) for demand in newest[:ASKED_SHOWN]],
        "count": rows.count() if len(newest) > ASKED_SHOWN else len(newest),
        "ever": bool(newest) or mine.exists(),
    }


def _asked_row(demand: Demand, at: datetime) -> dict[str, Any]:
    chip = nearest(demand, at)
    return {"demand": demand, "chip": chip, "explain_url": explained_at(demand, chip)}


def desk_kpis(user: User, at: datetime) -> list[dict[str, Any]]:
    """The five figures of those who run work, each with the rows behind it."""
    now_on = standing(user, at)
    start = month_of(at)
    this_month = achieved(user, start, at)
    last_month = achieved(user, month_of(start - timedelta(days=1)), start)
    return [
        *_standing_kpis(now_on, at),
        _on_time(this_month, last_month),
        _response(this_month, last_month),
    ]


def _kpi(
    view: str, name: str, value: Any, unit: str, note: str = "", tone: str = ""
) -> dict[str, Any]:
    url = f"{reverse('figures')}?view={view}"
    return {"url": url, "name": name, "value": value, "unit": unit, "note": note, "tone": tone}


def _standing_kpis(now_on: DeskStanding, at: datetime) -> list[dict[str, Any]]:
    oldest = now_on.oldest_review_due
    over = now_on.longest_over
    grades = [f"{Grade(grade).label} {count}" for grade, count in now_on.due_today.items() if count]
    return [
        _kpi(
            "review",
            _("待初审"),
            now_on.to_review,
            _("件"),
            _("最早一件 %(left)s") % {"left": left(oldest, at)} if oldest else _("没有在走的"),
        ),
        _kpi(
            "today",
            _("今天到期"),
            now_on.due_today_total,
            _("件"),
            " · ".join(grades) or _("没有到期的"),
        ),
        _kpi(
            "overdue",
            _("已超时未结"),
            now_on.overdue,
            _("件"),
            _("最久 %(left)s") % {"left": left(over, at)} if over else _("没有超时的"),
            "red" if now_on.overdue else "",
        ),
    ]


def _on_time(this: MonthFigures, before: MonthFigures) -> dict[str, Any]:
    note = _("%(on_time)s / %(handled)s 件") % {"on_time": this.on_time, "handled": this.handled}
    if before.on_time_percent is not None:
        note += " · " + _("上月 %(value)s") % {"value": f"{before.on_time_percent:.1f}%"}
    percent = this.on_time_percent
    value, unit = ("—", "") if percent is None else (f"{percent:.1f}", "%")
    return _kpi("handled", _("本月按时办结"), value, unit, note)


def _response(this: MonthFigures, before: MonthFigures) -> dict[str, Any]:
    value, unit = _mean(this.response)
    note = ngettext("%(count)s 件", "%(count)s 件", this.responded) % {"count": this.responded}
    if before.response is not None:
        note += " · " + _("上月 %(value)s") % {"value": " ".join(_mean(before.response))}
    return _kpi("responded", _("平均响应"), value, unit, note)


def _mean(length: timedelta | None) -> tuple[str, str]:
    """A mean length in minutes, from two hours on in hours."""
    if length is None:
        return "—", ""
    minutes = length.total_seconds() / 60
    return (f"{minutes:.0f}", _("分钟")) if minutes < 120 else (f"{minutes / 60:.1f}", _("小时"))


def order_kpis(user: User) -> list[dict[str, Any]]:
    """How many orders an executor has in each part of their list."""
    counts = my_counts(user)
    names = {"offered": _("待接单"), "doing": _("在办"), "held": _("已挂起"), "done": _("已完工")}
    mine = reverse("orders:mine")
    return [
        {
            "url": f"{mine}?view={key}",
            "name": name,
            "value": bounded(counts[key]),
            "unit": _("件"),
            "tone": "amber" if key == "offered" and counts[key] else "",
        }
        for key, name in names.items()
    ]
