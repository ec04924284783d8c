"""Files that were started are taken in by the worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.sheets.taking_in import claim_import, take_in


@sweep(every=timedelta(seconds=3), batch=1, title=_("导入文件"))
def import_files(now: datetime) -> int:
    """Take in one file that was started, or one whose worker died while at it."""
    file = claim_import(now)
    if file is None:
        return 0
    take_in(file, now)
    return 1
