"""The open work orders of one person."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.ui.worklist import Part, Task, Waiting, first_and_count, provide
from houqin.work.orders.models import WorkOrder
from houqin.work.orders.reports import order_chip


def waiting_orders(user: User, at: datetime) -> Waiting:
    """Orders to accept, to go to, to go on with."""
    rows = WorkOrder.objects.mine(user).open().by_clock().with_all()
    orders, count = first_and_count(rows)
    tasks = [_task(order, at) for order in orders]
    return Waiting(tasks, [Part(_("工单"), count, reverse("orders:mine"), 40)], count)


def _task(order: WorkOrder, at: datetime) -> Task:
    words = {"offered": _("接单"), "accepted": _("去现场"), "working": _("继续"), "held": _("恢复")}
    return Task(
        chip=order_chip(order, at),
        grade=getattr(order.subject, "grade", ""),
        title=order.title,
        url=order.get_absolute_url(),
        meta=" · ".join([order.number, order.place.short_name, str(order.get_status_display())]),
        verb=words[order.status],
        verb_url=order.get_absolute_url(),
        due_at=order.due_at,  # type: ignore[attr-defined]  # by_clock
    )


provide("orders", waiting_orders)
