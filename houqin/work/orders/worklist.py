"""The open work orders of one person."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.ui.worklist import WORKLISTS, Task, Worklist
from houqin.work.orders.models import WorkOrder, WorkOrderQuerySet
from houqin.work.orders.reports import order_chip

VERBS = {"offered": _("接单"), "accepted": _("去现场"), "working": _("继续"), "held": _("恢复")}


def waiting_orders(user: User, at: datetime) -> WorkOrderQuerySet:
    """Orders to accept, to go to, to go on with."""
    return WorkOrder.objects.mine(user).open().by_clock().with_all()


def _task(order: WorkOrder, at: datetime) -> Task:
    return Task(
        chip=order_chip(order, at),
        grade=getattr(order.subject, "grade", ""),
        title=order.title,
        url=order.get_absolute_url(),
        meta=" · ".join([order.number, order.place.short_name, str(order.get_status_display())]),
        verb=str(VERBS[order.status]),
        verb_url=order.get_absolute_url(),
        due_at=order.due_at,  # type: ignore[attr-defined]  # by_clock
    )


WORKLISTS.register(
    Worklist(
        code="orders",
        label=_("工单"),
        order=40,
        rows=waiting_orders,
        task=_task,
        route="orders:mine",
    )
)
