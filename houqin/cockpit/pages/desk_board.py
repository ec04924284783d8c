"""The coordinator's board: what waits now, whether the review keeps its time, when work comes, who has it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from houqin.cockpit.pages import pieces
from houqin.cockpit.pages.compared import key_of
from houqin.cockpit.pages.numbers import Number
from houqin.cockpit.pages.reading import Reading
from houqin.cockpit.pages.rows import people, teams
from houqin.cockpit.pages.tiles import Both, Tile
from houqin.cockpit.reports import measures
from houqin.cockpit.reports.figures import by_grade
from houqin.kernel.clock.models import Grade

MOST = 12  # rows of those who have most


def desk_board(read: Reading) -> dict[str, Any]:
    tiles, standing = Both(read), by_grade(read.rows, read.span)
    return {
        "tiles": [*waiting_tiles(read, standing), tiles.review()],
        "course": pieces.course_of(read.course, read.links),
        **pieces.standing_of(standing, read.links),
        "loads": [
            (_("班组手上"), "in-teams", loaded_of(read, "team", dict(teams()))),
            (_("个人手上"), "in-hands", loaded_of(read, "person", dict(people()))),
        ],
        "followed": pieces.followed_of(read.links, read.passed),
        "submitted": read.links.number("submitted", read.passed["submitted"]),
        "load": pieces.load_of(read.moments, read.links),
    }


def waiting_tiles(read: Reading, standing: dict[str, dict[str, int]]) -> list[Tile]:
    """What waits, and how much of it is urgent."""
    words = {
        "to_review": _("待初审"),
        "to_dispatch": _("待派工"),
        "open_over": _("已超时"),
        "open_today": _("今天到期"),
    }
    return [_waiting_tile(key, name, read, standing) for key, name in words.items()]


def _waiting_tile(key: str, name: str, read: Reading, standing: dict[str, dict[str, int]]) -> Tile:
    many = sum(row[key] for row in standing.values())
    tone = "red" if key == "open_over" and many else ""
    return Tile(name, read.links.number(key, many), "", tone, [_urgent_note(key, read, standing)])


def _urgent_note(
    key: str, read: Reading, standing: dict[str, dict[str, int]]
) -> tuple[str, Number]:
    """How many of the figure `key` are urgent, as a tile says it below."""
    urgent = standing.get(Grade.URGENT, {}).get(key, 0)
    return str(Grade.URGENT.label), read.links.number(key, urgent, grade=str(Grade.URGENT))


def loaded_of(read: Reading, by: str, names: dict[str, Any]) -> dict[str, Any]:
    """Who has most in hand, with what is over and what ends today; `rest` more are not shown."""
    loads = measures.loaded(read.rows, by, read.span)
    most_first = sorted(loads.items(), key=lambda load: (-load[1]["open"], str(load[0])))

    def line(key: str, row: dict[str, int]) -> dict[str, Any]:
        numbers = [read.links.number(figure, row[figure], **{by: key}) for figure in OPEN]
        return {"name": names.get(key, key), "open": row["open"], "numbers": numbers}

    rows = [line(key_of(key), row) for key, row in most_first[:MOST]]
    return {
        "rows": rows,
        "most": max((row["open"] for row in rows), default=1),
        "rest": len(loads) - len(rows),
    }


OPEN = ("open", "open_over", "open_today")
