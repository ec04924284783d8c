from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.cockpit import moments
from houqin.kernel.sweeps.registry import sweep


@sweep(every=timedelta(seconds=30), batch=moments.BATCH, title=_("更新看板数据"))
def refresh_boards(now: datetime) -> int:
    """Write again the moments of what has changed, so that whoever opens a board need not wait for them."""
    return moments.write_outdated()
