"""The list of what is on its way out of the house, what arrived and what was given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.notices.models import Delivery
from houqin.platform.notices.reports import hook_names
from houqin.setup.integrations.errors import in_words
from houqin.ui.http import PageRequest
from houqin.ui.lists import Column, Filter, Listing, View

S = Delivery.State


def _in(state: str) -> Callable[[Any, User], Any]:
    return lambda rows, user: rows.filter(state=state)


def _extra(request: PageRequest) -> dict[str, Any]:
    return {
        "now": now(),
        "dead": Delivery.objects.visible_to(request.user).filter(state=S.DEAD).count(),
        "any_chosen": any(request.GET.get(key) for key in ("channel", "hook")),
    }


DELIVERIES = Listing(
    model=Delivery,
    template="integrations/deliveries.html",
    row="integrations/_delivery.html",
    title=_("发送记录"),
    columns=(
        Column("rows__state", _("状态"), lambda row: row.get_state_display(), 10),
        Column("rows__who gives-5", _("收件"), lambda row: row.receiver),
        Column("rows__title", _("事件"), lambda row: row.event.name, 24),
        Column("r gives-3 hide-phone", _("次数"), lambda row: row.attempts, 8),
        Column("gives-4 hide-phone", _("应发"), lambda row: row.since, 17),
        Column("rows__place rows__said", _("结果"), lambda row: in_words(row.last_error), 40),
        ("r", _("操作")),
    ),
    more=(
        Column("", _("发送方式"), lambda row: row.get_channel_display(), 12),
        Column("", _("发出"), lambda row: row.sent_at, 17),
        Column("", _("对象"), lambda row: str(row.event.target or ""), 20),
    ),
    views=(
        View("dead", S.DEAD.label, _in(S.DEAD), "-since", hot=True),
        View("waiting", S.WAITING.label, _in(S.WAITING), "-since"),
        View("sent", S.SENT.label, _in(S.SENT), "-since"),
        View("skipped", S.SKIPPED.label, _in(S.SKIPPED), "-since"),
    ),
    filters=(
        Filter(
            "channel",
            _("发送方式"),
            lambda: Delivery.Channel.choices,
            lambda rows, value: rows.filter(channel=value),
        ),
        Filter("hook", _("消息通道"), hook_names, lambda rows, value: rows.filter(hook=value)),
    ),
    search=("notice__user__name", "hook__name", "event__name"),
    extra=_extra,
)
