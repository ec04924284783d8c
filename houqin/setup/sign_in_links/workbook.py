"""Links for many people as a sheet, to be handed out one by one."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from houqin.kernel.people.models import User


def workbook(rows: Iterable[tuple[User, str]]) -> bytes:
    """An xlsx file with a row for each person and their link."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_("设置密码的链接"))
    page.append([_("工号"), _("姓名"), _("部门"), _("链接（七天内有效，只能用一次）")])
    for person, url in rows:
        cells = (person.username, person.name, str(person.department or ""), url)
        page.append([_text(cell) for cell in cells])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell: str) -> str:
    """A cell that a spreadsheet shows and never computes."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
