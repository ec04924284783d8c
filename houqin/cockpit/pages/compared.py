"""Lines, campuses or teams beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as term

from houqin.cockpit.models import MomentQuerySet
from houqin.cockpit.pages.numbers import Linked, Number, length, mean, percent
from houqin.cockpit.pages.rows import campuses, lines, teams
from houqin.cockpit.policies import TARGETS
from houqin.cockpit.reports import measures
from houqin.cockpit.reports.measures import Share, Spread
from houqin.cockpit.reports.scope import NOBODY
from houqin.kernel.timekeeping import now

NAMES = {"line": lines, "place": campuses, "team": teams}


@dataclass(frozen=True)
class Compared:
    """One row: `numbers` in the order of `HEADS`; `bar` is the share on time, None where nothing ended."""

    name: str
    numbers: list[Number]
    bar: int | None
    tone: str


def heads() -> list[str]:
    return [
        term("figure", "提交"),
        term("figure", "办结"),
        _("办理按时"),
        _("平均响应"),
        _("九成响应"),
        _("平均办结"),
        _("九成办结"),
        term("figure", "返工"),
        term("figure", "评价"),
        term("figure", "改派"),
    ]


def comparison(moments: MomentQuerySet, by: str, links: Linked) -> list[Compared]:
    """Every line, campus or team that has any, in the order in which the house lists them."""
    measured = {key_of(key): row for key, row in measures.compared(moments, by, links.span).items()}
    names = names_of(by)
    ordered = in_house_order(measured, names)
    return [_row(names.get(key, key), {by: key}, measured[key], links) for key in ordered]


def names_of(by: str) -> dict[str, str]:
    """What the lines, campuses or teams are called, by their keys, in the order of the house."""
    return {str(key): str(name) for key, name in NAMES[by]()}


def in_house_order(keys: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """`keys` in the order of `names`, those without a name after them."""
    left = set(keys)
    return [*(key for key in names if key in left), *sorted(left - names.keys())]


def key_of(key: Any) -> str:
    """As an address says it."""
    return NOBODY if key is None else str(key)


def _row(name: str, more: dict[str, str], row: dict[str, Any], links: Linked) -> Compared:
    share = share_of(row)

    def number(figure: str, text: str = "") -> Number:
        return links.number(figure, row.get(figure, 0), text, **more)

    answer, repair = row.get("answer", Spread()), row.get("repair", Spread())
    numbers = [
        number("submitted"),
        number("finished"),
        number("handling", percent(share.percent)),
        number("response", length(answer.mean)),
        number("response", length(answer.ninety)),
        number("finished", length(repair.mean)),
        number("finished", length(repair.ninety)),
        number("rework"),
        number("rated", mean(row.get("stars"))),
        number("reassigned"),
    ]
    return Compared(name, numbers, *tone_of(share))


def share_of(row: Mapping[str, Any]) -> Share:
    """How many were handled, and how many of them late."""
    return Share(row.get("handling", 0), row.get("handling_late", 0))


def tone_of(share: Share) -> tuple[int | None, str]:
    """The share on time as the length of a bar, and the tone of one that misses the target."""
    if share.percent is None:
        return None, ""
    target = TARGETS["handling"].at(now())
    tone = "" if share.percent >= target else "red" if share.percent < target - 5 else "amber"
    return round(share.percent), tone
