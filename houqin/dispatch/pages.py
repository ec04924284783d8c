"""The pages of work orders: the list of those who run work, the list of those who do it, the card."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from houqin.dispatch import actions, papers
from houqin.dispatch.forms import (
    ArriveForm,
    CancelForm,
    FinishForm,
    HandBackForm,
    HoldForm,
    PhotographForm,
    TickForm,
)
from houqin.dispatch.giving_form import AskHelpForm, HandOverForm, PlanForm, ReassignForm, SendHelpForm
from houqin.dispatch.models import RUNS_WORK, FaultCode, Skill, Team, WorkOrder, WorkOrderQuerySet
from houqin.dispatch.order_page import order_context, what_is_missing
from houqin.dispatch.roster import pages as roster
from houqin.kernel.people.models import Role, User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.web.bulk import Bulk
from houqin.kernel.web.cards import Card, Verb
from houqin.kernel.web.http import PageRequest
from houqin.kernel.web.lists import Column, Filter, Listing, View, Words
from houqin.kernel.web.navigation import NavItem, register

S = WorkOrder.Status
IN_HAND = (S.ACCEPTED, S.WORKING)
Rows = WorkOrderQuerySet


def _clock(request: PageRequest) -> dict[str, Any]:
    return {"now": now()}


def _teams() -> Sequence[tuple[str, Words]]:
    return [(str(pk), name) for pk, name in Team.objects.order_by("pk").values_list("pk", "name")]


def _skills() -> Sequence[tuple[str, Words]]:
    return [(str(pk), name) for pk, name in Skill.objects.order_by("pk").values_list("pk", "name")]


def _campuses() -> Sequence[tuple[str, Words]]:
    return list(Place.objects.filter(depth=1).values_list("path", "name"))


ORDERS = Listing(
    model=WorkOrder,
    template="dispatch/orders.html",
    row="dispatch/_order_row.html",
    title=_("工单"),
    columns=(
        ("rows__clock", _("时钟")),
        ("rows__grade", _("分级")),
        Column("rows__no gives-5", _("编号"), lambda row: row.number, 16),
        Column("rows__title", _("任务"), lambda row: row.title, 40),
        Column("rows__place gives-3", _("地点"), lambda row: row.place.full_name, 30),
        ("rows__who gives-4", _("班组 / 执行人")),
        Column("rows__state", _("状态"), lambda row: row.get_status_display(), 10),
    ),
    more=(
        Column("", _("班组"), lambda row: str(row.team or "")),
        Column("", _("执行人"), lambda row: str(row.executor or "")),
        Column("", _("需求"), lambda row: str(row.subject or ""), 16),
        Column("", _("派出"), lambda row: row.offered_at, 17),
        Column("", _("接单"), lambda row: row.accepted_at, 17),
        Column("", _("完工"), lambda row: row.done_at, 17),
        Column("", _("工时（分）"), lambda row: row.labour_minutes, 10),
        Column("", _("外委费用（元）"), lambda row: row.outside_fen / 100, 14),
        Column("", _("处理结果"), lambda row: row.result, 40),
    ),
    views=(
        View("open", _("全部未结"), lambda rows, user: rows.open().by_clock(), "due_at"),
        View(
            "offered",
            _("待接单"),
            lambda rows, user: rows.filter(status=S.OFFERED).by_clock(),
            "due_at",
            True,
        ),
        View("working", _("处理中"), lambda rows, user: rows.filter(status__in=IN_HAND).by_clock(), "due_at"),
        View("held", _("已挂起"), lambda rows, user: rows.filter(status=S.HELD).by_clock(), "due_at"),
        View("done", _("已完工"), lambda rows, user: rows.filter(status=S.DONE), "-done_at"),
        View("all", _("全部"), lambda rows, user: rows, "-offered_at"),
    ),
    filters=(
        Filter("team", _("班组"), _teams, lambda rows, value: rows.filter(team=value)),
        Filter("status", _("状态"), lambda: S.choices, lambda rows, value: rows.filter(status=value)),
        Filter(
            "campus", _("园区"), _campuses, lambda rows, value: rows.filter(place__path__startswith=value)
        ),
    ),
    search=("number", "title", "executor__name", "team__name", "place__full_name"),
    extra=_clock,
    bulk={"print": Bulk(_("打印派工单"), "printer", answer=papers.ORDER.together)},
    bulk_route="dispatch:orders_together",
)

MINE = Listing(
    model=WorkOrder,
    template="dispatch/mine.html",
    row="dispatch/_mine_card.html",
    title=_("我的工单"),
    columns=(),
    more=ORDERS.cells,
    views=(
        View("open", _("未结"), lambda rows, user: _mine(rows, user, WorkOrder.OPEN), "due_at"),
        View("offered", _("待接"), lambda rows, user: _mine(rows, user, [S.OFFERED]), "due_at", True),
        View("doing", _("在办"), lambda rows, user: _mine(rows, user, IN_HAND), "due_at"),
        View("held", _("挂起"), lambda rows, user: _mine(rows, user, [S.HELD]), "due_at"),
        View("done", _("已完"), lambda rows, user: rows.mine(user).filter(status=S.DONE), "-done_at"),
    ),
    extra=_clock,
    size=20,
)


def _mine(rows: Rows, user: User, statuses: Sequence[str]) -> Rows:
    return rows.mine(user).filter(status__in=statuses).by_clock()


CODES = Listing(
    model=FaultCode,
    template="dispatch/codes.html",
    row="dispatch/_code_row.html",
    title=_("故障代码"),
    columns=(
        Column("rows__no", _("代码"), lambda row: row.code),
        Column("rows__title", _("名称"), str, 30),
        Column("rows__who", _("工种"), lambda row: str(row.skill or _("各工种通用"))),
        Column("rows__state", _("状态"), lambda row: str(_("在用") if row.active else _("停用")), 10),
    ),
    views=(
        View("symptom", _("现象"), lambda rows, user: rows.filter(kind="symptom"), "code"),
        View("cause", _("原因"), lambda rows, user: rows.filter(kind="cause"), "code"),
        View("remedy", _("措施"), lambda rows, user: rows.filter(kind="remedy"), "code"),
    ),
    filters=(Filter("skill", _("工种"), _skills, lambda rows, value: rows.filter(skill=value)),),
    search=("code", "name"),
    size=50,
)


class OrderCard(Card):
    """Steps are ticked off where they stand, not from the bar; the answer is their list and the bar alone.
    A page that loads anew would lose one's place, and on a poor signal much time."""

    IN_THE_PAGE = ("arrive", "tick")

    def open_verbs(self, request: PageRequest, obj: Any) -> list[dict[str, Any]]:
        return [verb for verb in super().open_verbs(request, obj) if verb["verb"] not in self.IN_THE_PAGE]

    def speak(self, request: PageRequest, verb: str, **key: str) -> HttpResponse:
        answer = super().speak(request, verb, **key)
        if verb != "tick" or answer.status_code != HTTPStatus.NO_CONTENT:
            return answer
        order = self.seen(request, key)
        context = {"order": order, "verbs": self.open_verbs(request, order)}
        return render(request, "dispatch/_ticked.html", context | self.context(request, order))


CARD = OrderCard(
    model=WorkOrder,
    name="order",
    app="dispatch",
    context=order_context,
    verbs={
        "cancel": Verb(
            _("取消工单"), actions.cancel_order, "ban", CancelForm, tone="danger", done=_("工单已取消")
        ),
        "reassign": Verb(
            _("改派"), actions.reassign_order, "user-plus", ReassignForm, key="r",
            template="dispatch/reassign.html", done=_("已改派，等对方接单"),
            hint=_("推荐只是建议，由您决定；改派后对方需要重新接单。"),
        ),
        "plan": Verb(
            _("排时间"), actions.plan_order, "calendar-time", PlanForm, key="t",
            template="dispatch/reassign.html", done=_("已排好"),
            hint=_("写明哪天几点做、谁做；换人等于改派。"),
        ),
        "send_help": Verb(
            _("派人帮忙"), actions.send_help, "lifebuoy", SendHelpForm,
            template="dispatch/reassign.html", done=_("已派人去帮忙"),
            hint=_("帮忙的人有自己的工单和工时，不影响这件的时限。"),
        ),
        "release": Verb(_("不等前序，放行"), actions.release_order, "player-play", done=_("已放行，等接单")),
        "hand_over": Verb(
            _("转给同事"), actions.hand_over_order, "switch-horizontal", HandOverForm,
            done=_("已转出，等同事接单"),
        ),
        "ask_help": Verb(_("求助"), actions.ask_help, "lifebuoy", AskHelpForm, done=_("班组长已收到")),
        "hand_back": Verb(
            _("退回"), actions.hand_back_order, "arrow-back-up", HandBackForm, done=_("已退回派工")
        ),
        "hold": Verb(
            _("挂起"), actions.hold_order, "player-pause", HoldForm, key="h", done=_("已挂起"),
            hint=_("选中列出的原因，时钟暂停的，不算您超时。"),
        ),
        "photograph": Verb(
            _("拍照"), actions.photograph_order, "camera", PhotographForm, key="p", done=_("照片已保存")
        ),
        "tick": Verb(_("勾步骤"), actions.tick_order, "check", TickForm),
        "arrive": Verb(
            _("键入位置码"), actions.arrive_order, "qrcode", ArriveForm, done=_("已扫码到场，开始处理")
        ),
        "accept": Verb(
            _("接单"), actions.accept_order, "check", tone="primary", key="a", done=_("已接单，响应时钟已停")
        ),
        "start": Verb(
            _("到场，开始"), actions.start_order, "player-play", tone="primary", key="s", done=_("开始处理")
        ),
        "resume": Verb(
            _("恢复处理"), actions.resume_order, "player-play", tone="primary", key="s",
            done=_("已恢复，时钟继续走"),
        ),
        "finish": Verb(
            _("完工"), actions.finish_order, "circle-check", FinishForm, tone="primary", key="f",
            template="dispatch/finish.html", blocked=what_is_missing, done=_("已完工，等需求人验收"),
        ),
    },
)  # fmt: skip


SWAP = roster.CARD


def _my_open(user: User) -> int:
    return WorkOrder.objects.mine(user).open().count()


def _unaccepted(user: User) -> int:
    return WorkOrder.objects.visible_to(user).filter(status=S.OFFERED).count()


register(
    NavItem(
        group=_("服务台"), label=_("我的工单"), icon="list-check", url_name="dispatch:mine", order=5,
        roles=frozenset({Role.TECHNICIAN, Role.LEAD}), count=_my_open, tab=2,
    )
)  # fmt: skip
register(
    NavItem(
        group=_("服务台"), label=_("工单"), icon="clipboard-list", url_name="dispatch:orders", order=20,
        roles=frozenset({Role.COORDINATOR, Role.MANAGER, Role.LEAD}), count=_unaccepted,
    )
)  # fmt: skip
register(
    NavItem(
        group=_("服务台"), label=_("故障代码"), icon="list", url_name="dispatch:fault_codes", order=80,
        roles=frozenset(RUNS_WORK),
    )
)  # fmt: skip
