"""How the events of rooms and meetings are said."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.trail.messages import say
from houqin.platform.notices.topics import Topic, register_topic

register_topic(Topic("meeting", _("会议室和会议"), 60), "meeting.*", "room.*")


def _moment(at: Any) -> str:
    return f"{localtime(datetime.fromisoformat(at)):%m-%d %H:%M}"


say("meeting.booked", _("预订 %(room)s，%(when)s"), icon="calendar-event", tone="ok")
say("meeting.asked", _("申请 %(room)s，%(when)s"), icon="calendar-event")
say("meeting.waiting", _("排队等 %(room)s，%(when)s"), icon="clock")
say(
    "meeting.offered",
    _("排到了：%(room)s 保留到 %(until)s，请确认"),
    icon="bell-ringing",
    tone="hold",
    words={"until": _moment},
)
say("meeting.confirmed", _("确认使用 %(room)s"), icon="check", tone="ok")
say("meeting.approved", _("批准使用 %(room)s，%(when)s"), icon="check", tone="ok")
say(
    "meeting.declined",
    pgettext_lazy("what happened", "会议室申请未批准"),
    icon="ban",
    tone="hold",
    note="reason",
)
say("meeting.moved", _("由 %(was)s 改到 %(now)s"), icon="arrows-exchange", tone="hold")
say(
    "meeting.passed_on",
    _("由 %(was)s 交接给 %(to)s"),
    icon="switch-horizontal",
    note="reason",
)
say("meeting.changed", _("修改了会议内容"), icon="edit")
say("meeting.checked_in", _("签到"), icon="user-check", tone="ok")
say("meeting.ended_early", _("提前结束，会议室已空出"), icon="player-stop")
say("meeting.ended", _("会议结束"), icon="circle-check", quiet=True)
say("meeting.released", _("无人签到，%(room)s 已释放"), icon="clock", tone="hold")
say("meeting.lapsed", _("逾期未确认，已失效"), icon="clock", tone="hold")
say(
    "meeting.cancelled",
    pgettext_lazy("what happened", "取消会议"),
    icon="ban",
    tone="hold",
    note="reason",
)
say("meeting.invited", _("邀请参会：%(subject)s，%(when)s，%(room)s"), icon="mail", quiet=True)
say("meeting.called_off", _("会议取消：%(subject)s，%(when)s"), icon="ban", quiet=True)
say("room.photographed", _("换了会议室的照片"), icon="camera")
say("room.linked", _("给门口屏新的链接，旧的作废"), icon="link")
