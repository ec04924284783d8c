"""派工单: a work order on paper, for the pocket of whoever does it and for the file."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.kernel.people.models import User
from houqin.platform.files.models import Attachment
from houqin.platform.paper.form import (
    Form,
    Part,
    band,
    boxes,
    facts,
    photos,
    picture_of,
    signatures,
    stamp,
    table,
    total,
    wide,
)
from houqin.platform.paper.registry import Paper, register
from houqin.ui.formatting import duration, money
from houqin.work.orders.actions import AFTER, BEFORE
from houqin.work.orders.models import WorkOrder
from houqin.work.orders.order_page import checklist, codes_of, met_signature, subject_for
from houqin.work.orders.reports import cost_lines

TO_FILL_IN = " \n \n "  # room for a hand with a pen


def order_form(user: User, order: WorkOrder, at: datetime) -> Form:
    """What `user` may read of the order; what has not been done yet is left open to be written."""
    subject = subject_for(user, order)
    photographed = [
        photo for photo in Attachment.objects.of(order).photos() if photo.tag in (BEFORE, AFTER)
    ]
    parts = [*_task(order, subject), *_given(order), *_steps(order, at), *_done(order)]
    parts.append(photos(_("照片"), photographed))
    numbers = [(_("编号："), order.number)]
    if subject:
        numbers.append((_("需求："), subject.number))
    return Form(
        _("派工单"),
        numbers,
        order.get_absolute_url(),
        _("扫码打开工单"),
        [*parts, *_costs(order), _signed(order)],
    )


def _task(order: WorkOrder, subject: Any) -> list[Part]:
    name, phone = order.subject.contact() if order.subject else ("", "")
    grade = subject.get_grade_display() if subject else ""
    return [
        band(_("一、任务")),
        wide(_("任务"), order.title),
        wide(_("地点"), order.place.full_name),
        facts(
            (_("联系人"), name),
            (_("电话"), phone),
            (_("分级"), grade),
            (_("工种"), str(order.skill or "")),
        ),
        wide(_("要办的事"), subject.brief() if subject else ""),
    ]


def _given(order: WorkOrder) -> list[Part]:
    return [
        band(_("二、派工")),
        facts(
            (_("班组"), str(order.team or "")),
            (_("执行人"), str(order.executor or _("等班组接单"))),
            (_("派工时间"), stamp(order.offered_at)),
            (_("接单时间"), stamp(order.accepted_at)),
            (_("到场时间"), _arrival(order)),
        ),
    ]


def _arrival(order: WorkOrder) -> str:
    manner = _("（扫码）") if order.arrived_by_code else _("（未扫码）")
    return f"{stamp(order.arrived_at)}{manner}" if order.arrived_at else ""


def _steps(order: WorkOrder, at: datetime) -> list[Part]:
    """The standard steps with their boxes: ticked in the system, or to be ticked by hand."""
    return [
        wide(_("第 %(nth)s 步") % step, boxes([_ticked(step)])) for step in checklist(order, at)
    ]


def _ticked(step: dict[str, Any]) -> tuple[str, bool]:
    done = step["done"]
    return (
        (f"{step['words']}　{done.by} {stamp(done.at)}", True) if done else (step["words"], False)
    )


def _done(order: WorkOrder) -> list[Part]:
    labour = duration(timedelta(minutes=order.labour_minutes)) if order.labour_minutes else ""
    return [
        band(_("三、完工")),
        facts(*((code.get_kind_display(), str(code)) for code in codes_of(order))),
        wide(_("处理结果"), order.result or TO_FILL_IN),
        facts((_("完工时间"), stamp(order.done_at) or " "), (_("工时"), labour or " ")),
    ]


def _costs(order: WorkOrder) -> list[Part]:
    lines = cost_lines([order])
    if not lines:
        return []
    heads = [_("用料与外委"), _("数量"), _("单价（元）"), _("金额（元）")]
    return [table(heads, lines), total(_("合计大写"), order.cost_fen, money(order.cost_fen))]


def _signed(order: WorkOrder) -> Part:
    done = str(order.executor) if order.done_at else ""
    drawn = met_signature(order) if order.met_name else None
    picture = picture_of(drawn) if drawn else None
    when = (
        f"{order.met_name if picture else ''} {stamp(order.done_at)}".strip()
        if order.met_name
        else ""
    )
    return signatures(
        (_("执行人签字："), done, stamp(order.done_at)),
        (_("现场接待人签字："), picture or order.met_name, when),
        (_("派工人签字："), "", ""),
    )


ORDER = register(Paper("order", gettext_lazy("派工单"), WorkOrder, order_form))
