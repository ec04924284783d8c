"""The import of a roster, for one team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.reading import read_table
from houqin.platform.sheets.rows import sheet_rows
from houqin.ui.imports import Import, ImportColumn, ImportSheet, Preview, SheetRow
from houqin.ui.routes import BUSINESS
from houqin.work.roster.actions import take_back_shift, take_in
from houqin.work.roster.models import RUNS_ROSTER, PlannedShift, ShiftPattern
from houqin.work.roster.reports import RosterReader, read_day, say_clashes
from houqin.work.roster.table import teams_for
from houqin.work.teams.models import Team

MOST = 5000  # shifts in one file
COLUMNS = (
    ImportColumn("who", _("姓名"), _("或工号；同名的写工号"), "工号 人员 name", required=True),
    ImportColumn("day", _("日期"), _("每天一列的表不用这一列"), "day date"),
    ImportColumn("pattern", _("班次"), _("每天一列的表不用这一列"), "班 shift"),
)


@dataclass
class RosterPreview(Preview):
    """Also holds the shifts that would be put into the roster."""

    wishes: list[PlannedShift] = field(default_factory=list)

    def show(self, row: SheetRow) -> None:
        super().show(row)
        self.wishes += row.value


@dataclass(kw_only=True)
class RosterImport(Import):
    """Reads a column for each day, or a row for each shift, of the team that the address names."""

    intro_template = notes_template = "roster/_sheet_words.html"
    rows_template = "roster/_sheet_rows.html"

    def allow(self, actor: User, about: Mapping[str, Any]) -> None:
        team = teams_for(actor).filter(pk=about["team"]).first()
        if team is None:
            raise Http404
        require(actor, RUNS_ROSTER, team.place)

    def home_url(self, about: Mapping[str, Any]) -> str:
        return f"{reverse('roster:roster')}?team={about['team']}"

    def words_of(self, about: Mapping[str, Any]) -> dict[str, Any]:
        team = Team.objects.get(pk=about["team"])
        return {"team": team, "patterns": ShiftPattern.objects.filter(active=True)}

    def look(self, file: ImportFile) -> None:
        both = "day" in file.mapping and "pattern" in file.mapping
        if "who" not in file.mapping or not (both or self._days(file, file.at)):
            raise Refused(_now("第一行要有“姓名”，以及每天一列的日期，或者“日期”和“班次”两列。"))

    def read(self, file: ImportFile, at: datetime) -> Iterator[SheetRow]:
        table = read_table(bytes(file.content), sheet=file.sheet, head=file.head)
        days = self._days(file, at)
        mapping = file.mapping | {head: head for head in days}
        rows = sheet_rows(self.sheet, table, mapping)
        reader = RosterReader(_team(file), timezone.localtime(at).date(), days)
        for row in rows:
            reader.read(row)
        if sum(len(row.value) for row in rows) > MOST:
            raise Refused(_now("一个文件最多 %(most)d 个班，请分几个文件导入。") % {"most": MOST})
        say_clashes(rows)
        yield from rows

    def _days(self, file: ImportFile, at: datetime) -> dict[str, date]:
        """The heads that name a day."""
        today, known = timezone.localtime(at).date(), file.mapping.values()
        dated = {head: read_day(head, today) for head in file.columns if head not in known}
        return {head: day for head, day in dated.items() if day is not None}

    def used(self, file: ImportFile) -> Set[str]:
        return super().used(file) | set(self._days(file, file.at))

    def write_all(self, file: ImportFile, planned: Any, at: datetime) -> list[Any]:
        wishes = [(row, wish) for row in planned for wish in row.value]
        shifts = take_in(file.uploaded_by, _team(file), wishes=[wish for _row, wish in wishes])
        pairs = zip(wishes, shifts, strict=True)
        return [(row, shift) for (row, _wish), shift in pairs if shift is not None]

    def new_preview(self, file: ImportFile, at: datetime) -> RosterPreview:
        return RosterPreview(total=file.total)


def _team(file: ImportFile) -> Team:
    return Team.objects.select_related("place").get(pk=file.about["team"])


ROSTER_IN = RosterImport(
    key="roster:sheet",
    title=_("从表格导入排班"),
    words=_("第一列“姓名”，后面每天一列，格子里写班次简称；或者三列：姓名、日期、班次。"),
    sheets=(ImportSheet("shifts", _("排班"), COLUMNS),),
    to=BUSINESS,
    undo=take_back_shift,
)
