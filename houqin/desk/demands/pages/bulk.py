"""What may be done to several demands at once, from the queue and from the review desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from houqin.desk.demands import actions, forms, papers
from houqin.desk.demands.models import STAFF
from houqin.kernel.people.models import Role
from houqin.ui.bulk import Bulk

REVIEWERS = frozenset(STAFF)
FILES = REVIEWERS | {Role.FINANCE}
TOGETHER = {
    "grade": Bulk(
        _("受理"), "check", actions.review_demand, forms.GradeTogetherForm, roles=REVIEWERS,
        tone="primary", key="a",
    ),
    "dispatch": Bulk(
        _("派给班组"), "user-plus", actions.dispatch_demand, forms.DispatchTogetherForm, roles=REVIEWERS,
        key="d", hint=_("每件各出一张工单，由班组里的人接单。"),
    ),
    "merge": Bulk(
        _("合并"), "git-merge", actions.merge_demand, forms.MergeTogetherForm, roles=REVIEWERS, key="m",
        hint=_("其余的并入留下的这一件，它们的需求人改为关注它，办完会收到消息。"),
    ),
    "send_back": Bulk(
        _("退回补充"), "arrow-back-up", actions.send_back_demand, forms.ReasonTogetherForm,
        roles=REVIEWERS, key="b", hint=_("补充期间时钟暂停。"),
    ),
    "reject": Bulk(
        _("驳回"), "ban", actions.reject_demand, forms.ReasonTogetherForm, roles=REVIEWERS,
        tone="danger", key="r", hint=_("驳回后就结束了；只是缺材料请用“退回补充”。"),
    ),
    "print": Bulk(_("打印需求单"), "printer", answer=papers.DEMAND.together, roles=FILES),
    "print_acceptance": Bulk(_("打印验收单"), "printer", answer=papers.ACCEPTANCE.together, roles=FILES),
}  # fmt: skip
