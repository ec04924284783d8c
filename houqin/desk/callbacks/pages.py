"""The list of calls and the card of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from houqin.desk.callbacks import actions
from houqin.desk.callbacks.forms import ReachForm
from houqin.desk.callbacks.models import CallBack, CallBackQuerySet
from houqin.desk.demands.models import STAFF, Acceptance, Rating
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.cards import Card, Verb
from houqin.ui.http import PageRequest
from houqin.ui.lists import PERSON, REMARK, TITLE, Blank, Column, Listing, View
from houqin.ui.shell.navigation import NavItem, register

S = CallBack.Status


def _why(call: CallBack, at: datetime) -> str:
    tone = " pill--amber" if call.why == CallBack.Why.RATED_LOW else ""
    return format_html('<span class="pill{}">{}</span>', tone, call.get_why_display())


def _asker(call: CallBack, at: datetime) -> str:
    if not call.tries:
        return escape(call.demand.asker)
    words = ngettext("没打通 %(count)s 次", "没打通 %(count)s 次", call.tries) % {
        "count": call.tries
    }
    return format_html('{} <span class="tiny muted">{}</span>', call.demand.asker, words)


CALLS = Listing(
    key="callbacks",
    model=CallBack,
    title=_("回访"),
    about=_("差评和视同验收的全部回访，其余按比例抽取"),
    columns=(
        Column("why", _("原因"), cell=_why, look="rows__grade", filter=True),
        Column("number", _("编号"), gives=5),
        Column("demand.title", _("内容"), TITLE, link=True),
        Column("demand.place", _("地点"), gives=4, filter=True),
        Column("demand.asker", _("回访对象"), PERSON, cell=_asker),
        Column("score", _("满意"), gives=4),
        Column("status", _("状态")),
        Column("called_at", _("回访时间"), shown=False, sort=True, filter=True),
        Column("by", _("回访人"), shown=False),
        Column("remark", _("对方意见"), REMARK, shown=False),
        Column("improvement", _("要改进的"), REMARK, shown=False),
    ),
    views=(
        View("waiting", _("待回访"), lambda rows, user: rows.waiting(), "drawn_at", hot=True),
        View(
            "reached", _("已回访"), lambda rows, user: rows.filter(status=S.REACHED), "-called_at"
        ),
        View(
            "unreached",
            _("未联系上"),
            lambda rows, user: rows.filter(status=S.UNREACHED),
            "-called_at",
        ),
        View(
            "improve", _("要改进的"), lambda rows, user: rows.exclude(improvement=""), "-called_at"
        ),
    ),
    search=(
        "number",
        "demand__number",
        "demand__title",
        "demand__requester__name",
        "demand__caller",
    ),
    blank=Blank(
        _("这里没有要打的电话"),
        _("需求验收后，差评和视同验收的、以及抽到的，会自动排到这里：打给需求人，问几句，记下来。"),
    ),
)


def _context(page: PageRequest, call: CallBack) -> dict[str, Any]:
    demand = call.demand
    name, phone = demand.contact()
    return {
        "call": call,
        "demand": demand,
        "now": now(),
        "facts": [
            {"label": _("回访谁"), "value": name},
            {"label": _("电话"), "value": phone, "url": f"tel:{phone}"},
            {"label": _("地点"), "value": demand.place.full_name},
            {"label": _("谁办的"), "value": _("、").join(demand.doers())},
            {"label": _("没打通"), "value": call.tries or ""},
        ],
        "rating": Rating.objects.filter(demand=demand).first(),
        "acceptance": Acceptance.objects.filter(demand=demand).order_by("-round").first(),
    }


CARD = Card(
    model=CallBack,
    name="callback",
    app="callbacks",
    context=_context,
    verbs={
        "miss": Verb(
            _("没打通"),
            actions.miss_call_back,
            "phone",
            key="n",
            done=_("已记下，三次没打通就不再打。"),
        ),
        "reach": Verb(
            _("登记回访"),
            actions.reach_call_back,
            "check",
            ReachForm,
            tone="primary",
            key="a",
            done=_("回访已登记。"),
        ),
    },
)


def _waiting(user: User) -> CallBackQuerySet:
    return CallBack.objects.visible_to(user).waiting()


register(
    NavItem(
        "desk",
        _("回访"),
        "mood-smile",
        "callbacks:callbacks",
        roles=frozenset(STAFF),
        order=40,
        waiting=_waiting,
    )
)
