"""How the events of work orders are said."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.trail.messages import say
from houqin.platform.notices.topics import Topic, register_topic

register_topic(Topic("work", _("派给我和班组的工作"), 10), "order.*")


def _reason(label: Any) -> str:
    """The reasons of the first standard have English words; those that a house adds are said as they are."""
    return _now(label) if label else ""


def _when(iso: Any) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(iso)):%m-%d %H:%M}" if iso else _now("未定")


say("order.offered", _("派给 %(to)s"), icon="send", note="reason")
say("order.accepted", pgettext_lazy("what happened", "接单"), icon="user-check", tone="ok")
say("order.handed_back", _("退回派工"), icon="arrow-back-up", tone="hold", note="reason")
say("order.arrived", _("扫码到场：%(place)s"), icon="qrcode", tone="ok")
say("order.ticked", _("完成步骤：%(words)s"), icon="check", quiet=True, words={"words": _reason})
say("order.unticked", _("取消步骤：%(words)s"), icon="arrow-back-up", words={"words": _reason})
say("order.started", _("到场，开始处理"), icon="player-play")
say(
    "order.held",
    _("挂起：%(reason)s"),
    icon="player-pause",
    tone="hold",
    note="note",
    words={"reason": _reason},
)
say("order.resumed", pgettext_lazy("what happened", "恢复处理"), icon="player-play")
say("order.photographed", _("上传照片 %(count)s 张"), icon="camera")
say(
    "order.finished",
    pgettext_lazy("what happened", "完工"),
    icon="circle-check",
    tone="ok",
    note="result",
)
say("order.reassigned", _("改派给 %(to)s"), icon="user-plus", note="reason")
say("order.passed_on", _("由 %(was)s 交接给 %(to)s"), icon="switch-horizontal", note="reason")
say(
    "order.cancelled",
    pgettext_lazy("what happened", "取消工单"),
    icon="ban",
    tone="hold",
    note="reason",
)
say("order.queued", _("排在 %(after)s 之后，派给 %(to)s"), icon="hourglass", note="reason")
say("order.released", _("轮到这件，派给 %(to)s"), icon="send")
say("order.handed_over", _("转给 %(to)s"), icon="switch-horizontal", note="reason")
say(
    "order.help_wanted",
    pgettext_lazy("what happened", "求助"),
    icon="lifebuoy",
    tone="hold",
    note="need",
)
say("order.help_sent", _("派 %(to)s 去帮忙"), icon="user-plus")
say(
    "order.planned",
    _("计划 %(starts)s 到 %(ends)s"),
    icon="calendar-time",
    words={"starts": _when, "ends": _when},
)
