"""The card and the list of swaps, and what the roster hangs into the menu."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.ui.cards import Card, Verb
from houqin.ui.http import PageRequest
from houqin.ui.lists import Column, Listing, View
from houqin.ui.shell.navigation import NavItem, register
from houqin.ui.timeline import timeline
from houqin.work.roster import events, sheet, swapping
from houqin.work.roster.forms import ReasonForm, SwapForm
from houqin.work.roster.models import RUNS_ROSTER, SEES_ROSTER, Swap, SwapQuerySet

__all__ = ["events", "sheet"]
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
        "decline": Verb(_("不换"), swapping.decline_swap, "x", ReasonForm, done=_("已回绝")),
        "refuse": Verb(_("不批准"), swapping.refuse_swap, "ban", ReasonForm, done=_("已告知两人")),
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


SWAPS = Listing(
    model=Swap,
    template="roster/swaps.html",
    row="roster/_swap_row.html",
    title=_("换班"),
    columns=(
        Column("rows__no", _("编号"), lambda row: row.number, 16),
        Column("rows__title", _("换什么"), lambda row: str(row.given), 30),
        Column("rows__who", _("申请人"), lambda row: str(row.asker)),
        Column("rows__when", _("时间"), lambda row: row.at, 17),
        Column("rows__state", _("状态"), lambda row: row.get_status_display(), 10),
    ),
    more=(Column("", _("同事"), lambda row: str(row.colleague)),),
    views=(
        View("mine", _("等我处理"), _for_me, "-at", True),
        View("asked", _("我申请的"), lambda rows, user: rows.filter(asker=user), "-at"),
        View("all", _("全部"), lambda rows, user: rows, "-at"),
    ),
    extra=lambda request: {"now": now()},
)


@require_http_methods(["GET", "HEAD", "POST"])
def new_swap(request: PageRequest) -> HttpResponse:
    """Ask a colleague to take one of one's shifts; the address may name it."""
    form = SwapForm(
        request.POST or None, actor=request.user, initial={"shift": request.GET.get("shift", "")}
    )
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "roster/new_swap.html", {"form": form}, status=422 if form.is_bound else 200
        )
    swap = swapping.ask_swap(request.user, **form.cleaned_data)
    messages.success(request, _now("已问 %(name)s，等答复。") % {"name": swap.colleague})
    return redirect(swap.get_absolute_url())


def _waiting(user: User) -> int:
    return _for_me(Swap.objects.visible_to(user), user).count()


register(
    NavItem(
        group="desk",
        label=_("值班表"),
        icon="calendar-event",
        url_name="roster:roster",
        order=30,
        roles=frozenset(SEES_ROSTER | {Role.TECHNICIAN}),
        count=_waiting,
        daily=frozenset({Role.TECHNICIAN, Role.LEAD}),
        hot=True,
    )
)
