"""Working hours as they are stored and typed: [["08:30", "12:00"], ["13:30", "24:00"]]."""

import re
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from houqin.kernel.worktime.timetable import MIDNIGHT, BadIntervals, Pattern, in_order

CLOCK_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")


def hours_from(stored: Any) -> Pattern:
    """The pattern of one day. Raises BadIntervals with a Chinese sentence that says what is wrong."""
    if not isinstance(stored, list | tuple):
        raise BadIntervals(_("工作时段应是若干组“开始–结束”，例如 08:30–12:00。"))
    read = [_interval(pair) for pair in stored]
    try:
        return in_order(tuple(read))
    except BadIntervals as error:
        raise BadIntervals(
            _("工作时段重叠、为空或跨过零点；跨零点的班次请拆成两天各一段。")
        ) from error


def week_from(stored: Any) -> dict[int, Pattern]:
    """The weekly pattern from {"0": […], …}, "0" being Monday; weekdays without hours are left out.

    Raises BadIntervals with a Chinese sentence.
    """
    if not isinstance(stored, dict) or not set(stored) <= {str(day) for day in range(7)}:
        raise BadIntervals(_("每周工作时段应按“0”（周一）到“6”（周日）分别填写。"))
    return {
        int(day): hours_from(intervals) for day, intervals in sorted(stored.items()) if intervals
    }


def hours_stored(pattern: Pattern) -> list[list[str]]:
    """The inverse of `hours_from`; an interval that ends at midnight ends at 24:00."""
    return [
        [f"{start:%H:%M}", "24:00" if end == MIDNIGHT else f"{end:%H:%M}"] for start, end in pattern
    ]


def _interval(pair: Any) -> tuple[time, time]:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise BadIntervals(_("工作时段应是若干组“开始–结束”，例如 08:30–12:00。"))
    start, end = pair
    return _time(start), MIDNIGHT if end == "24:00" else _time(end)


def _time(text: Any) -> time:
    match = CLOCK_TIME.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise BadIntervals(
            _("时间“%(text)s”不对，应写作 08:30，最晚 24:00。") % {"text": str(text)[:20]}
        )
    return time(int(match[1]), int(match[2]))
