"""How the events of approvals are said."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import say
from houqin.platform.notices.topics import Topic, register_topic

register_topic(Topic("approval", _("审批"), 25), "approval.*")

say("approval.asked", _("送审“%(title)s”"), icon="send", note="comment")
say("approval.opened", _("第 %(step)s 步请 %(who)s 审批“%(title)s”"), icon="user-check")
say(
    "approval.stranded",
    _("第 %(step)s 步没有人可以审批“%(title)s”"),
    icon="alert-triangle",
    tone="hold",
)
say("approval.agreed", _("同意（第 %(step)s 步）"), icon="check", tone="ok", note="comment")
say("approval.rejected", _("不同意“%(title)s”"), icon="ban", tone="hold", note="comment")
say("approval.sent_back", _("退回“%(title)s”"), icon="arrow-back-up", tone="hold", note="comment")
say(
    "approval.stepped_back",
    _("退回第 %(to)s 步"),
    icon="arrow-back-up",
    tone="hold",
    note="comment",
)
say(
    "approval.delegated", _("“%(title)s”转交 %(to)s 审批"), icon="switch-horizontal", note="comment"
)
say(
    "approval.passed_on",
    _("“%(title)s”的审批交接给 %(to)s"),
    icon="switch-horizontal",
    note="comment",
)
say("approval.sign_added", _("“%(title)s”加签 %(to)s"), icon="user-plus", note="comment")
say("approval.assigned", _("“%(title)s”指定 %(to)s 审批"), icon="user-plus", note="comment")
say("approval.urged", _("催办“%(title)s”的审批"), icon="speakerphone", tone="hold", note="comment")
say("approval.withdrawn", _("撤回“%(title)s”的送审"), icon="arrow-back-up", note="comment")
say("approval.resubmitted", _("重新送审“%(title)s”"), icon="send", note="comment")
say("approval.commented", _("就“%(title)s”的审批留言"), icon="message", tone="me", note="comment")
say("approval.approved", _("“%(title)s”审批通过"), icon="circle-check", tone="ok")
say("approval.voided", _("“%(title)s”的审批失效"), icon="ban", tone="hold", note="comment")
say("chain.saved", _("审批链“%(name)s”"), icon="list-check")
