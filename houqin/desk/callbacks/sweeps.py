"""Every half hour: which closed demands are called back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houqin.desk.callbacks.actions import draw_call_back, drawn, reason_to_call
from houqin.desk.callbacks.policies import SHARE
from houqin.desk.demands.models import Demand
from houqin.kernel.policies.registry import counts
from houqin.kernel.sweeps.registry import sweep

LOOKED_BACK = timedelta(days=3)  # a worker that was down for a weekend misses none
BATCH = 500


@sweep(every=timedelta(minutes=30), title=_("抽取回访"))
def draw_call_backs(now: datetime) -> int:
    """Of what was accepted or rated lately, those that are on the list for calling or ought to be."""
    since = now - LOOKED_BACK
    lately = Q(acceptances__at__gte=since, acceptances__at__lt=now) | Q(rating__at__gte=since)
    ended = Demand.objects.filter(lately, status__in=["accepted", "closed"], call_back=None)
    rows = (
        ended.exclude(channel=Demand.Channel.IMPORT)
        .select_related("rating")
        .distinct()
        .order_by("pk")
    )
    drawn = 0
    for demand in rows[:BATCH]:
        if why := reason_to_call(demand, now):
            drawn += draw_call_back(demand, why, at=now)
    return drawn


@counts(SHARE, _("近 30 天验收的需求中被抽到的"))
def drawn_of_a_month(share: int, at: datetime) -> int:
    month = Demand.objects.filter(acceptances__at__gt=at - timedelta(days=30))
    numbers = (
        month.exclude(channel=Demand.Channel.IMPORT).distinct().values_list("number", flat=True)
    )
    return sum(drawn(number, share) for number in numbers)
