from datetime import datetime, timedelta

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.identity import attempts, sessions


@sweep(every=timedelta(hours=6), batch=1_000_000)
def forget_failures(now: datetime) -> int:
    """Addresses are kept no longer than they count."""
    return attempts.forget_old(now)


@sweep(every=timedelta(hours=6), batch=1_000_000)
def forget_sessions(now: datetime) -> int:
    """Where somebody was signed in is nobody's business once they are not."""
    return sessions.forget_ended(now)
