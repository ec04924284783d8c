"""The national working calendar as the first schedule of a new house."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from houqin.kernel.worktime.models import Schedule, ScheduleDay
from houqin.kernel.worktime.national import FIRST_NOTICE, LAST_NOTICE, national_days

NATIONAL = "国家工作日历"
OFFICE_HOURS = [["08:30", "12:00"], ["13:30", "17:30"]]


@transaction.atomic
def seed_national(first: int = FIRST_NOTICE, last: int = LAST_NOTICE + 2) -> Schedule:
    """Create 国家工作日历, or add the years that the libraries have learned since; safe to repeat.

    A year that the schedule already counts as published is left as it is, edits by hand included.
    """
    week = {str(day): OFFICE_HOURS for day in range(5)}
    schedule, created = Schedule.objects.get_or_create(
        name=NATIONAL, defaults={"week": week, "timezone": settings.TIME_ZONE}
    )
    known = schedule.published_through or first - 1
    announced = [
        year for year in range(first, min(last, LAST_NOTICE) + 1) if created or year > known
    ]
    filled = set(schedule.days.filter(date__year__gt=known).values_list("date__year", flat=True))
    expected = [year for year in range(max(LAST_NOTICE, known) + 1, last + 1) if year not in filled]
    if not announced and not expected:
        return schedule
    schedule.days.filter(source=ScheduleDay.STATUTORY, date__year__in=announced).delete()
    _fill(schedule, announced, ScheduleDay.NOTICE)
    _fill(schedule, expected, ScheduleDay.STATUTORY)
    schedule.published_through = max([known, *announced])
    schedule.save()
    return schedule


def _fill(schedule: Schedule, years: Iterable[int], source: str) -> None:
    for year in years:
        origin = source if source == ScheduleDay.STATUTORY else f"{source}{year}"
        ScheduleDay.objects.bulk_create(
            (
                ScheduleDay(
                    schedule=schedule, date=day, working=rule.working, name=rule.name, source=origin
                )
                for day, rule in national_days(year, year).items()
            ),
            ignore_conflicts=True,  # a day set by hand stays
        )
