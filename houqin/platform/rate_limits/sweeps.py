from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.rate_limits.actions import forget_ended
from houqin.platform.rate_limits.models import RateCounter


@sweep(every=timedelta(minutes=10), batch=1_000_000, title=_("清除到期的次数限制"))
def forget_counters(now: datetime) -> int:
    """Remove the counters whose windows have ended."""
    return forget_ended(RateCounter, now)
