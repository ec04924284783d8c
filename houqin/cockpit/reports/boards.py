"""The boards: which posts each is for, and which one a person opens first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as term

from houqin.desk.demands.models.standing import RUNS_WORK
from houqin.kernel.people.models import Role, User


@dataclass(frozen=True)
class Board:
    """`roles` may open it; it is about the places where the reader holds one of them."""

    label: str | Promise
    roles: frozenset[Role]


# In the order in which a person's first board is chosen.
BOARDS = {
    "house": Board(term("board", "总览"), frozenset({Role.MANAGER})),
    "desk": Board(term("board", "服务台"), frozenset({Role.COORDINATOR, Role.MANAGER})),
    "crew": Board(term("board", "班组"), frozenset({Role.LEAD, Role.MANAGER})),
    "costs": Board(term("board", "费用"), frozenset({Role.FINANCE, Role.MANAGER})),
}
SEES_BOARDS = frozenset().union(*(board.roles for board in BOARDS.values()))


def open_to(user: User) -> list[str]:
    """The boards of the posts that `user` holds, the first one first."""
    held = user.role_codes()
    return [key for key, board in BOARDS.items() if board.roles & held]


def roles_of(board: str) -> frozenset[Role]:
    """Where one of these is held, what the board is about lies; "" is any board of those who run work."""
    return BOARDS[board].roles if board else RUNS_WORK
