"""How the house says times, durations and money. `now` comes in, words of the reader's language go out."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

WEEKDAYS = [
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
]


def moment(at: datetime, now: datetime) -> str:
    """Say a moment as a person would: 今天 17:30, 下周二 17:30, 11 月 13 日 17:20, another year with it."""
    here = localtime(at)
    return f"{_day(here.date(), localtime(now).date(), get_language())} {here:%H:%M}"


def day(at: datetime, now: datetime) -> str:
    """Say the day alone: 今天, 昨天, 周二, 上周五, 11 月 13 日, 2025 年 11 月 13 日."""
    return _day(localtime(at).date(), localtime(now).date(), get_language())


@lru_cache(maxsize=1024)
def _day(here: date, today: date, language: str | None) -> str:
    """The day in words of the language that is active now: a page says the same few days many times."""
    near = {0: _("今天"), 1: _("明天"), -1: _("昨天")}.get((here - today).days)
    if near:
        return near
    weekday = _weekday(here, today)
    if weekday:
        return weekday
    # Translators: a date format of Django; English says "j M" and "j M Y".
    return date_format(here, _("n 月 j 日") if here.year == today.year else _("Y 年 n 月 j 日"))


def _weekday(here: date, today: date) -> str:
    """The day by its weekday, "" where it is a week away or more."""
    away = (here - today).days
    if abs(away) >= 7:
        return ""
    weeks = (away + today.weekday()) // 7
    patterns = {-1: _("上%(weekday)s"), 0: _("%(weekday)s"), 1: _("下%(weekday)s")}
    return patterns[weeks] % {"weekday": WEEKDAYS[here.weekday()]}


def stretch(first: date, last: date | None) -> str:
    """Say a moment or a run of whole days on paper-like lines: 周五 11 月 13 日 17:20, 11 月 14–15 日."""
    start, end = _there(first), _there(last or first)
    if isinstance(start, datetime):
        return _stretch_of_moments(start, end)
    return _dated(start) if start == end else _stretch_of_days(start, end)


def _stretch_of_moments(start: datetime, end: date) -> str:
    if not _same_day(start, end):
        return f"{_full(start)} – {_full(end)}"
    until = f" – {end:%H:%M}" if isinstance(end, datetime) and end > start else ""
    return f"{_dated(start)} {start:%H:%M}{until}"


def _stretch_of_days(start: date, end: date) -> str:
    if (start.year, start.month) == (end.year, end.month):
        month = date_format(start, _("n 月"))
        days = {"month": month, "first": start.day, "last": end.day}
        return _("%(month)s %(first)s–%(last)s 日") % days
    return f"{date_format(start, _('n 月 j 日'))} – {date_format(end, _('n 月 j 日'))}"


def _there(at: date) -> date:
    return localtime(at) if isinstance(at, datetime) else at


def _same_day(first: date, second: date) -> bool:
    return (first.year, first.month, first.day) == (second.year, second.month, second.day)


def _dated(at: date) -> str:
    words = {"weekday": WEEKDAYS[at.weekday()], "day": date_format(at, _("n 月 j 日"))}
    return _("%(weekday)s %(day)s") % words


def _full(at: date) -> str:
    return f"{_dated(at)} {at:%H:%M}" if isinstance(at, datetime) else _dated(at)


def left(due: datetime, now: datetime) -> str:
    """Say what is left until `due` or how long it is over: 剩 42 分, 剩 2 天, 超 18 分."""
    gap = due - now
    pattern = _("超 %(time)s") if gap < timedelta(0) else _("剩 %(time)s")
    return pattern % {"time": duration(abs(gap))}


def duration(length: timedelta) -> str:
    """Say a length in at most two units, never more than it is: 42 分, 1 时 12 分, 1 天 7 时, 2 天."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 1:
        return _("不到 1 分")
    if minutes < 60:
        return _("%(minutes)s 分") % {"minutes": minutes}
    return _hours(minutes) if minutes < 1440 else _days(minutes // 60)


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    pattern = _("%(hours)s 时 %(minutes)s 分") if rest else _("%(hours)s 时")
    return pattern % {"hours": hours, "minutes": f"{rest:02}"}


def _days(hours: int) -> str:
    days, rest = divmod(hours, 24)
    pattern = _("%(days)s 天 %(hours)s 时") if days == 1 and rest else _("%(days)s 天")
    return pattern % {"days": days, "hours": rest}


def money(fen: int) -> str:
    """Say an amount of fen in yuan: ¥1,234.50; a negative one has its sign in front of the ¥."""
    yuan, cents = divmod(abs(fen), 100)
    return f"{'−' if fen < 0 else ''}¥{yuan:,}.{cents:02}"


def script_words() -> dict[str, str]:
    """The texts that the page's script fills in (frontend/ts/words.ts); %s are the places, left to right."""
    place = {"time": "%s", "minutes": "%s", "hours": "%s", "days": "%s", "number": "%s"}
    return {
        "left": _("剩 %(time)s") % place,
        "over": _("超 %(time)s") % place,
        "moment": _("不到 1 分"),
        "minutes": _("%(minutes)s 分") % place,
        "hours_minutes": _("%(hours)s 时 %(minutes)s 分") % place,
        "hours": _("%(hours)s 时") % place,
        "days_hours": _("%(days)s 天 %(hours)s 时") % place,
        "days": _("%(days)s 天") % place,
        "photo": _("照片 %(number)s") % place,
        "copied": _("已复制"),
        "unsent": _("没有网络，还没有发出去。内容都在，有信号了再点一次。"),
    }
