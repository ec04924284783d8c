"""The working calendar of mainland China, as far as it is known, from two maintained libraries."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import chinese_calendar
import holidays

from houqin.kernel.worktime.timetable import DAY, DayRule

FIRST_NOTICE: Final[int] = min(chinese_calendar.holidays).year
LAST_NOTICE: Final[int] = max(chinese_calendar.holidays).year

NAMES: Final = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


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
            yield day, DayRule(False, name) if off else DayRule(True, f"{name}调休")
        day += DAY


def _statutory(year: int) -> Iterator[tuple[date, DayRule]]:
    for day, said in sorted(holidays.country_holidays("CN", years=year, language="zh_CN").items()):
        yield day, DayRule(False, _plain(said))


def _plain(said: str) -> str:
    """The name of a holiday without what the library adds: 农历除夕 is a day of 春节, and a day in lieu
    bears the name of the day that it stands for."""
    names = said.replace("（补假）", "").replace("农历除夕", "春节").split("; ")
    return "、".join(dict.fromkeys(names))
