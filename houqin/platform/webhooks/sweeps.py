from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.webhooks import sending


@sweep(every=timedelta(seconds=10), batch=sending.BATCH, title=_("向消息通道发送"))
def send_posts(now: datetime) -> int:
    """Send what is due to robots and other systems; how many were tried. No transaction is open meanwhile."""
    return sending.send_due(now)
