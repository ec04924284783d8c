"""The lead's board: each of one's people, who is on shift now, and how the team did."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext as term

from houqin.cockpit.pages import pieces
from houqin.cockpit.pages.compared import Compared, key_of, share_of, tone_of
from houqin.cockpit.pages.numbers import Number, mean, percent
from houqin.cockpit.pages.reading import Reading
from houqin.cockpit.pages.rows import people
from houqin.cockpit.pages.tiles import Both, Tile
from houqin.cockpit.reports import measures
from houqin.cockpit.reports.figures import by_grade
from houqin.kernel.clock.models import Grade
from houqin.work.roster.models import Shift, crews_run_by
from houqin.work.teams.models import Member


def crew_board(read: Reading) -> dict[str, Any]:
    tiles, standing = Both(read), by_grade(read.rows, read.span)
    return {
        "tiles": [*open_tiles(read, standing), tiles.handling(), tiles.rework(), tiles.stars()],
        "heads": heads(),
        "compared": people_of(read),
        "course": pieces.course_of(read.course, read.links),
        **pieces.standing_of(standing, read.links),
        "on_shift": on_shift(read),
        "stars": pieces.stars_of(read.links, read.passed),
    }


def open_tiles(read: Reading, standing: dict[str, dict[str, int]]) -> list[Tile]:
    total = {
        key: sum(row[key] for row in standing.values())
        for key in ("open", "open_over", "open_today")
    }
    over, today = (read.links.number(key, total[key]) for key in ("open_over", "open_today"))
    urgent = standing.get(Grade.URGENT, {}).get("open_over", 0)
    note = (
        str(Grade.URGENT.label),
        read.links.number("open_over", urgent, grade=str(Grade.URGENT)),
    )
    return [
        Tile(_("未结"), read.links.number("open", total["open"]), "", "", [(_("今天到期"), today)]),
        Tile(_("已超时"), over, "", "red" if total["open_over"] else "", [note]),
    ]


def heads() -> list[str]:
    return [
        _("未结"),
        _("已超时"),
        _("办理按时"),
        term("figure", "办结"),
        _("退单"),
        term("figure", "返工"),
        term("figure", "评价"),
        _("低分"),
    ]


def people_of(read: Reading) -> list[Compared]:
    """Everybody in the teams that the reader leads, and whoever else had such work, by name."""
    names, figures = dict(people()), _figures(read)
    return [_row(str(names[key]), key, figures[key], read) for key in names if key in figures]


def _figures(read: Reading) -> dict[str, dict[str, Any]]:
    """What is counted of each person, by their key."""
    crew = Member.objects.filter(team__in=crews_run_by(read.user)).values_list("user", flat=True)
    figures: dict[str, dict[str, Any]] = {str(pk): {} for pk in crew}
    passed = measures.compared(read.moments, "person", read.span)
    for part in (passed, measures.loaded(read.rows, "person", read.span)):
        for key, row in part.items():
            figures.setdefault(key_of(key), {}).update(row)
    for key, count in measures.handed_back(read.moments, read.span).items():
        figures.setdefault(key_of(key), {})["handed_back"] = count
    return figures


def _row(name: str, person: str, row: dict[str, Any], read: Reading) -> Compared:
    share = share_of(row)

    def number(figure: str, text: str = "") -> Number:
        return read.links.number(figure, row.get(figure, 0), text, person=person)

    numbers = [
        number("open"),
        number("open_over"),
        number("handling", percent(share.percent)),
        number("finished"),
        read.links.number("handed_back", row.get("handed_back", 0), back=person),
        number("rework"),
        number("rated", mean(row.get("stars"))),
        number("unhappy"),
    ]
    return Compared(name, numbers, *tone_of(share))


def on_shift(read: Reading) -> list[Shift]:
    """Whose shift lasts now, among the people of the teams that the reader leads."""
    crew = Member.objects.filter(team__in=crews_run_by(read.user)).values("user")
    now_on = Shift.objects.visible_to(read.user).at(read.at).filter(user__in=crew)
    return list(
        now_on.select_related("user", "place", "pattern").order_by("ends_at", "user__name", "pk")
    )
