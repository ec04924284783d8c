"""Times as foreign tables write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from houqin.platform.sheets.reading import Cell

EARLIEST = 1980
LAST_SECOND = time(23, 59, 59)
NUMBERS = re.compile(
    r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?"
    r"(?:[\sT]*(\d{1,2})\s*[:：时]\s*(\d{1,2})\s*[:：分]?\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?\s*(AM|PM|上午|下午)?)?",
    re.IGNORECASE,
)
ORDERS = {"ymd": (0, 1, 2), "mdy": (2, 0, 1), "dmy": (2, 1, 0)}


class NoMoment(ValueError):
    """The message is a sentence for the importer."""


def read_moment(cell: Cell, *, zone: ZoneInfo, order: str, close: bool = False) -> datetime:
    """The moment that `cell` names, aware and in UTC; naive ones are of `zone`.

    `order` says what 03/04/2018 means: ymd, mdy or dmy. A year that is written first is always read so. A
    date without a time is its first second, with `close` its last one: a day ends when it ends
    (《民法典》第二百零三条). Raises NoMoment.
    """
    moment = _excel(cell, close) if not isinstance(cell, str) else _text(cell, order, close)
    if not EARLIEST <= moment.year <= 2200:
        raise NoMoment(_("“%(text)s”的年份不对。") % {"text": quoted(cell)})
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def quoted(cell: Cell) -> str:
    """A cell as it stands in the file, at most as much of it as fits into a sentence."""
    text = f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell)
    return text if len(text) <= 40 else text[:39] + "…"


def _excel(cell: Cell, close: bool) -> datetime:
    if isinstance(cell, datetime):
        # Excel keeps times as fractions of a day, which are a little off a whole second.
        return (cell + timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(cell, date):
        return datetime.combine(cell, LAST_SECOND if close else time(0))
    raise NoMoment(
        _("“%(text)s”不是时间。请在 Excel 中把这一列设为日期格式。") % {"text": quoted(cell)}
    )


def _text(text: str, order: str, close: bool) -> datetime:
    try:
        exact = datetime.fromisoformat(text)
        if len(text) > 10:
            return exact
    except ValueError:
        pass
    match = NUMBERS.fullmatch(text)
    if match is None:
        raise NoMoment(_("“%(text)s”不是时间，应写作 2026-11-23 10:24。") % {"text": quoted(text)})
    return _built(text, match, "ymd" if len(match[1]) == 4 else order, close)


def _built(text: str, match: re.Match[str], order: str, close: bool) -> datetime:
    numbers = [int(part) for part in match.group(1, 2, 3)]
    year, month, day = (numbers[place] for place in ORDERS[order])
    if len(str(year)) < 4:
        raise NoMoment(
            _("“%(text)s”写法不明，请选择日期写法，或写作 2026-11-23。") % {"text": quoted(text)}
        )
    hour = _hour(text, int(match[4] or 0), (match[7] or "").upper())
    try:
        at = LAST_SECOND if close else time(0)
        if match[4]:
            at = time(hour, int(match[5] or 0), int(match[6] or 0))
        return datetime.combine(date(year, month, day), at)
    except ValueError:
        raise NoMoment(
            _("没有“%(text)s”这个时间，请检查日期写法。") % {"text": quoted(text)}
        ) from None


def _hour(text: str, hour: int, half: str) -> int:
    """The hour of 24; `half` says of one of 12 which half of the day it is in, "" for one of 24."""
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise NoMoment(_("“%(text)s”的钟点不对。") % {"text": quoted(text)})
    return hour % 12 + 12 * (half in ("PM", "下午"))
