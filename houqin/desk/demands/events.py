"""How the events of demands are said."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from houqin.kernel.clock.kinds import KINDS
from houqin.kernel.clock.models import Grade
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.messages import say
from houqin.platform.notices.topics import Topic, register_topic
from houqin.ui.formatting import moment

register_topic(Topic("demand", _("需求的进展"), 20), "demand.*")


def _grade(code: Any) -> str:
    return str(Grade(code).label) if code in Grade.values else str(code)


def _moment(at: Any) -> str:
    return moment(datetime.fromisoformat(at), now())


def _photos(count: Any) -> str:
    if not count:
        return ""
    return ngettext("，照片 %(count)s 张", "，照片 %(count)s 张", count) % {"count": count}


GRADES = {"grade": _grade, "claimed": _grade, "before": _grade, "photos": _photos}

say("demand.submitted", _("提交需求，自报“%(claimed)s”%(photos)s"), icon="file-plus", words=GRADES)
say("demand.resubmitted", _("补充后重新提交%(photos)s"), icon="file-plus", words=GRADES)
say("demand.imported", _("由文件“%(file)s”第 %(row)s 行导入"), icon="file-import", note="result")
say("demand.logged", _("原系统：%(state)s"), icon="history")
say(
    "demand.graded",
    _("受理，定级“%(grade)s”"),
    icon="clipboard-check",
    tone="ok",
    note="note",
    words=GRADES,
)
say(
    "demand.approval_asked",
    _("定级“%(grade)s”，送审批"),
    icon="send",
    tone="hold",
    note="note",
    words=GRADES,
)
say(
    "demand.approval_ended",
    _("审批没有结果，回到初审"),
    icon="arrow-back-up",
    tone="hold",
    note="reason",
)
say(
    "demand.regraded",
    _("改级：“%(before)s”改为“%(grade)s”"),
    icon="flag",
    tone="hold",
    note="reason",
    words=GRADES,
)
say(
    "demand.sent_back",
    pgettext_lazy("what happened", "退回补充"),
    icon="arrow-back-up",
    tone="hold",
    note="reason",
)
say(
    "demand.rejected",
    pgettext_lazy("what happened", "驳回"),
    icon="ban",
    tone="hold",
    note="reason",
)
say("demand.withdrawn", _("撤回需求"), icon="ban", note="reason")
say(
    "demand.cancelled",
    pgettext_lazy("what happened", "取消需求"),
    icon="ban",
    tone="hold",
    note="reason",
)
say("demand.signed", pgettext_lazy("what happened", "签字验收"), icon="circle-check", tone="ok")
say("demand.signed_for", _("代 %(name)s 签字验收"), icon="circle-check", tone="ok", note="reason")
say("paper.brought", _("放入待录盘"), icon="upload")
say("paper.discarded", _("作废"), icon="ban")
say("demand.linked", _("给来电人新的私人链接，旧的作废"), icon="link", inner=True)
say("demand.followed", _("关注"), icon="eye", quiet=True)
say("demand.deemed", _("逾期未验收，视同验收"), icon="circle-check")
say("demand.refused", _("退回返工"), icon="arrow-back-up", tone="hold", note="reason")
say(
    "demand.rated",
    _("评价：响应速度 %(speed)s、服务态度 %(attitude)s、解决问题 %(solution)s"),
    icon="star",
    note="comment",
)
say("demand.merged", _("重复，并入 %(into)s %(into_title)s"), icon="git-merge")
say("demand.joined", _("并入 %(who)s 的 %(number)s"), icon="git-merge")
say("demand.copied", _("抄送 %(to)s"), icon="users-group")
say("demand.uncopied", _("不再抄送 %(to)s"), icon="user-minus")
say("demand.urged", _("催办（第 %(nth)s 次）"), icon="speakerphone", tone="hold", note="note")
say(
    "demand.supervised",
    _("督办，%(due)s 前答复"),
    icon="eye",
    tone="hold",
    note="ask",
    words={"due": _moment},
)
say("demand.answered", _("答复督办"), icon="message", tone="ok", note="answer")
say("demand.supervision_late", _("督办逾期未答复"), icon="bell-ringing", tone="hold", note="ask")
say("demand.passed_on", _("由 %(was)s 交接给 %(to)s"), icon="switch-horizontal", note="reason")
say(
    "demand.supervision_passed_on",
    _("督办由 %(was)s 交接给 %(to)s"),
    icon="switch-horizontal",
    note="reason",
)
say(
    "user.substitute_changed",
    _("代理人由 %(was)s 改为 %(to)s"),
    icon="switch-horizontal",
    note="reason",
)
say("user.taken_back", _("收回了交接的 %(count)s 件"), icon="arrow-back-up")
say("user.handed_over", _("交接了 %(count)s 件"), icon="switch-horizontal", note="reason")
say(
    "demand.called_back",
    _("回访，总体满意 %(score)s 星"),
    icon="phone",
    tone="ok",
    note="remark",
    inner=True,
)
say("demand.call_given_up", _("多次没打通，不再回访"), icon="phone", inner=True, quiet=True)
say("demand.call_missed", _("回访没打通（第 %(tries)s 次）"), icon="phone", inner=True)
say(
    "demand.improvement_noted",
    _("记下要改进的"),
    icon="bulb",
    tone="hold",
    note="improvement",
    inner=True,
)
# The work orders have told of these already.
say("demand.dispatched", _("已派工"), icon="send", quiet=True)
say("demand.responded", _("已有人接单"), icon="user-check", quiet=True)
say("demand.working", _("开始处理"), icon="player-play", quiet=True)
say("demand.on_hold", _("已挂起"), icon="player-pause", tone="hold", quiet=True)
say("demand.done", _("全部完工，等待验收"), icon="circle-check", note="result", quiet=True)
say("demand.unassigned", _("没有工单在办，等待重新派工"), icon="arrow-back-up", quiet=True)
say(
    "demand.retimed",
    _("%(why)s 改期：%(wanted)s 前，%(place)s"),
    icon="calendar-time",
    tone="hold",
    words={"wanted": _moment},
)
say("demand.archived", _("归档"), icon="archive")
say(
    "demand.commented",
    pgettext_lazy("what happened", "回复"),
    icon="message",
    tone="me",
    note="text",
)
say("demand.noted", _("内部备注"), icon="note", tone="hold", note="text", inner=True)
say(
    "clock.alarm",
    _("%(kind)s时限已用 %(percent)s%%"),
    icon="bell-ringing",
    tone="hold",
    words={"kind": KINDS.label},
)
say(
    "clock.moved",
    _("工作日历更新，%(kind)s时限改为 %(due)s"),
    icon="calendar-time",
    words={"kind": KINDS.label},
)
