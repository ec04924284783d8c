"""需求单 and 验收单: a demand on paper, as it was asked for and as it was signed for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.desk.demands.models import Acceptance, Demand, Rating
from houqin.kernel.clock.models import Clock, Grade, Kind
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
from houqin.ui.formatting import money
from houqin.work.orders.models import WorkOrder
from houqin.work.orders.reports import cost_lines

Tag = Attachment.Tag
NO_DATE = "　　年　　月　　日"


def demand_form(user: User, demand: Demand, at: datetime) -> Form:
    """需求单: who asks for what, where, until when, and what the review decided."""
    scene = Attachment.objects.of(demand).photos().filter(tag=Tag.SCENE)
    hands = (_("需求人签字："), _("部门负责人签字："), _("后勤专员签字："))
    parts = [
        *_asked(demand),
        facts(*demand.entry.answered(demand.answers)),
        photos(_("现场照片"), scene),
        *_reviewed(demand),
        signatures(*((hand, "", NO_DATE) for hand in hands)),
    ]
    numbers = [(_("编号："), demand.number)]
    return Form(_("需求单"), numbers, demand.get_absolute_url(), _("扫码查看进度"), parts)


def _reviewed(demand: Demand) -> list[Part]:
    """What was decided, and by when it is promised."""
    clocks = demand.clocks.filter(round=1, due_at__isnull=False).exclude(kind=Kind.ACCEPTANCE)
    dues = [
        (_("应%(kind)s") % {"kind": clock.get_kind_display()}, stamp(clock.due_at))
        for clock in clocks.order_by("pk")
    ]
    decided = _grades(demand.grade if demand.graded_at else "")
    return [
        band(_("二、初审")),
        facts((_("状态"), demand.get_status_display()), (_("定级"), decided), *dues),
    ]


def acceptance_form(user: User, demand: Demand, at: datetime) -> Form:
    """验收单: what was asked for, what was done, what it took, and who signed for it.
    Before that is signed in the system, there is room for a pen."""
    orders = list(_done_orders(demand))
    acceptance = demand.acceptances.select_related("signature", "signer").order_by("round").last()
    parts = [
        *_asked(demand),
        *_handled(demand, orders),
        *_costs(orders),
        band(_("四、验收")),
        *_verdict(demand, acceptance),
        _signed(orders, acceptance),
    ]
    numbers = [(_("编号："), demand.number)]
    numbers += [
        (_("工单：") if nth == 0 else "", order.number) for nth, order in enumerate(orders[:4])
    ]
    foot = (
        _("签署内容摘要 SHA-256 %(digest)s") % {"digest": acceptance.digest} if acceptance else ""
    )
    return Form(_("验收单"), numbers, demand.get_absolute_url(), _("扫码查验"), parts, foot)


def _asked(demand: Demand) -> list[Part]:
    name, phone = demand.contact()
    return [
        band(_("一、需求")),
        facts(
            (_("需求部门"), str(demand.department or "")),
            (_("需求人"), f"{name}　{phone}"),
            (_("服务项"), f"{demand.entry.category} / {demand.entry}"),
            (_("渠道"), demand.get_channel_display()),
            (_("提交时间"), stamp(demand.submitted_at)),
            (_("自报分级"), _grades(demand.claimed)),
            (_("期望时间"), stamp(demand.wanted_at)),
        ),
        wide(_("地点"), demand.place.full_name),
        wide(_("内容"), demand.title),
        wide(_("详细说明"), demand.body),
    ]


def _grades(grade: str) -> dict[str, Any]:
    return boxes((label, value == grade) for value, label in Grade.choices)


def _done_orders(demand: Demand) -> Any:
    done = WorkOrder.objects.of(demand).filter(status=WorkOrder.Status.DONE)
    return done.select_related("executor", "team", "skill").prefetch_related("materials")


def _handled(demand: Demand, orders: Sequence[WorkOrder]) -> list[Part]:
    clock = demand.clocks.filter(kind=Kind.HANDLING).order_by("-round").first()
    files = Attachment.objects.of(demand, *orders).photos()
    return [
        band(_("二、办理")),
        facts(
            (_("执行班组"), _each_once(order.team for order in orders if order.team)),
            (_("执行人"), _each_once(order.executor for order in orders)),
            (_("应办结"), stamp(clock.due_at) if clock else ""),
            (_("实际办结"), stamp(demand.done_at)),
            (_("办理时限"), _in_time(clock) if clock else ""),
        ),
        wide(_("处理结果"), "\n".join(order.result for order in orders)),
        photos(_("照片"), [photo for photo in files if photo.tag != Tag.SIGNATURE]),
    ]


def _each_once(things: Iterable[Any]) -> str:
    return _("、").join(dict.fromkeys(str(thing) for thing in things))


def _in_time(clock: Clock) -> dict[str, Any]:
    return boxes(
        (Clock.Result(result).label, clock.result == result)
        for result in (Clock.Result.MET, Clock.Result.BREACHED)
    )


def _costs(orders: Sequence[WorkOrder]) -> list[Part]:
    lines = cost_lines(orders)
    fen = sum(order.cost_fen for order in orders)
    if not lines:
        return [band(_("三、费用")), wide(_("费用"), _("没有用料和外委费用。"))]
    heads = [_("项目"), _("数量"), _("单价（元）"), _("金额（元）")]
    return [band(_("三、费用")), table(heads, lines), total(_("合计大写"), fen, money(fen))]


def _verdict(demand: Demand, acceptance: Acceptance | None) -> list[Part]:
    deemed = acceptance is not None and acceptance.how == Acceptance.How.DEEMED
    verdict = boxes(
        [
            (_("合格"), acceptance is not None and not deemed),
            (_("返工"), demand.round > 1 and acceptance is None),
            (_("视同验收"), deemed),
        ]
    )
    rating = Rating.objects.filter(demand=demand).first()
    stars = (
        _("响应 %(speed)s　态度 %(attitude)s　解决 %(solution)s")
        % {"speed": rating.speed, "attitude": rating.attitude, "solution": rating.solution}
        if rating
        else ""
    )
    return [
        facts((_("结论"), verdict), (_("评价"), stars)),
        wide(_("意见"), rating.comment if rating else ""),
    ]


def _signed(orders: Sequence[WorkOrder], acceptance: Acceptance | None) -> Part:
    mark: Any = ""
    when = NO_DATE
    if acceptance:
        drawn = picture_of(acceptance.signature) if acceptance.signature else None
        mark = drawn or acceptance.signed_name or acceptance.get_how_display()
        when = f"{acceptance.signed_name if drawn else ''} {stamp(acceptance.at)}".strip()
    last = max(orders, key=lambda order: order.done_at or order.offered_at, default=None)
    return signatures(
        (_("需求人签字："), mark, when),
        (
            _("执行人签字："),
            str(last.executor) if last else "",
            stamp(last.done_at) if last else NO_DATE,
        ),
        (_("后勤部门（章）："), "", NO_DATE),
    )


DEMAND = register(Paper("demand", gettext_lazy("需求单"), Demand, demand_form))
ACCEPTANCE = register(
    Paper(
        "acceptance",
        gettext_lazy("验收单"),
        Demand,
        acceptance_form,
        when=lambda demand: demand.done_at is not None,
    )
)
