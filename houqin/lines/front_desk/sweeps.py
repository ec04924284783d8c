"""What time does at the front desk."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import the_house
from houqin.kernel.sweeps.registry import BATCH, sweep
from houqin.lines.front_desk.actions import send_back_parcel
from houqin.lines.front_desk.models import Parcel


@sweep(every=timedelta(hours=1), title=_("退回超期没有人领的快递"))
def return_overdue(now: datetime) -> int:
    """Send back what nobody has fetched in time; what was moved in between is left alone."""
    count = 0
    for parcel in Parcel.objects.overdue(now).with_all().order_by("return_at", "pk")[:BATCH]:
        try:
            send_back_parcel(the_house(), parcel)
        except Refused:
            continue
        count += 1
    return count
