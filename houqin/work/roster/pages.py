"""The card and the list of swaps, and what the roster hangs into the menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.ui.cards import Card, Verb
from houqin.ui.form_pages import answer_form
from houqin.ui.http import PageRequest
from houqin.ui.lists import TITLE, Blank, Column, Listing, PageAction, View
from houqin.ui.shell.navigation import NavItem, register
from houqin.ui.timeline import timeline
from houqin.work.roster import events, sheet, swapping
from houqin.work.roster.forms import SwapForm, SwapReasonForm
from houqin.work.roster.models import RUNS_ROSTER, SEES_ROSTER, Swap, SwapQuerySet
from houqin.work.roster.patterns import PATTERNS

__all__ = ["PATTERNS", "events", "sheet"]
S = Swap.Status


def _context(request: PageRequest, swap: Swap) -> dict[str, Any]:
    return {"now": now(), "entries": timeline(swap, inner=False)}


CARD = Card(
    model=Swap,
    name="swap",
    app="roster",
    context=_context,
    verbs={
        "withdraw": Verb(_("撤回"), swapping.withdraw_swap, "arrow-back-up", done=_("已撤回")),
        "decline": Verb(_("不换"), swapping.decline_swap, "x", SwapReasonForm, done=_("已回绝")),
        "refuse": Verb(
            _("不批准"), swapping.refuse_swap, "ban", SwapReasonForm, done=_("已告知两人")
        ),
        "agree": Verb(
            _("同意换班"), swapping.agree_swap, "check", tone="primary", key="a", done=_("已同意")
        ),
        "approve": Verb(
            _("批准"),
            swapping.approve_swap,
            "check",
            tone="primary",
            key="a",
            done=_("已批准，排班已换好"),
        ),
    },
)


def _for_me(rows: SwapQuerySet, user: User) -> SwapQuerySet:
    """What waits for the answer of `user`, as the colleague or as the one who runs the roster."""
    runs = user.reach(RUNS_ROSTER, place="shift__place")
    return rows.filter(Q(status=S.ASKED, colleague=user) | Q(runs, status=S.AGREED))


def _people(swap: Swap, at: datetime) -> str:
    return format_html("{} → {}", swap.asker, swap.colleague)


def _new_swap(request: PageRequest) -> Sequence[PageAction]:
    return [PageAction(_("申请换班"), reverse("roster:new_swap"), "arrows-exchange", primary=True)]


SWAPS = Listing(
    key="swaps",
    model=Swap,
    title=_("换班"),
    columns=(
        Column("number", _("编号")),
        Column("given", _("换班内容"), TITLE, link=True),
        Column("asker", _("申请人"), cell=_people),
        Column("at", _("时间"), sort=True, phone=True),
        Column("status", _("状态"), filter=True),
        Column("colleague", _("同事"), shown=False),
    ),
    views=(
        View("mine", _("等我处理"), _for_me, "-at", True),
        View("asked", _("我申请的"), lambda rows, user: rows.filter(asker=user), "-at"),
        View("all", _("全部"), lambda rows, user: rows, "-at"),
    ),
    actions=_new_swap,
    blank=Blank(_("没有换班"), _("在值班表上点自己的班就能申请；同事和班组长在这里答复。")),
)


@require_http_methods(["GET", "HEAD", "POST"])
def new_swap(request: PageRequest) -> HttpResponse:
    """Ask a colleague to take one of one's shifts; the address may name it."""
    asked = {"shift": request.GET.get("shift", "")}
    return answer_form(
        request,
        SwapForm(request.POST or None, actor=request.user, initial=asked),
        lambda cleaned: swapping.ask_swap(request.user, **cleaned),
        title=_now("申请换班"),
        back=reverse("roster:roster"),
        done=_now("已发给同事，等答复。"),
        then=lambda swap: swap.get_absolute_url(),
        context={"hint": _now("同事同意后，班组长批准（或只是知悉），值班表就换过来。")},
    )


def _waiting(user: User) -> SwapQuerySet:
    return _for_me(Swap.objects.visible_to(user), user)


register(
    NavItem(
        group="desk",
        label=_("值班表"),
        icon="calendar-event",
        url_name="roster:roster",
        order=30,
        roles=frozenset(SEES_ROSTER | {Role.TECHNICIAN}),
        waiting=_waiting,
        daily=frozenset({Role.TECHNICIAN, Role.LEAD}),
        hot=True,
    )
)
