"""What the work cost: on the manager's board, and a board of its own for those who keep the money."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from houqin.cockpit.pages import pieces
from houqin.cockpit.pages.compared import in_house_order, key_of, names_of
from houqin.cockpit.pages.numbers import Number
from houqin.cockpit.pages.reading import Reading
from houqin.cockpit.pages.tiles import Tile
from houqin.cockpit.reports import costs
from houqin.cockpit.reports.costs import COSTS
from houqin.cockpit.reports.scope import NOBODY

COLUMNS = ("done", "labour", "material", "outside", "spent")


@dataclass
class Costs:
    """The costs of the stretch of a reading, and of the one of the same length before it."""

    read: Reading

    @cached_property
    def orders(self) -> Any:
        return costs.finished_orders(self.read.user, self.read.scope, self.read.span)

    @cached_property
    def now(self) -> dict[str, tuple[int, int]]:
        return costs.whole(self.orders)

    @cached_property
    def then(self) -> dict[str, tuple[int, int]]:
        before = self.read.span.before()
        return costs.whole(costs.finished_orders(self.read.user, self.read.scope, before))

    def tile(self, key: str) -> Tile:
        before = self.read.links.during(self.read.span.before()).cost(key, self.then[key])
        notes = [(_("材料"), self._cost("material")), (_("外委"), self._cost("outside"))]
        notes = notes if key == "spent" else []
        return Tile(str(COSTS[key].label), self._cost(key), "", "", notes, before)

    def _cost(self, key: str) -> Number:
        return self.read.links.cost(key, self.now[key])

    def table(self) -> dict[str, Any]:
        """By line, campus or team, and all of them."""
        return {
            "cost_heads": [COSTS[key].label for key in COLUMNS],
            "cost_rows": self._rows(self.read.by),
            "cost_total": self._numbers(self.now),
            "by": self.read.by_tabs(),
        }

    def _rows(self, by: str) -> list[tuple[str, list[Any]]]:
        """The name and the costs of each line, campus or team that has any, in the order of the house."""
        keyed = {key_of(key): row for key, row in costs.compared(self.orders, by).items()}
        names = names_of(by) | ({NOBODY: _("没有班组")} if by == "team" else {})
        ordered = in_house_order(keyed, names)
        return [(names.get(key, key), self._numbers(keyed[key], **{by: key})) for key in ordered]

    def course(self) -> list[tuple[str, list[Any]]]:
        """Step by step of the stretch."""
        links, span = self.read.links, self.read.span
        return [
            (
                pieces.step_words(step, span),
                [links.during(step).cost(key, row[key]) for key in COLUMNS],
            )
            for step, row in costs.course(self.orders, span)
        ]

    def _numbers(self, row: dict[str, tuple[int, int]], **more: str) -> list[Any]:
        return [self.read.links.cost(key, row[key], **more) for key in COLUMNS]


def costs_board(read: Reading) -> dict[str, Any]:
    totals = Costs(read)
    tiles = [totals.tile(key) for key in ("spent", "material", "outside", "labour", "done")]
    return {"tiles": tiles, **totals.table(), "cost_course": totals.course()}
