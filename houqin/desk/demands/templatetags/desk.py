from __future__ import annotations

from datetime import datetime

from django import template

from houqin.desk.demands.models import Demand
from houqin.ui.chips import Chip
from houqin.ui.clocks import nearest

register = template.Library()


@register.simple_tag
def nearest_chip(demand: Demand, now: datetime) -> Chip | None:
    """The chip of the clock that ends first; reads prefetched clocks."""
    return nearest(demand, now)
