"""The manager's board: how the house did, where it differs, and what it cost."""

from __future__ import annotations

from typing import Any

from houqin.cockpit.pages import pieces
from houqin.cockpit.pages.compared import comparison, heads
from houqin.cockpit.pages.cost_board import Costs
from houqin.cockpit.pages.reading import Reading
from houqin.cockpit.pages.tiles import Both
from houqin.cockpit.reports.figures import by_grade


def house_board(read: Reading) -> dict[str, Any]:
    tiles, costs = Both(read), Costs(read)
    return {
        "tiles": [
            tiles.handling(),
            tiles.response(),
            tiles.rework(),
            tiles.stars(),
            tiles.answer(),
            tiles.repair(),
            tiles.rejected(),
            costs.tile("spent"),
        ],
        "course": pieces.course_of(read.course, read.links),
        **pieces.standing_of(by_grade(read.rows, read.span), read.links),
        "heads": heads(),
        "compared": comparison(read.moments, read.by, read.links),
        "by": read.by_tabs(),
        "stars": pieces.stars_of(read.links, read.passed),
        **costs.table(),
        "followed": pieces.followed_of(read.links, read.passed),
        "submitted": read.links.number("submitted", read.passed["submitted"]),
        "load": pieces.load_of(read.moments, read.links),
    }
