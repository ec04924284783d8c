"""待我审批: the list, the card, and what they hang into the menu."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.platform.paper.registry import papers_of
from houqin.shared.approvals import actions, forms, papers
from houqin.shared.approvals.flow import OVERSEES
from houqin.shared.approvals.models import Approval, ApprovalQuerySet
from houqin.shared.approvals.reports import course, facts_shown
from houqin.ui.bulk import Bulk
from houqin.ui.cards import Card, Verb
from houqin.ui.formatting import money
from houqin.ui.http import PageRequest
from houqin.ui.lists import TITLE, Blank, Column, Listing, View
from houqin.ui.routes import REQUESTER
from houqin.ui.shell.navigation import NavItem, register
from houqin.ui.timeline import timeline


def _title(approval: Approval, at: datetime) -> str:
    if approval.amount_fen is None:
        return escape(approval.title)
    return format_html('{} <b class="num">{}</b>', approval.title, money(approval.amount_fen))


def _waits(approval: Approval, at: datetime) -> str:
    if approval.stuck and approval.status == Approval.Status.RUNNING:
        return format_html('<span class="pill pill--amber">{}</span>', _("没有人可审批"))
    return escape(_waits_for(approval))


def _waits_for(approval: Approval) -> str:
    return _now("、").join(approval.waiting_names())


APPROVERS = frozenset({Role.MANAGER, Role.HEAD, Role.FINANCE})
TOGETHER = {
    "approve": Bulk(
        _("同意"),
        "check",
        actions.approve_approval,
        forms.ApproveTogetherForm,
        roles=APPROVERS,
        tone="primary",
        key="a",
        hint=_("要手写签名的，请逐件审批。"),
    ),
    "send_back": Bulk(
        _("退回修改"),
        "arrow-back-up",
        actions.send_back_approval,
        forms.OpinionTogetherForm,
        roles=APPROVERS,
        key="b",
    ),
    "reject": Bulk(
        _("不同意"),
        "x",
        actions.reject_approval,
        forms.OpinionTogetherForm,
        roles=APPROVERS,
        tone="danger",
        key="r",
        hint=_("这件事到此为止；还可以改的，请用“退回修改”。"),
    ),
    "print": Bulk(_("打印审批单"), "printer", answer=papers.APPROVAL.together),
}
APPROVALS = Listing(
    key="approvals",
    model=Approval,
    title=_("审批"),
    columns=(
        Column("number", _("编号"), gives=4),
        Column("title", _("内容"), TITLE, cell=_title, link=True),
        Column("amount_fen", _("金额"), shown=False),
        Column("kind_label", _("审批事项"), look="rows__grade", gives=3),
        Column("owner", _("申请人")),
        Column(
            "waiting",
            _("等待审批"),
            value=_waits_for,
            cell=_waits,
            look="rows__doers",
            gives=2,
            phone=True,
        ),
        Column("asked_at", _("送审时间"), gives=5, sort=True, filter=True),
        Column("status", _("状态"), filter=True),
    ),
    views=(
        View(
            "mine", _("待我审批"), lambda rows, user: rows.waiting_for(user), "asked_at", hot=True
        ),
        View("asked", _("我发起的"), lambda rows, user: rows.begun_by(user), "-asked_at"),
        View("done", _("我审过的"), lambda rows, user: rows.settled_by(user), "-asked_at"),
        View("stuck", _("没有人可审批"), lambda rows, user: rows.stranded(), "asked_at"),
        View("all", _("全部"), lambda rows, user: rows, "-asked_at"),
    ),
    search=("number", "title", "owner__name", "requester__name"),
    placeholder=_("搜编号、内容、申请人"),
    bulk=TOGETHER,
    bulk_route="approvals:bulk",
    blank=Blank(_("没有审批"), _("要您审批的事会出现在这里，手机上点开就能同意或退回。")),
)


def _context(page: PageRequest, approval: Approval) -> dict[str, Any]:
    at, subject = now(), approval.subject
    seen = subject and type(subject).objects.visible_to(page.user).filter(pk=subject.pk).exists()
    return {
        "now": at,
        "subject": subject if seen else None,
        "facts": facts_shown(approval),
        "course": course(approval, actions.matter_in(approval), at),
        "entries": timeline(approval, inner=True),
        "prints": papers_of(approval),
    }


# What ends it at the left, under the thumb on a phone; the main one last.
VERBS = {
    "reject": Verb(
        _("不同意"),
        actions.reject_approval,
        "x",
        forms.OpinionForm,
        tone="danger",
        key="r",
        done=_("已答复不同意。"),
        hint=_("这件事到此为止；还可以改的，请用“退回修改”。"),
    ),
    "withdraw": Verb(
        _("撤回"),
        actions.withdraw_approval,
        "arrow-back-up",
        forms.RemarkForm,
        tone="danger",
        key="w",
        done=_("已撤回。"),
    ),
    "send_back": Verb(
        _("退回修改"),
        actions.send_back_approval,
        "arrow-back-up",
        forms.OpinionForm,
        key="b",
        done=_("已退回，改好后会重新送审。"),
    ),
    "step_back": Verb(
        _("退回上一步"),
        actions.step_back_approval,
        "arrow-back-up",
        forms.StepBackForm,
        done=_("已退回。"),
    ),
    "delegate": Verb(
        _("转交"),
        actions.delegate_approval,
        "switch-horizontal",
        forms.ToPersonForm,
        key="d",
        done=_("已转交。"),
        hint=_("由对方代您审批这一步，您不再审批。"),
    ),
    "add_sign": Verb(
        _("加签"),
        actions.add_sign,
        "user-plus",
        forms.ToPersonForm,
        key="j",
        done=_("已加签。"),
        hint=_("再请一位审批；对方也同意，才到下一步。"),
    ),
    "comment": Verb(_("留言"), actions.comment_approval, "message", forms.OpinionForm, key="c"),
    "urge": Verb(
        _("催办"),
        actions.urge_approval,
        "speakerphone",
        forms.RemarkForm,
        key="u",
        done=_("已催办。"),
        blocked=lambda approval: actions.urged_too_soon(approval, now()),
    ),
    "assign": Verb(
        _("指定审批人"),
        actions.assign_approval,
        "user-plus",
        forms.ToPersonForm,
        tone="primary",
        key="p",
        done=_("已指定，对方会收到。"),
        hint=_("这一步没有找到审批人，由您指定一位。"),
    ),
    "resubmit": Verb(
        _("重新送审"),
        actions.resubmit_approval,
        "send",
        forms.RemarkForm,
        tone="primary",
        key="e",
        done=_("已重新送审。"),
        hint=_("按现在的内容，从第一步起重新审批。"),
    ),
    "approve": Verb(
        _("同意"),
        actions.approve_approval,
        "check",
        forms.ApproveForm,
        tone="primary",
        key="a",
        done=_("已同意。"),
    ),
}
# The sample: its owner, who sent it, who is to approve it.
SEES = frozenset({REQUESTER, Role.COORDINATOR, Role.MANAGER})
CARD = Card(model=Approval, name="approval", app="approvals", verbs=VERBS, context=_context)


def _waiting(user: User) -> ApprovalQuerySet:
    return Approval.objects.visible_to(user).waiting_for(user)


register(
    NavItem(
        group="own",
        label=_("审批"),
        icon="certificate",
        url_name="approvals:approvals",
        order=60,
        waiting=_waiting,
        hot=True,
    )
)
register(
    NavItem(
        group="setup",
        label=_("审批链"),
        icon="file-check",
        url_name="approvals:chains",
        order=815,
        roles=OVERSEES,
    )
)
