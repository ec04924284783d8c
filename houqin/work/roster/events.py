"""How the events of the roster are said."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.trail.messages import say
from houqin.platform.notices.topics import Topic, register_topic

register_topic(Topic("roster", _("排班和换班"), 50), "shift.*", "roster.*", "swap.*")


def _mark(mark: Any) -> str:
    return _now(mark) if mark else _now("休")


say("roster.marked", _("%(who)s %(day)s：%(mark)s"), icon="calendar", words={"mark": _mark})
say("roster.copied", _("照抄上周排班，%(count)s 个班"), icon="copy")
say("roster.taken_in", _("从表格导入排班，%(count)s 个班"), icon="file-import")
say(
    "shift.passed_on",
    _("%(was)s 的班 %(shift)s 交接给 %(to)s"),
    icon="switch-horizontal",
    note="reason",
)
say("swap.asked", _("申请换班：%(given)s"), icon="arrows-exchange")
say("swap.agreed", _("同意换班：%(given)s"), icon="check")
say("swap.done", _("换班生效：%(given)s"), icon="circle-check", tone="ok")
say("swap.declined", pgettext_lazy("what happened", "不换班"), icon="x", tone="hold", note="reason")
say(
    "swap.refused",
    pgettext_lazy("what happened", "换班未批准"),
    icon="ban",
    tone="hold",
    note="reason",
)
say("swap.withdrawn", pgettext_lazy("what happened", "撤回换班"), icon="arrow-back-up")
