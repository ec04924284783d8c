"""Changing a calendar. The caller checks who may, records the event and has the clocks worked out again."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.worktime.hours import hours_from, hours_stored
from houqin.kernel.worktime.models import Schedule, ScheduleDay, no_working_time
from houqin.kernel.worktime.notice import HolidayNotice, NoticeRow, read_notice
from houqin.kernel.worktime.timetable import BadIntervals, NoWorkingTime

__all__ = ["HolidayNotice", "NoticeRow", "edit_day", "publish_year", "read_notice", "remove_day"]


@transaction.atomic
def edit_day(
    actor: User,
    schedule: Schedule,
    *,
    date: date,
    working: bool,
    name: str = "",
    intervals: list[Any] | None = None,
    now: datetime,
) -> ScheduleDay:
    """Say what one date is; `intervals` None gives a working day the hours of its weekday.

    Raises Refused for hours that overlap, or when no working time would be left.
    """
    if len(name.strip()) > 40:
        raise Refused(_("名称太长，最多 40 个字。"))
    values = {
        "working": working,
        "name": name.strip(),
        "intervals": _hours(intervals) if working else None,
        "source": ScheduleDay.MANUAL,
        "changed_by": actor,
        "changed_at": now,
    }
    day, _created = ScheduleDay.objects.update_or_create(
        schedule=schedule, date=date, defaults=values
    )
    _renew(schedule)
    return day


@transaction.atomic
def remove_day(actor: User, schedule: Schedule, *, date: date, now: datetime) -> None:
    """Let a date be again what the base or its weekday says. Raises Refused when it already is."""
    deleted, _rows = ScheduleDay.objects.filter(schedule=schedule, date=date).delete()
    if not deleted:
        raise Refused(_("%(date)s 没有单独设置，无需删除。") % {"date": date})
    _renew(schedule)


@transaction.atomic
def publish_year(
    actor: User, schedule: Schedule, *, notice: HolidayNotice, now: datetime
) -> list[ScheduleDay]:
    """Put the announced days of a year in place of those that were there, and mark the year as published.

    Days set by hand stay; those that the notice sees differently are returned, so that a person looks at
    them. Raises Refused for a notice with errors and when the year before has yet to be published.
    """
    year = _publishable(schedule, notice)
    source = f"{ScheduleDay.NOTICE}{year}"
    replaced = Q(source=source) | Q(source=ScheduleDay.STATUTORY, date__year=year)
    schedule.days.filter(replaced).delete()
    announced = {row.date: row for row in notice.rows}
    by_hand = {
        day.date: day for day in schedule.days.filter(date__in=announced, source=ScheduleDay.MANUAL)
    }
    schedule.days.filter(date__in=announced.keys() - by_hand.keys()).delete()
    days = [
        ScheduleDay(schedule=schedule, source=source, changed_by=actor, changed_at=now, **_day(row))
        for row in notice.rows
        if row.date not in by_hand
    ]
    ScheduleDay.objects.bulk_create(days)
    schedule.published_through = max(schedule.published_through or year, year)
    schedule.save(update_fields=["published_through"])
    _renew(schedule)
    return [day for day in by_hand.values() if day.working != announced[day.date].working]


def _publishable(schedule: Schedule, notice: HolidayNotice) -> int:
    """The year of the notice. Raises Refused when it cannot be published."""
    if notice.errors or notice.year is None or not notice.rows:
        raise Refused(notice.errors[0] if notice.errors else _("文件里没有任何日期。"))
    published = schedule.timetable().published_through
    if published is not None and notice.year > published + 1:
        raise Refused(_("请先导入 %(year)d 年的放假通知，年份要连续。") % {"year": published + 1})
    return notice.year


def _day(row: NoticeRow) -> dict[str, Any]:
    return {"date": row.date, "working": row.working, "name": _name(row)}


def _name(row: NoticeRow) -> str:
    """A make-up day is called after its holiday: 春节调休."""
    if row.working and "调休" not in row.name:
        return _("%(holiday)s调休") % {"holiday": row.name}
    return row.name


def _hours(intervals: list[Any] | None) -> list[list[str]] | None:
    if intervals is None:
        return None
    try:
        pattern = hours_from(intervals)
    except BadIntervals as error:
        raise Refused(str(error)) from error
    if not pattern:
        raise Refused(_("上班的日子要有工作时段；不上班请选“放假”。"))
    return hours_stored(pattern)


def _renew(schedule: Schedule) -> None:
    """Have the schedule and all built on it read anew. Raises Refused when one has no working time left."""
    schedule.touch()
    for affected in schedule.family():
        try:
            affected.read_timetable()
        except NoWorkingTime as error:
            raise Refused(no_working_time()) from error
