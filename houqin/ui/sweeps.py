from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from tempfile import TemporaryFile

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from houqin.kernel.leases import LeaseLost
from houqin.kernel.sweeps.registry import sweep
from houqin.kernel.timekeeping import now as present
from houqin.platform.notices.actions import notify
from houqin.platform.sheets.actions import claim_export, finish_export, forget_contents
from houqin.platform.sheets.models import Export
from houqin.ui.exports import write_list
from houqin.ui.lists import LISTINGS


@sweep(every=timedelta(seconds=5), batch=1, title=_("生成导出文件"))
def make_sheets(now: datetime) -> int:
    """Make one long workbook, in the language of whoever asked, and tell them."""
    forget_contents(now)
    export = claim_export(now)
    if export is None:
        return 0
    try:
        content, rows = _made(export)
    except Exception:
        _tell(export, None, export.rows)
        raise
    _tell(export, content, rows)
    return 1


def _made(export: Export) -> tuple[bytes, int]:
    with translation.override(export.user.language), TemporaryFile() as out:
        rows = write_list(out, LISTINGS[export.listing], export.user, export.query)
        out.seek(0)
        return out.read(), rows


def _tell(export: Export, content: bytes | None, rows: int) -> None:
    at = present()
    with suppress(LeaseLost):  # whoever has it now tells of it
        event = finish_export(export, content=content, rows=rows, now=at)
        notify([export.user], event, url=export.get_absolute_url(), now=at)
