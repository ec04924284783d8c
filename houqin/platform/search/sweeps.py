from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.search import actions


@sweep(every=timedelta(seconds=10), batch=actions.BATCH, title=_("更新搜索索引"))
def refresh_index(now: datetime) -> int:
    """Index again what names a place or a person that has another name now."""
    return actions.index_stale()
