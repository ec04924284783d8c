from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.identity import sessions
from houqin.platform.identity.models import Failure
from houqin.platform.rate_limits.actions import forget_ended


@sweep(every=timedelta(hours=6), batch=1_000_000, title=_("清理过期的登录失败记录"))
def forget_failures(now: datetime) -> int:
    """Addresses are kept no longer than they count."""
    return forget_ended(Failure, now)


@sweep(every=timedelta(hours=6), batch=1_000_000, title=_("清理已结束的登录"))
def forget_sessions(now: datetime) -> int:
    """Where somebody was signed in is nobody's business once they are not."""
    return sessions.forget_ended(now)
