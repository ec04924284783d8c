"""What the templates of the workbench say beside the words of the house: `{% load cockpit %}`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from houqin.ui.chips import Chip
from houqin.ui.clocks import nearest

register = template.Library()


@register.simple_tag
def nearest_chip(target: Any, at: datetime) -> Chip | None:
    """The chip of the clock of `target` that ends first; reads prefetched clocks."""
    return nearest(target, at)
