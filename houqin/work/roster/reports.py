"""A duty roster from a spreadsheet: one row for each person with a column for each day, or one row for each
shift."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.platform.sheets.reading import read_table
from houqin.work.roster.models import PlannedShift, Shift, ShiftPattern
from houqin.work.teams.models import Member, Team

WHO, DAY, PATTERN = (
    ("姓名", "工号", "人员", "name"),
    ("日期", "day", "date"),
    ("班次", "班", "shift"),
)
FREE = {"", "休", "休息", "-", "—", "/", "off"}
FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
BETWEEN = re.compile(r"[、，,;；+\s]+")
MOST = 5000  # shifts in one file


@dataclass
class Sheet:
    """What a file says: `wishes` in its order, and (row, sentence) for what cannot be read."""

    wishes: list[PlannedShift] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def read_roster(team: Team, data: bytes, today: date) -> Sheet:
    """Read a file for `team`; writes nothing. Days without a year are those nearest to `today`.

    Raises Unreadable for what is no table, Refused for one without people or days.
    """
    table = read_table(data)
    reader = _Reader(team, today, table.columns)
    sheet = Sheet()
    for number, cells in table.rows:
        for one in reader.row(cells):
            if isinstance(one, PlannedShift):
                sheet.wishes.append(one)
            else:
                sheet.problems.append((number, one))
            if len(sheet.wishes) > MOST:
                raise Refused(_("一个文件最多 %(most)d 个班，请分几个文件导入。") % {"most": MOST})
    sheet.problems += [(0, words) for words in _clashes(sheet.wishes)]
    return sheet


class _Reader:
    def __init__(self, team: Team, today: date, columns: list[str]) -> None:
        self.team, self.today, self.columns = team, today, columns
        crew = list(team.crew.select_related("user", "team__place"))
        names = Counter(member.user.name for member in crew)
        self.people = {member.user.username.casefold(): member for member in crew}
        self.people |= {one.user.name.casefold(): one for one in crew if names[one.user.name] == 1}
        self.patterns: dict[str, ShiftPattern] = {}
        for pattern in ShiftPattern.objects.filter(active=True):
            for word in (pattern.letter, pattern.name, pattern.mark, str(pattern)):
                self.patterns[word.casefold()] = pattern
        self.who = self._column(WHO)
        self.day, self.pattern = self._column(DAY), self._column(PATTERN)
        self.days = {nth: day for nth, name in enumerate(columns) if (day := self._date(name))}
        if self.who is None or not (
            self.days or (self.day is not None and self.pattern is not None)
        ):
            raise Refused(_("第一行要有“姓名”，以及每天一列的日期，或者“日期”和“班次”两列。"))

    def _column(self, words: tuple[str, ...]) -> int | None:
        return next(
            (nth for nth, name in enumerate(self.columns) if name.strip().casefold() in words), None
        )

    def row(self, cells: list[Any]) -> Iterator[PlannedShift | str]:
        """The shifts of one row, or a sentence for each cell that says none."""
        assert self.who is not None
        name = str(cells[self.who]).strip()
        member = self.people.get(name.casefold())
        if member is None:
            yield _("%(team)s里没有“%(name)s”，或有人同名；同名请写工号。") % {
                "team": self.team,
                "name": name[:40],
            }
            return
        if self.days:
            for nth, day in self.days.items():
                yield from self._shifts(member, day, cells[nth])
            return
        assert self.day is not None
        assert self.pattern is not None
        found = self._date(cells[self.day])
        if found is None:
            yield _("“%(text)s”不是日期，应写作 2026-11-23。") % {"text": str(cells[self.day])[:40]}
            return
        yield from self._shifts(member, found, cells[self.pattern])

    def _shifts(self, member: Member, day: date, cell: Any) -> Iterator[PlannedShift | str]:
        text = str(cell).strip()
        if text.casefold() in FREE:
            return
        for word in filter(None, BETWEEN.split(text)):
            pattern = self.patterns.get(word.casefold())
            if pattern is None:
                told = {"day": f"{day:%m-%d}", "text": word[:20], "known": self._known()}
                yield _("%(day)s 的“%(text)s”不是班次，可以写：%(known)s。") % told
            else:
                yield PlannedShift(member, day, pattern)

    def _known(self) -> str:
        return _("、").join(dict.fromkeys(pattern.mark for pattern in self.patterns.values()))

    def _date(self, cell: Any) -> date | None:
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = str(cell).strip()
        try:
            if found := FULL.match(text):
                return date(*map(int, found.groups()))
            if found := SHORT.match(text):
                years = (self.today.year - 1, self.today.year, self.today.year + 1)
                days = [date(year, *map(int, found.groups())) for year in years]
                return min(days, key=lambda day: abs(day - self.today))
        except ValueError:
            return None
        return None


def _clashes(wishes: list[PlannedShift]) -> list[str]:
    """Where shifts of the file overlap each other or those that are there already."""
    taken: dict[tuple[int, bool], list[tuple[datetime, datetime, str, Any]]] = defaultdict(list)
    said: list[str] = []
    if not wishes:
        return said
    spans = [wish.pattern.on(wish.day) for wish in wishes]
    start, end = min(first for first, _last in spans), max(last for _first, last in spans)
    people = {wish.member.user_id for wish in wishes}
    there = Shift.objects.between(start - timedelta(days=1), end).filter(user__in=people)
    for shift in there.select_related("pattern"):
        key = (shift.user_id, shift.on_call)
        taken[key].append((shift.starts_at, shift.ends_at, str(shift), shift.pattern_id))
    for wish, (first, last) in zip(wishes, spans, strict=True):
        key = (wish.member.user_id, wish.pattern.on_call)
        same = (first, last, wish.pattern.pk)
        if any((a, b, pattern) == same for a, b, _words, pattern in taken[key]):
            continue
        other = next((words for a, b, words, _pk in taken[key] if a < last and b > first), None)
        words = f"{wish.day:%m-%d} {wish.pattern.mark}"
        if other:
            told = {"name": wish.member.user, "shift": words, "other": other}
            said.append(_("%(name)s %(shift)s 和 %(other)s 时间重叠。") % told)
        taken[key].append((first, last, words, wish.pattern.pk))
    return said
