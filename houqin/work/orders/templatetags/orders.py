"""What the templates of work orders say beside the words of the house: `{% load orders %}`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _

from houqin.ui.chips import Chip
from houqin.ui.clocks import nearest
from houqin.work.orders import reports
from houqin.work.orders.models import WorkOrder

register = template.Library()
S = WorkOrder.Status


@register.simple_tag
def order_chip(order: WorkOrder, at: datetime) -> Chip | None:
    """The chip of the clock of an order."""
    return reports.order_chip(order, at)


@register.simple_tag
def waiting_chip(subject: Any, at: datetime) -> Chip | None:
    """The clock of what waits for a work order."""
    return nearest(subject, at)


@register.simple_tag
def main_verb(order: WorkOrder) -> dict[str, str] | None:
    """The one verb of an order on its executor's list; "" as verb means: go on, on its page."""
    verbs = {
        S.OFFERED: ("accept", _("接单"), "check"),
        S.ACCEPTED: ("start", _("到场，开始"), "player-play"),
        S.WORKING: ("", _("继续处理"), "arrow-right"),
        S.HELD: ("resume", _("恢复处理"), "player-play"),
    }
    if order.status not in verbs:
        return None
    verb, label, icon = verbs[S(order.status)]
    return {"verb": verb, "label": label, "icon": icon}


@register.simple_tag
def contact(subject: Any) -> tuple[str, str]:
    """Whom to call about the work: name and phone."""
    return subject.contact() if subject else ("", "")


@register.filter
def place_without_campus(full_name: str) -> str:
    """Where to go, without the site that everybody on it knows."""
    steps = full_name.split(" / ")
    return " ".join(steps[1:] if len(steps) > 1 else steps)
