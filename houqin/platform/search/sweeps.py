from datetime import datetime, timedelta

from houqin.kernel.sweeps.registry import sweep
from houqin.platform.search import actions


@sweep(every=timedelta(seconds=10), batch=actions.BATCH)
def refresh_index(now: datetime) -> int:
    """Index again what names a place or a person that has another name now."""
    return actions.index_stale()
