"""The import of demands: what it asks of a file, and what it does beyond the usual one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import Demand
from houqin.desk.intake.directory import IMPORTERS, Directory
from houqin.desk.intake.forms import DemandMapForm, TeamsForm
from houqin.desk.intake.mapping import FIELDS, Choices
from houqin.desk.intake.preview import DemandPreview
from houqin.desk.intake.promises import Promises
from houqin.desk.intake.rows import Reader
from houqin.desk.intake.writing import PlannedDemand, plan, write_demands
from houqin.kernel.errors import Refused
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.reading import read_table
from houqin.ui.imports import Import, ImportSheet, SheetRow
from houqin.ui.keyset import read_page


@dataclass(kw_only=True)
class DemandImport(Import):
    """Plans its rows before the transaction and writes them many at a time: files are long."""

    map_form = DemandMapForm
    match_form = TeamsForm
    rows_template = "intake/_preview_rows.html"
    notes_template = "intake/_preview_notes.html"
    result_template = "intake/_imported.html"

    def check_mapping(self, mapping: Mapping[str, str]) -> None:
        super().check_mapping(mapping)
        if not mapping.get("title") and not mapping.get("body"):
            raise Refused(_now("请指出哪一列是标题或内容。"))

    def read(self, file: ImportFile, at: datetime) -> Iterator[SheetRow]:
        table = read_table(bytes(file.content), sheet=file.sheet, head=file.head)
        directory = Directory(file.uploaded_by)
        reader = Reader(table, file.mapping, Choices.read(file.settings), directory, at)
        for number, draft, problems in reader.read():
            yield SheetRow(number, self.sheet, problems=problems, value=draft)

    def plan(self, file: ImportFile, rows: list[SheetRow], at: datetime) -> list[PlannedDemand]:
        return plan(file, [row.value for row in rows], at)

    def write_all(self, file: ImportFile, planned: Any, at: datetime) -> list[Any]:
        write_demands(planned)
        return []

    def new_preview(self, file: ImportFile, at: datetime) -> DemandPreview:
        foreign = file.chosen("timezone") not in ("", settings.TIME_ZONE)
        return DemandPreview(
            total=file.total,
            promises=Promises(at),
            foreign=file.chosen("timezone") if foreign else "",
            teams=file.chosen("teams") or {},
        )

    def context(self, request: Any, file: ImportFile) -> dict[str, Any]:
        """The demands that came of the file, as far as the reader sees them."""
        rows = Demand.objects.visible_to(request.user).filter(imported_as__file=file)
        page = read_page(rows.with_all(), "-submitted_at", request.GET.get("cursor", ""))
        return {
            "rows": page.rows,
            "total": rows.count(),
            "closed": rows.archived().count(),
            "next_url": page.next and f"?cursor={page.next}",
            "previous_url": page.previous and f"?cursor={page.previous}",
        }


DEMANDS_IN = DemandImport(
    key="intake:demands",
    title=_("导入需求"),
    sheets=(ImportSheet("demands", _("需求"), FIELDS),),
    to=IMPORTERS,
    asks=True,
    at_once=0,
    home="demands:demands",
)
