from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import GROUPS, Policy, PolicyUnit
from houqin.kernel.registry import Registered

GROUPS.register(Registered("approvals", _("审批"), 30))

URGED_AT_MOST_EVERY = Policy(
    "approvals.urged_at_most_every",
    2,
    unit=PolicyUnit.HOURS,
    label=_("两次催审批的间隔"),
    most=168,
    note=_("催过审批人一次后，满这些小时才能再催。"),
)
