"""How the events of work orders are said."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.trail.vocabulary import say


def _reason(label: Any) -> str:
    """The reasons of the first standard have English words; those that a house adds are said as they are."""
    return _now(label) if label else ""


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
say("order.finished", pgettext_lazy("what happened", "完工"), icon="circle-check", tone="ok", note="result")
say("order.reassigned", _("改派给 %(to)s"), icon="user-plus", note="reason")
say("fault.added", _("新增故障代码 %(code)s %(fault)s"))
say("fault.changed", _("修改故障代码 %(code)s %(fault)s"))
say("order.passed_on", _("由 %(was)s 交接给 %(to)s"), icon="switch-horizontal", note="reason")
say("order.cancelled", pgettext_lazy("what happened", "取消工单"), icon="ban", tone="hold", note="reason")
