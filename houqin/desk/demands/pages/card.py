"""The card of a demand and the look of its verbs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands import actions, forms
from houqin.desk.demands.models import Demand
from houqin.desk.demands.pages.thread import story_of
from houqin.kernel.timekeeping import now
from houqin.ui.cards import Card, Verb
from houqin.ui.http import PageRequest

# As the bar draws them: what ends it at the left, what leads on at the right, the main one last.
VERBS = {
    "cancel": Verb(
        _("取消需求"), actions.cancel_demand, "ban", forms.ReasonForm, tone="danger", key="x",
        done=_("已取消，需求人会收到通知。"), hint=_("未完成的工单一并取消，时钟停止。"),
    ),
    "reject": Verb(
        _("驳回"), actions.reject_demand, "ban", forms.ReasonForm, tone="danger", key="r",
        done=_("已驳回，需求人会收到原因。"), hint=_("驳回后这件需求就结束了；只是缺材料请用“退回补充”。"),
    ),
    "withdraw": Verb(
        _("撤回"), actions.withdraw_demand, "arrow-back-up", forms.WithdrawForm, tone="danger", key="w",
        done=_("已撤回。"), hint=_("撤回后不再办理，需要时可以重新提交。"),
    ),
    "merge": Verb(
        _("合并"), actions.merge_demand, "git-merge", forms.MergeForm, key="m",
        done=_("已并入，需求人改为关注那一件。"), 
        hint=_("重复的需求并入另一件：它的时钟停止，不再单独办理。"),
    ),
    "copy": Verb(_("抄送"), actions.copy_demand, "users-group", forms.CopyForm, done=_("抄送名单已更新。")),
    "leave": Verb(
        _("不再关注"), actions.leave_demand, "user-minus", done=_("已取消关注，不再收到这件事的消息。")
    ),
    "supervise": Verb(
        _("督办"), actions.supervise_demand, "eye", forms.SuperviseForm, key="v",
        done=_("已督办，后勤专员和班组长会收到。"), hint=_("对方须在期限前答复；逾期会再提醒，也看得到。"),
    ),
    "answer": Verb(
        _("答复督办"), actions.answer_demand, "message", forms.AnswerForm, key="y",
        done=_("已答复，督办人会收到。"),
    ),
    "urge": Verb(
        _("催办"), actions.urge_demand, "speakerphone", forms.UrgeForm, key="u",
        done=_("已催办，师傅和后勤都会收到。"),
        blocked=lambda demand: actions.urged_too_soon(demand, now()),
    ),
    "comment": Verb(_("回复"), actions.comment_demand, "message", forms.CommentForm, key="c"),
    "regrade": Verb(
        _("改级"), actions.regrade_demand, "flag", forms.RegradeForm, key="g",
        done=_("已改级，时限已重新计算。"), hint=_("起点和已暂停的时间不变，只换时限。"),
    ),
    "send_back": Verb(
        _("退回补充"), actions.send_back_demand, "arrow-back-up", forms.ReasonForm, key="b",
        done=_("已退回，等需求人补充。"), hint=_("补充期间时钟暂停。"),
    ),
    "refuse": Verb(
        _("没修好，退回返工"), actions.refuse_demand, "arrow-back-up", forms.ReasonForm, tone="danger",
        key="f", done=_("已退回返工，原来的师傅会再来。"), hint=_("原来的办理结果保留，返工另计一个时钟。"),
    ),
    "refuse_for": Verb(
        _("来电人说没修好，返工"), actions.refuse_for_caller, "arrow-back-up", forms.ReasonForm,
        tone="danger", key="f", done=_("已退回返工。"), hint=_("原来的办理结果保留，返工另计一个时钟。"),
    ),
    "dispatch": Verb(
        _("派工"), actions.dispatch_demand, "user-plus", forms.DispatchForm, tone="primary", key="d",
        done=_("已派工。"), template="demands/verb_dispatch.html",
    ),
    "confirm": Verb(
        _("补初审"), actions.confirm_demand, "clipboard-check", forms.GradeForm, tone="primary", key="a",
        done=_("已初审。"), hint=_("紧急件先办后审：处理不中断，这里补上分级。"),
    ),
    "grade": Verb(
        _("受理"), actions.grade_demand, "check", forms.AcceptForm, tone="primary", key="a",
        done=_("已受理并定级。"),
    ),
    "resubmit": Verb(
        _("补充后重新提交"), actions.resubmit_demand, "send", forms.ResubmitForm, tone="primary", key="e",
        done=_("已重新提交。"),
    ),
    "resubmit_for": Verb(
        _("代来电人补充"), actions.resubmit_for_caller, "send", forms.ResubmitForm, tone="primary", key="e",
        done=_("已重新提交。"), hint=_("来电人没有账号，把电话里补充的写进来。"),
    ),
    "rate": Verb(
        _("评价"), actions.rate_demand, "star", forms.RateForm, tone="primary", key="t",
        done=_("谢谢您的评价。"), template="demands/verb_rate.html",
    ),
    "sign_for": Verb(
        _("代来电人验收"), actions.sign_for_caller, "signature", forms.SignForForm, tone="primary", key="s",
        done=_("已代签验收。"), hint=_("来电人没有账号，由您打电话确认后代签；记录会写明是代签。"),
    ),
    "sign": Verb(
        _("签字验收"), actions.sign_demand, "signature", forms.SignForm, tone="primary", key="s",
        done=_("已验收，谢谢。"), template="demands/verb_sign.html",
    ),
}  # fmt: skip


ASIDE = {"comment", "copy", "leave"}


class DemandCard(Card):
    """The comment is written in the thread and copies are sent beside it, not from the bar; sending out more
    people is no main verb."""

    def open_verbs(self, request: PageRequest, obj: Any) -> list[dict[str, Any]]:
        return [verb for verb in super().open_verbs(request, obj) if verb["verb"] not in ASIDE]

    def _button(self, verb: str, declared: Verb, obj: Any) -> dict[str, Any]:
        button = super()._button(verb, declared, obj)
        if verb == "dispatch" and obj.status != Demand.Status.GRADED:
            early = obj.status == Demand.Status.SUBMITTED
            button |= {"tone": "plain", "label": _now("先派工") if early else _now("加派")}
        return button


CARD = DemandCard(
    model=Demand,
    name="demand",
    app="demands",
    verbs=VERBS,
    context=story_of,
    reads=("place", "department", "requester", "entry__category", "standard"),
)
