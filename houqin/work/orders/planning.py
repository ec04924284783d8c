"""What speaks against a plan, said before it is saved. Reads only; nothing here forbids."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from houqin.kernel.people.models import Absence, User
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift, business_hours, rostered
from houqin.work.teams.models import Member


def conflicts(order: WorkOrder, user: User, start: datetime, end: datetime) -> list[str]:
    """Why `user` should not do `order` from `start` to `end`: other plans, no shift, leave, a due time that
    passes; each as a sentence."""
    sentences = [_other_plan(other) for other in plans_of(user, start, end).exclude(pk=order.pk)]
    if not _at_work(order, user, start, end):
        sentences.append(_("%(name)s这段时间不在班上") % {"name": user})
    if Absence.objects.filter(user=user, starts_at__lt=end, ends_at__gt=start).exists():
        sentences.append(_("%(name)s这段时间请假") % {"name": user})
    due = getattr(WorkOrder.objects.by_clock().get(pk=order.pk), "due_at", None)
    if due and due < end:
        sentences.append(_("晚于时限 %(due)s") % {"due": f"{timezone.localtime(due):%m-%d %H:%M}"})
    return sentences


def _at_work(order: WorkOrder, user: User, start: datetime, end: datetime) -> bool:
    """Whether a shift covers the stretch, or business hours do where no team of `user` keeps a roster."""
    if Shift.objects.filter(user=user, starts_at__lte=start, ends_at__gte=end).exists():
        return True
    hours = business_hours(order.place, start)
    planned = Member.objects.filter(user=user, team__in=rostered(start)).exists()
    return not planned and hours is not None and hours[0] <= start and end <= hours[1]


def plans_of(user: User, start: datetime, end: datetime) -> models.QuerySet[WorkOrder]:
    """The open orders of `user` that are planned for any part of the stretch."""
    open_orders = WorkOrder.objects.open().filter(executor=user)
    return open_orders.filter(planned_from__lt=end, planned_to__gt=start).order_by(
        "planned_from", "pk"
    )


def _other_plan(order: WorkOrder) -> str:
    first, last = (
        f"{timezone.localtime(at):%H:%M}" for at in (order.planned_from, order.planned_to)
    )
    told = {"title": order.title, "start": first, "end": last}
    return _("和“%(title)s”（%(start)s–%(end)s）重叠") % told
