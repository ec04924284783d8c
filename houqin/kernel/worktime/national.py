"""The working calendar of mainland China, as far as it is known, from two maintained libraries."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import chinese_calendar
import holidays
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from houqin.kernel.worktime.timetable import DAY, DayRule

FIRST_NOTICE: Final[int] = min(chinese_calendar.holidays).year
LAST_NOTICE: Final[int] = max(chinese_calendar.holidays).year

# Stored in Chinese, said in the reader's language.
NAMES: Final = {
    "New Year's Day": gettext_noop("元旦"),
    "Spring Festival": gettext_noop("春节"),
    "Tomb-sweeping Day": gettext_noop("清明节"),
    "Labour Day": gettext_noop("劳动节"),
    "Dragon Boat Festival": gettext_noop("端午节"),
    "National Day": gettext_noop("国庆节"),
    "Mid-autumn Festival": gettext_noop("中秋节"),
    "Anti-Fascist 70th Day": gettext_noop("抗战胜利70周年纪念日"),
}
MAKEUP: Final = "调休"


def spoken(name: str) -> str:
    """The name of a day in the language of now; a name that somebody made up stays as it is."""
    return _("、").join(_spoken(part) for part in name.split("、"))


def _spoken(name: str) -> str:
    holiday = name.removesuffix(MAKEUP)
    if holiday not in NAMES.values():
        return name
    return _(holiday) if holiday == name else _("%(holiday)s调休") % {"holiday": _(holiday)}


def national_days(first_year: int, last_year: int) -> dict[date, DayRule]:
    """The holidays and make-up working days (调休) from `first_year` to `last_year`.

    A year that the State Council has announced is as announced. A later one has only its statutory days,
    《全国年节及纪念日放假办法》(国务院令第795号), with the days in lieu of weekends by its article 6; a
    `published_through` of LAST_NOTICE marks what falls there as provisional. No rows before FIRST_NOTICE.
    """
    rules: dict[date, DayRule] = {}
    for year in range(max(first_year, FIRST_NOTICE), last_year + 1):
        rules.update(_announced(year) if year <= LAST_NOTICE else _statutory(year))
    return rules


def _announced(year: int) -> Iterator[tuple[date, DayRule]]:
    day = date(year, 1, 1)
    while day.year == year:
        off, holiday = chinese_calendar.get_holiday_detail(day)
        if holiday:
            name = NAMES[holiday]
            yield day, DayRule(False, name) if off else DayRule(True, f"{name}{MAKEUP}")
        day += DAY


def _statutory(year: int) -> Iterator[tuple[date, DayRule]]:
    for day, title in sorted(holidays.country_holidays("CN", years=year, language="zh_CN").items()):
        yield day, DayRule(False, _plain(title))


def _plain(title: str) -> str:
    """The name of a holiday without what the library adds: 农历除夕 is a day of 春节, and a day in lieu
    bears the name of the day that it stands for."""
    names = title.replace("（补假）", "").replace("农历除夕", "春节").split("; ")
    return "、".join(dict.fromkeys(names))
