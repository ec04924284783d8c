"""The list behind the figures of the workbench."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.cockpit import reports
from houqin.desk.demands.columns import COLUMNS
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.standing import (
    due_today,
    overdue,
    own_turn,
    to_dispatch,
    to_review,
)
from houqin.kernel.clock.models import Clock, Kind
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.lists import Blank, Listing, View


def _run(figure: Callable[[datetime], Q]) -> Callable[[Any, User], Any]:
    """Narrow a list to the rows behind a figure of those who run work."""
    return lambda rows, user: reports.run_by(user, rows).filter(figure(now()))


def _ended_this_month(kind: str, *results: str) -> Callable[[datetime], Q]:
    return lambda at: reports.ended(kind, reports.month_of(at), at, *results)


def _back(request: PageRequest) -> dict[str, Any]:
    return {"back_url": reverse("home")}


HANDLED = _ended_this_month(Kind.HANDLING)
LATE = _ended_this_month(Kind.HANDLING, Clock.Result.BREACHED)
RESPONDED = _ended_this_month(Kind.RESPONSE)

FIGURES = Listing(
    key="figures",
    model=Demand,
    title=_("数字背后的需求"),
    columns=COLUMNS,
    views=(
        View("review", _("待初审"), _run(lambda at: to_review()), "next_due_at", True),
        View("dispatch", _("待派工"), _run(lambda at: to_dispatch()), "next_due_at", True),
        View("today", _("今天到期"), _run(due_today), "next_due_at"),
        View("overdue", _("已超时未结"), _run(overdue), "next_due_at", True),
        View("handled", _("本月办结"), _run(HANDLED), "-submitted_at"),
        View("late", _("其中超时"), _run(LATE), "-submitted_at"),
        View("responded", _("本月响应"), _run(RESPONDED), "-submitted_at"),
        View("own", _("等我确认"), lambda rows, user: rows.filter(own_turn(user)), "next_due_at"),
    ),
    search=("number", "title", "requester__name", "place__full_name"),
    extra=_back,
    blank=Blank(_("这个数字是 0"), _("没有符合的需求；换一个视图，或者去掉条件再看。")),
)
