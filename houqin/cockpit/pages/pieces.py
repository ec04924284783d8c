"""What the boards are put together from: a course, what is open, ratings, load, what did not go straight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as term

from houqin.cockpit.models import MomentQuerySet
from houqin.cockpit.pages.charts import Axis, ChartLine, Point, axis_for, path_of
from houqin.cockpit.pages.numbers import Linked, Number, mean, percent
from houqin.cockpit.reports import measures
from houqin.cockpit.reports.figures import AGE_WORDS, AGES, STATES
from houqin.cockpit.reports.measures import Course, Share
from houqin.cockpit.reports.scope import DateSpan
from houqin.kernel.clock.models import Grade, Kind
from houqin.ui.formatting import WEEKDAYS

FOLLOWED = {
    "rejected": "", "cancelled": "", "reassigned": "reassigned", "reopened": "reopened", "urged": "urged",
    "supervised": "",
}  # fmt: skip
DAY_HOURS = range(7, 20)  # shown even when nothing comes in


def course_of(course: Course, links: Linked) -> dict[str, Any]:
    """The share on time of each kind of clock, step by step: lines to look at and a table to read."""
    axis = axis_for(_percents(course), len(course))
    table = [_course_row(step, shares, links) for step, shares in course]
    lines = [_course_line(kind, axis, course, table) for kind in measures.COURSE]
    kinds = [line.label for line in lines]
    marks = _marks(axis, table)
    return {"axis": axis, "lines": lines, "table": table, "marks": marks, "kinds": kinds}


def _percents(course: Course) -> list[float]:
    """Every share on time that there is, for the axis to hold."""
    percents = (share.percent for _step, shares in course for share in shares.values())
    return [value for value in percents if value is not None]


def _course_line(kind: str, axis: Axis, course: Course, table: list[dict[str, Any]]) -> ChartLine:
    """The line of one kind of clock, with a point for each step in which one was judged."""
    points = []
    for nth, ((_step, shares), row) in enumerate(zip(course, table, strict=True)):
        if kind in shares:
            cell, height = row["cells"][kind][0], axis.y(shares[kind].percent or 0)
            points.append(Point(axis.x(nth), height, f"{row['words']} {cell.text}", cell.url))
    return ChartLine(kind, str(Kind(kind).label), points, path_of(points))


def _marks(axis: Axis, table: list[dict[str, Any]]) -> list[tuple[float, str]]:
    """The words below the chart, eight at most."""
    every = max(1, -(-len(table) // 8))
    return [(axis.x(nth), row["words"]) for nth, row in enumerate(table) if nth % every == 0]


def _course_row(step: DateSpan, shares: dict[str, Share], links: Linked) -> dict[str, Any]:
    during = links.during(step)
    cells = {kind: _cells(kind, shares.get(kind, Share()), during) for kind in measures.COURSE}
    return {"words": step_words(step, links.span), "cells": cells}


def _cells(kind: str, share: Share, links: Linked) -> list[Number]:
    """The share on time, and how many were late."""
    on_time = links.number(kind, share.judged, percent(share.percent))
    return [on_time, links.number(f"{kind}_late", share.late)]


def step_words(step: DateSpan, span: DateSpan) -> str:
    start = localtime(step.since)
    return (
        _("%(month)s 月") % {"month": start.month}
        if span.step == "month"
        else f"{start.month}/{start.day}"
    )


def standing_of(standing: dict[str, dict[str, int]], links: Linked) -> dict[str, Any]:
    """What is open now: by grade and clock, and by age; with the total of each row and column."""
    total = sum(row["open"] for row in standing.values())
    return {
        "open": links.number("open", total),
        "states": _matrix(standing, STATES, links),
        "ages": _matrix(standing, dict(zip(AGES, AGE_WORDS, strict=True)), links),
    }


@dataclass(frozen=True)
class Band:
    """One row of a table of what is open: a number for each grade, and all of them."""

    words: str
    cells: list[tuple[str, Number]]
    total: Number
    hot: bool


def _matrix(
    standing: dict[str, dict[str, int]], rows: dict[str, Any], links: Linked
) -> dict[str, Any]:
    bands = [_band(key, str(words), standing, links) for key, words in rows.items()]
    return {"rows": bands, "most": max(1, *(band.total.rows for band in bands))}


def _band(key: str, words: str, standing: dict[str, dict[str, int]], links: Linked) -> Band:
    by = {str(grade): standing.get(grade, {}).get(key, 0) for grade in Grade.values}
    cells = [(grade, links.number(key, count, grade=grade)) for grade, count in by.items()]
    return Band(words, cells, links.number(key, sum(by.values())), hot=key == "open_over")


def stars_of(links: Linked, passed: dict[str, Any]) -> dict[str, Any]:
    words = {"speed": _("响应速度"), "attitude": _("服务态度"), "solution": _("解决问题")}
    return {
        "rows": [
            (words[name], links.number("rated", passed["rated"], mean(passed[name])), passed[name])
            for name in measures.STARS
        ],
        "rated": links.number("rated", passed["rated"]),
        "low": links.number("unhappy", passed["unhappy"]),
        "finished": links.number("finished", passed["finished"]),
    }


def load_of(moments: MomentQuerySet, links: Linked) -> dict[str, Any]:
    """When demands come in: days down, hours across, five steps of colour and the number in each cell."""
    counted = measures.load(moments, links.span)
    hours = sorted(set(DAY_HOURS) | {hour for _day, hour in counted})
    most = max(counted.values(), default=0)

    def cell(day: int, hour: int) -> tuple[Number | None, int]:
        count = counted.get((day, hour), 0)
        if not count:
            return None, 0
        link = links.number("submitted", count, day=str(day), hour=str(hour))
        return link, -(-5 * count // most)

    rows_of_days = [
        (words, [cell(day, hour) for hour in hours]) for day, words in enumerate(WEEKDAYS, 1)
    ]
    return {"hours": hours, "rows": rows_of_days, "any": bool(counted)}


def followed_of(links: Linked, passed: dict[str, Any]) -> list[tuple[str, Number, int | None]]:
    """What did not go straight: demands, and how often where it may be more than once."""
    words = {
        "rejected": term("figure", "驳回"),
        "cancelled": _("取消、撤回"),
        "reassigned": _("改派、退单"),
        "reopened": term("figure", "退回返工"),
        "urged": term("figure", "催办"),
        "supervised": term("figure", "督办"),
    }
    return [
        (words[key], links.number(key, passed[key]), passed[f"times_{times}"] if times else None)
        for key, times in FOLLOWED.items()
    ]
