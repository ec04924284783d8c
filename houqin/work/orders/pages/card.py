"""The card of a work order and how its verbs look."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from houqin.ui.cards import Card, Verb
from houqin.ui.http import PageRequest
from houqin.work.orders import actions
from houqin.work.orders.assignment_form import (
    AskHelpForm,
    AssignmentForm,
    PlanForm,
    ReassignForm,
    SendHelpForm,
)
from houqin.work.orders.forms import (
    ArriveForm,
    CancelForm,
    FinishForm,
    HandBackForm,
    HoldForm,
    PhotographForm,
    TickForm,
)
from houqin.work.orders.models import WorkOrder
from houqin.work.orders.order_page import order_context, what_is_missing


class OrderCard(Card):
    """Steps are ticked off where they stand, not from the bar; the answer is their list and the bar alone.
    A page that loads anew would lose one's place, and on a poor signal much time."""

    IN_THE_PAGE = ("arrive", "tick")

    def open_verbs(self, request: PageRequest, obj: Any) -> list[dict[str, Any]]:
        return [
            verb
            for verb in super().open_verbs(request, obj)
            if verb["verb"] not in self.IN_THE_PAGE
        ]

    def speak(self, request: PageRequest, verb: str, **key: str) -> HttpResponse:
        answer = super().speak(request, verb, **key)
        if verb != "tick" or answer.status_code != HTTPStatus.NO_CONTENT:
            return answer
        order = self.seen(request, key)
        context = {"order": order, "verbs": self.open_verbs(request, order)}
        return render(request, "orders/_ticked.html", context | self.context(request, order))


CARD = OrderCard(
    model=WorkOrder,
    name="order",
    app="orders",
    context=order_context,
    reads=("place", "team", "executor"),
    verbs={
        "cancel": Verb(
            _("取消工单"),
            actions.cancel_order,
            "ban",
            CancelForm,
            tone="danger",
            done=_("工单已取消"),
        ),
        "reassign": Verb(
            _("改派"),
            actions.reassign_order,
            "user-plus",
            ReassignForm,
            key="r",
            template="orders/reassign.html",
            done=_("已改派，等对方接单"),
            hint=_("推荐只是建议，由您决定；改派后对方需要重新接单。"),
        ),
        "plan": Verb(
            _("排时间"),
            actions.plan_order,
            "calendar-time",
            PlanForm,
            key="t",
            template="orders/reassign.html",
            done=_("已排好"),
            hint=_("写明哪天几点做、谁做；换人等于改派。"),
        ),
        "send_help": Verb(
            _("派人帮忙"),
            actions.send_help,
            "lifebuoy",
            SendHelpForm,
            template="orders/reassign.html",
            done=_("已派人去帮忙"),
            hint=_("帮忙的人有自己的工单和工时，不影响这件的时限。"),
        ),
        "release": Verb(
            _("不等前序，放行"), actions.release_order, "player-play", done=_("已放行，等接单")
        ),
        "hand_over": Verb(
            _("转给同事"),
            actions.hand_over_order,
            "switch-horizontal",
            AssignmentForm,
            done=_("已转出，等同事接单"),
        ),
        "ask_help": Verb(
            _("求助"), actions.ask_help, "lifebuoy", AskHelpForm, done=_("班组长已收到")
        ),
        "hand_back": Verb(
            _("退回"), actions.hand_back_order, "arrow-back-up", HandBackForm, done=_("已退回派工")
        ),
        "hold": Verb(
            _("挂起"),
            actions.hold_order,
            "player-pause",
            HoldForm,
            key="h",
            done=_("已挂起"),
            hint=_("选中列出的原因，时钟暂停的，不算您超时。"),
        ),
        "photograph": Verb(
            _("拍照"),
            actions.photograph_order,
            "camera",
            PhotographForm,
            key="p",
            done=_("照片已保存"),
        ),
        "tick": Verb(_("勾步骤"), actions.tick_order, "check", TickForm),
        "arrive": Verb(
            _("键入位置码"),
            actions.arrive_order,
            "qrcode",
            ArriveForm,
            done=_("已扫码到场，开始处理"),
        ),
        "accept": Verb(
            _("接单"),
            actions.accept_order,
            "check",
            tone="primary",
            key="a",
            done=_("已接单，响应时钟已停"),
        ),
        "start": Verb(
            _("到场，开始"),
            actions.start_order,
            "player-play",
            tone="primary",
            key="s",
            done=_("开始处理"),
        ),
        "resume": Verb(
            _("恢复处理"),
            actions.resume_order,
            "player-play",
            tone="primary",
            key="s",
            done=_("已恢复，时钟继续走"),
        ),
        "finish": Verb(
            _("完工"),
            actions.finish_order,
            "circle-check",
            FinishForm,
            tone="primary",
            key="f",
            template="orders/finish.html",
            blocked=what_is_missing,
            done=_("已完工，等需求人验收"),
        ),
    },
)
