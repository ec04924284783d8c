"""A duty roster from a spreadsheet: one row for each person with a column for each day, or one row for each
shift."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from houqin.platform.sheets.columns import SheetRow
from houqin.work.roster.models import PlannedShift, Shift, ShiftPattern
from houqin.work.teams.models import Member, Team

FREE = {"", "休", "休息", "-", "—", "/", "off"}
FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
BETWEEN = re.compile(r"[、，,;；+\s]+")

Taken = tuple[datetime, datetime, str, Any]  # from, to, the words, the key of the pattern


def read_day(cell: Any, today: date) -> date | None:
    """The day that a cell or a head names; one without a year is the nearest to `today`."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell).strip()
    try:
        if match := FULL.match(text):
            return date(*map(int, match.groups()))
        if match := SHORT.match(text):
            years = (today.year - 1, today.year, today.year + 1)
            days = [date(year, *map(int, match.groups())) for year in years]
            return min(days, key=lambda day: abs(day - today))
    except ValueError:
        return None
    return None


class RosterReader:
    """Reads rows for `team`: the value of a row is its shifts. `days` are the heads that name a day."""

    def __init__(self, team: Team, today: date, days: Mapping[str, date]) -> None:
        self.team, self.today, self.days = team, today, days
        crew = list(team.crew.select_related("user", "team__place"))
        names = Counter(member.user.name for member in crew)
        self.people = {member.user.username.casefold(): member for member in crew}
        self.people |= {
            member.user.name.casefold(): member for member in crew if names[member.user.name] == 1
        }
        self.patterns: dict[str, ShiftPattern] = {}
        for pattern in ShiftPattern.objects.filter(active=True):
            for word in (pattern.letter, pattern.name, pattern.mark, str(pattern)):
                self.patterns[word.casefold()] = pattern

    def read(self, row: SheetRow) -> None:
        """Set the shifts of one row, or say what is wrong with each cell that names none."""
        row.value = []
        name = row["who"]
        member = self.people.get(name.casefold())
        if member is None:
            words = _("%(team)s里没有“%(name)s”，或有人同名；同名请写工号。")
            row.say("who", words % {"team": self.team, "name": name[:40]})
        elif self.days:
            for head, day in self.days.items():
                self._shifts(row, head, member, day)
        elif (named := read_day(row.cells["day"], self.today)) is None:
            words = _("“%(text)s”不是日期，应写作 2026-11-23。")
            row.say("day", words % {"text": row["day"][:40]})
        else:
            self._shifts(row, "pattern", member, named)

    def _shifts(self, row: SheetRow, key: str, member: Member, day: date) -> None:
        text = row[key]
        if text.casefold() in FREE:
            return
        for word in filter(None, BETWEEN.split(text)):
            pattern = self.patterns.get(word.casefold())
            if pattern is None:
                told = {"day": f"{day:%m-%d}", "text": word[:20], "known": self._known()}
                row.say(key, _("%(day)s 的“%(text)s”不是班次，可以写：%(known)s。") % told)
            else:
                row.value.append(PlannedShift(member, day, pattern))

    def _known(self) -> str:
        return _("、").join(dict.fromkeys(pattern.mark for pattern in self.patterns.values()))


def say_clashes(rows: Sequence[SheetRow]) -> None:
    """Say where shifts of the file overlap each other or those that are there already."""
    wishes = [(row, wish, wish.pattern.on(wish.day)) for row in rows for wish in row.value or ()]
    if not wishes:
        return
    taken = _planned_already(wishes)
    for row, wish, (first, last) in wishes:
        there = taken[wish.member.user_id, wish.pattern.on_call]
        if (first, last, wish.pattern.pk) in {(a, b, pattern) for a, b, _words, pattern in there}:
            continue
        words = f"{wish.day:%m-%d} {wish.pattern.mark}"
        if other := _overlapping(there, first, last):
            values = {"name": wish.member.user, "shift": words, "other": other}
            row.say("", _("%(name)s %(shift)s 和 %(other)s 时间重叠。") % values)
        there.append((first, last, words, wish.pattern.pk))


def _planned_already(wishes: list[Any]) -> dict[tuple[int, bool], list[Taken]]:
    """The shifts near the wished ones, by person and by whether they are on call."""
    start, end = min(span[0] for *_x, span in wishes), max(span[1] for *_x, span in wishes)
    people = {wish.member.user_id for _row, wish, _span in wishes}
    shifts = Shift.objects.between(start - timedelta(days=1), end).filter(user__in=people)
    taken: dict[tuple[int, bool], list[Taken]] = defaultdict(list)
    for shift in shifts.select_related("pattern"):
        stretch = (shift.starts_at, shift.ends_at, str(shift), shift.pattern_id)
        taken[shift.user_id, shift.on_call].append(stretch)
    return taken


def _overlapping(taken: list[Taken], first: datetime, last: datetime) -> str | None:
    """The words of the first shift that overlaps [first, last)."""
    return next((words for a, b, words, _pk in taken if a < last and b > first), None)
