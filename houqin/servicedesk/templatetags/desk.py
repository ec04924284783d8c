from __future__ import annotations

from datetime import datetime

from django import template

from houqin.kernel.web.clocks import Chip, nearest
from houqin.servicedesk.models import Request

register = template.Library()


@register.simple_tag
def nearest_chip(request: Request, now: datetime) -> Chip | None:
    """The chip of the clock that ends first; reads prefetched clocks."""
    return nearest(request, now)
