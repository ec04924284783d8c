"""What is held for somebody who does not confirm it becomes free by itself."""

from datetime import datetime, timedelta

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from houqin.kernel.sweeps.registry import BATCH, sweep
from houqin.shared.bookings.actions import lapse
from houqin.shared.bookings.models import Booking


@sweep(every=timedelta(minutes=1), title=_("释放过期的暂订"))
def free_lapsed(now: datetime) -> int:
    """Free the tentative bookings of every model whose time is over."""
    count = 0
    for model in apps.get_models():
        if issubclass(model, Booking):
            for booking in model._default_manager.lapsed(now)[: BATCH - count]:  # type: ignore[attr-defined]
                lapse(booking, now)
                count += 1
    return count
