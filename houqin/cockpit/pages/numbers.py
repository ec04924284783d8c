"""Numbers as a board draws them: each with the address of the rows that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from houqin.cockpit.reports.costs import COSTS
from houqin.cockpit.reports.scope import BoardScope, DateSpan
from houqin.kernel.addresses import address
from houqin.ui.formatting import money


@dataclass(frozen=True)
class Number:
    """`text` is what is read, `rows` how many rows `url` opens."""

    text: str
    rows: int
    url: str


@dataclass(frozen=True)
class Linked:
    """Writes the numbers of one scope and one stretch."""

    scope: BoardScope
    span: DateSpan

    def number(self, figure: str, rows: int, text: str = "", **more: str) -> Number:
        """`rows` of `figure`, said as `text` where the count is not what is said; `more` narrows further."""
        return Number(text or str(rows), rows, self._url("figure_rows", figure, more))

    def cost(self, key: str, counted: tuple[int, int], **more: str) -> Number:
        """What the orders of `key` add up to, with their list behind it."""
        rows, amount = counted
        text = (
            money(amount) if COSTS[key].money else hours(amount) if key == "labour" else str(amount)
        )
        return Number(text, rows, self._url("cost_rows", key, more))

    def _url(self, page: str, figure: str, more: dict[str, str]) -> str:
        asked = urlencode(self._asked | more) if more else self._written
        return f"{address(page)}?figure={figure}&{asked}"

    @cached_property
    def _asked(self) -> dict[str, str]:
        return self.span.parameters() | self.scope.parameters()

    @cached_property
    def _written(self) -> str:
        return urlencode(self._asked)

    def during(self, span: DateSpan) -> Linked:
        return Linked(self.scope, span)


def hours(minutes: int) -> str:
    return _("%(n)s 时") % {"n": f"{minutes / 60:,.1f}"}


def percent(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}%"


def length(value: timedelta | None) -> str:
    """A mean length in the unit that a person would say it in."""
    if value is None:
        return "—"
    minutes = value.total_seconds() / 60
    if minutes < 90:
        return _("%(n)s 分") % {"n": f"{minutes:.0f}"}
    hours = minutes / 60
    return (
        _("%(n)s 时") % {"n": f"{hours:.1f}"}
        if hours < 72
        else _("%(n)s 天") % {"n": f"{hours / 24:.1f}"}
    )


def mean(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
