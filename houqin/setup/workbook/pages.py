"""The import of places, departments and people: three sheets of one workbook that lean on one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.rows import read_sheets
from houqin.setup.first_steps.steps import unfinished
from houqin.setup.permissions import RUNS_ACCOUNTS
from houqin.setup.workbook.actions import take_rows
from houqin.setup.workbook.columns import SHEETS
from houqin.setup.workbook.forms import BookForm
from houqin.setup.workbook.plan import check_rows
from houqin.ui.imports import Import, SheetRow


@dataclass(kw_only=True)
class HouseImport(Import):
    """Checks the sheets together and writes what is above before what is below."""

    upload_form = BookForm
    result_template = "workbook/_next.html"

    @property
    def updates(self) -> bool:
        return True

    def home_url(self, about: Mapping[str, Any]) -> str:
        return reverse("setup:wizard" if unfinished() else "setup:people")

    def read(self, file: ImportFile, at: datetime) -> Iterator[SheetRow]:
        yield from check_rows(read_sheets(self, file))

    def write_all(self, file: ImportFile, planned: Any, at: datetime) -> list[Any]:
        take_rows(file.uploaded_by, file, rows=planned, at=at)
        return []

    def context(self, request: Any, file: ImportFile) -> dict[str, Any]:
        return {"unfinished": unfinished()}


HOUSE_IN = HouseImport(
    key="setup:house",
    title=_("用 Excel 导入地点、部门和人员"),
    words=_("再传一次不会重复：编码和工号已有的只更新。角色只是申请，由安全管理员授予。"),
    sheets=SHEETS,
    to=RUNS_ACCOUNTS,
    everywhere=True,
    matched=False,
    at_once=2000,
    most=5000,
)
