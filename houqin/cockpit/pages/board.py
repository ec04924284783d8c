"""The boards, one for each post: what all of them share, and the part that is each one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import QueryDict

from houqin.cockpit.pages.cost_board import costs_board
from houqin.cockpit.pages.crew_board import crew_board
from houqin.cockpit.pages.desk_board import desk_board
from houqin.cockpit.pages.house_board import house_board
from houqin.cockpit.pages.reading import Reading
from houqin.cockpit.pages.rows import ROWS
from houqin.cockpit.reports.boards import BOARDS, open_to
from houqin.cockpit.reports.scope import PERIODS
from houqin.kernel.people.models import Role, User
from houqin.ui.lists.drawing import chips_of

PARTS: dict[str, Callable[[Reading], dict[str, Any]]] = {
    "house": house_board, "desk": desk_board, "crew": crew_board, "costs": costs_board,
}  # fmt: skip
CHIPS = {
    "costs": slice(1, 4)
}  # of the filters of ROWS: line, place, team, and source where it counts


def board_of(user: User, asked: QueryDict, at: datetime) -> dict[str, Any]:
    """Everything that the board shows; the same number of queries whatever it counts."""
    read = Reading(user, asked, at)
    mine = {key: BOARDS[key].label for key in open_to(user)}
    return PARTS[read.board](read) | {
        "now": at,
        "span": read.span,
        "board": read.board,
        "title": BOARDS[read.board].label,
        "part": f"cockpit/_board_{read.board}.html",
        "boards": read.tabs("board", mine, read.board) if len(mine) > 1 else [],
        "periods": read.tabs("period", PERIODS, read.period),
        "chips": chips_of(ROWS, asked)[CHIPS.get(read.board, slice(1, 5))],
        "makes_walls": Role.MANAGER in user.role_codes(),
    }
