"""The numbers at the head of a board, each with its target, what it was before, and its course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as term

from houqin.cockpit.pages.charts import spark
from houqin.cockpit.pages.numbers import Linked, Number, length, mean, percent
from houqin.cockpit.pages.reading import Reading
from houqin.cockpit.policies import TARGETS
from houqin.cockpit.reports import measures
from houqin.cockpit.reports.measures import Share, Spread
from houqin.kernel.clock.models import Kind
from houqin.kernel.timekeeping import now

Counts = Mapping[str, Any]


@dataclass(frozen=True)
class Tile:
    """`notes` are words with a number behind; `better` says whether the change is to the good."""

    name: str
    value: Number
    target: str
    tone: str
    notes: list[tuple[str, Number]]
    before: Number | None = None
    better: bool | None = None
    spark: str = ""


@dataclass
class Both:
    """The stretch of a reading and the one of the same length before it."""

    read: Reading
    links: Linked = field(init=False)
    earlier: Linked = field(init=False)

    def __post_init__(self) -> None:
        self.links = self.read.links
        self.earlier = self.links.during(self.links.span.before())

    @cached_property
    def now(self) -> Counts:
        return self.read.passed

    @cached_property
    def then(self) -> Counts:
        return measures.passed(self.read.moments, self.earlier.span)

    def review(self) -> Tile:
        return self._on_time(Kind.REVIEW, _("初审按时"))

    def response(self) -> Tile:
        return self._on_time(Kind.RESPONSE, _("响应按时"))

    def handling(self) -> Tile:
        return self._on_time(Kind.HANDLING, _("办理按时"))

    def _on_time(self, kind: str, name: str) -> Tile:
        now, then = self._share(self.now, kind), self._share(self.then, kind)
        points = [shares[kind].percent or 0 for _step, shares in self.read.course if kind in shares]
        return Tile(
            name,
            self.links.number(kind, now.judged, percent(now.percent)),
            *_aim(kind, now.percent, "%"),
            [(_("超时"), self.links.number(f"{kind}_late", now.late))],
            self.earlier.number(kind, then.judged, percent(then.percent)),
            _better(now.percent, then.percent),
            spark(points),
        )

    def _share(self, counted: Counts, kind: str) -> Share:
        return Share(counted[kind], counted[f"{kind}_late"])

    def rejected(self) -> Tile:
        number, before, _now, _then = self._rate("rejected", "submitted")
        note = (term("figure", "提交"), self._counted("submitted"))
        return Tile(_("驳回率"), number, "", "", [note], before)

    def _rate(self, part: str, whole: str) -> tuple[Number, Number, float | None, float | None]:
        """The share of `part` in `whole` now and before: as numbers to draw, then bare."""
        now, then = _part(self.now, part, whole), _part(self.then, part, whole)
        number = self.links.number(part, self.now[part], percent(now))
        return number, self.earlier.number(part, self.then[part], percent(then)), now, then

    def _counted(self, figure: str) -> Number:
        return self.links.number(figure, self.now[figure])

    def rework(self) -> Tile:
        number, before, now, then = self._rate("rework", "finished")
        aim, note = _aim("rework", now, "%", most=True), self._counted("finished")
        notes = [(term("figure", "办结"), note)]
        return Tile(_("返工率"), number, *aim, notes, before, _better(then, now))

    def stars(self) -> Tile:
        now, then = _whole(self.now), _whole(self.then)
        low = self.links.number("unhappy", self.now["unhappy"])
        before = self.earlier.number("rated", self.then["rated"], mean(then))
        return Tile(
            _("满意度"),
            self.links.number("rated", self.now["rated"], mean(now)),
            *_aim("stars", now, ""),
            [(_("低分"), low)],
            before,
            _better(now, then),
        )

    @cached_property
    def spreads(self) -> Mapping[str, Spread]:
        return measures.spreads(self.read.moments, self.links.span, self.now)

    def answer(self) -> Tile:
        return self._spread(_("平均响应"), "answer")

    def repair(self) -> Tile:
        return self._spread(_("平均办结用时"), "repair")

    def _spread(self, name: str, key: str) -> Tile:
        """The mean, and how it spreads: a few that lasted for weeks say little of the usual one."""
        now, then, figure = self.spreads[key], self.then[key], measures.LENGTHS[key]

        def number(value: timedelta | None) -> Number:
            return self.links.number(figure, now.count, length(value))

        return Tile(
            name,
            number(now.mean),
            "",
            "",
            [(_("半数 ≤"), number(now.median)), (_("九成 ≤"), number(now.ninety))],
            self.earlier.number(figure, self.then[figure], length(then)),
            _better(then, now.mean),
        )


def _aim(key: str, value: float | None, unit: str, *, most: bool = False) -> tuple[str, str]:
    """The target in words, and the tone of a value that misses it."""
    target = TARGETS[key].at(now())
    words = _("目标 ≤ %(target)s") if most else _("目标 %(target)s")
    missed = value is not None and (value > target if most else value < target)
    return words % {"target": f"{target:g}{unit}"}, "amber" if missed else ""


def _better(more: Any, less: Any) -> bool | None:
    return None if more is None or less is None or more == less else more > less


def _part(counted: Counts, part: str, whole: str) -> float | None:
    return 100 * counted[part] / counted[whole] if counted[whole] else None


def _whole(counted: Counts) -> float | None:
    means = [counted[name] for name in measures.STARS if counted[name] is not None]
    return sum(means) / len(means) if means else None
