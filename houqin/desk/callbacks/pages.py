"""The list of calls and the card of one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.desk.callbacks import actions
from houqin.desk.callbacks.forms import ReachForm
from houqin.desk.callbacks.models import CallBack
from houqin.desk.demands.models import STAFF, Acceptance, Rating
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.cards import Card, Verb
from houqin.ui.http import PageRequest
from houqin.ui.lists import Column, Filter, Listing, View
from houqin.ui.shell.navigation import NavItem, register

S = CallBack.Status

CALLS = Listing(
    model=CallBack,
    template="callbacks/callbacks.html",
    row="callbacks/_callback_row.html",
    title=_("回访"),
    columns=(
        Column("rows__grade", _("原因"), lambda row: row.get_why_display()),
        Column("rows__no gives-5", _("编号"), lambda row: row.number),
        Column("rows__title", _("内容"), lambda row: row.demand.title, 40),
        Column("rows__place gives-4", _("地点"), lambda row: row.demand.place.full_name, 24),
        Column("rows__who", _("回访谁"), lambda row: row.demand.asker),
        Column("gives-4 hide-phone", _("满意"), lambda row: row.score),
        Column("rows__state", _("状态"), lambda row: row.get_status_display()),
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
    filters=(
        Filter(
            "why",
            _("原因"),
            lambda: CallBack.Why.choices,
            lambda rows, value: rows.filter(why=value),
        ),
    ),
    search=(
        "number",
        "demand__number",
        "demand__title",
        "demand__requester__name",
        "demand__caller",
    ),
    extra=lambda request: {"now": now()},
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


def _waiting(user: User) -> int:
    return CallBack.objects.visible_to(user).waiting().count()


register(
    NavItem(
        "desk",
        _("回访"),
        "mood-smile",
        "callbacks:callbacks",
        roles=frozenset(STAFF),
        order=40,
        count=_waiting,
    )
)
