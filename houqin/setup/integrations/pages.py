"""The list of what is on its way out of the house, what arrived and what was given up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from houqin.kernel.people.models import User
from houqin.platform.notices.models import Delivery
from houqin.platform.notices.reports import hook_names
from houqin.setup.integrations.errors import in_words
from houqin.ui.formatting import moment
from houqin.ui.http import PageRequest
from houqin.ui.lists import (
    ACTION,
    PERSON,
    REMARK,
    TITLE,
    Blank,
    Column,
    Filter,
    Listing,
    PageAction,
    View,
)
from houqin.ui.lists.kinds import EMPTY, grade_html

S = Delivery.State


def _in(state: str) -> Callable[[Any, User], Any]:
    return lambda rows, user: rows.filter(state=state)


TONES = {"sent": "done", "dead": "back", "waiting": "hold"}


def _state(row: Delivery, at: datetime) -> str:
    tone = f" state--{TONES[row.state]}" if row.state in TONES else ""
    return format_html('<span class="state{}">{}</span>', tone, row.get_state_display())


def _to_whom(row: Delivery, at: datetime) -> str:
    words = '{} <span class="muted">· {}</span>'
    return format_html(words, row.receiver, row.get_channel_display())


def _about(row: Delivery, at: datetime) -> str:
    """What it was about is told by number alone: who runs the machine has no part in the business."""
    urgent = mark_safe(grade_html("urgent") + " " if row.urgent else "")
    words = '{}{} <span class="muted small">{}</span>'
    return format_html(words, urgent, row.event.target or "—", row.event.name)


def _result(row: Delivery, at: datetime) -> str:
    if row.sent_at:
        return format_html('<span class="good">{}</span>', moment(row.sent_at, at))
    if not row.last_error:
        return EMPTY
    again = _now("%(at)s 再试") % {"at": moment(row.next_at, at)} if row.state == S.WAITING else ""
    trouble = in_words(row.last_error)
    words = '<span class="bad" title="{}">{}</span> <span class="muted">{}</span>'
    return format_html(words, trouble, trouble, again)


def _again(row: Delivery, at: datetime) -> str:
    return render_to_string("integrations/_again.html", {"row": row}) if row.may_go_again else ""


def _buttons(request: PageRequest) -> Sequence[PageAction]:
    dead = Delivery.objects.visible_to(request.user).filter(state=S.DEAD).count()
    hooks = PageAction(_("消息通道"), reverse("setup:hooks"), "send")
    if not dead:
        return [hooks]
    words = ngettext("%(count)s 条已放弃的全部再发", "%(count)s 条已放弃的全部再发", dead)
    url = reverse("setup:send_all_again")
    return [hooks, PageAction(words % {"count": dead}, url, "refresh", primary=True, post=True)]


DELIVERIES = Listing(
    key="deliveries",
    model=Delivery,
    title=_("发送记录"),
    about=_(
        "邮件、机器人和其他系统的每一条；失败的每隔 1、2、4 分钟直到 1 小时再试，两天不成才放弃。"
    ),
    columns=(
        Column("state", _("状态"), cell=_state, look="rows__state"),
        Column("receiver", _("收件"), PERSON, cell=_to_whom, gives=5),
        Column("event.name", _("事件"), TITLE, cell=_about),
        Column("attempts", _("次数"), gives=3),
        Column("since", _("应发"), gives=4, sort=True, filter=True),
        Column(
            "result",
            _("结果"),
            REMARK,
            value=lambda row: in_words(row.last_error),
            cell=_result,
            look="rows__place rows__remark",
        ),
        Column("again", _("操作"), ACTION, cell=_again),
        Column("channel", _("发送方式"), shown=False, filter=True),
        Column("sent_at", _("发出"), shown=False),
        Column("event.target", _("对象"), shown=False),
    ),
    views=(
        View("dead", S.DEAD.label, _in(S.DEAD), "-since", hot=True),
        View("waiting", S.WAITING.label, _in(S.WAITING), "-since"),
        View("sent", S.SENT.label, _in(S.SENT), "-since"),
        View("skipped", S.SKIPPED.label, _in(S.SKIPPED), "-since"),
    ),
    own_filters=(
        Filter("hook", _("消息通道"), hook_names, lambda rows, keys: rows.filter(hook__in=keys)),
    ),
    search=("notice__user__name", "hook__name", "event__name"),
    placeholder=_("搜收件人、通道、事件"),
    actions=_buttons,
    blank=Blank(
        _("这里没有记录"), _("发不出去的、等着发的和发出去的消息都在这一页，换个视图或条件再看。")
    ),
)
