"""How long a handover can be undone."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import GROUPS, Policy, PolicyUnit
from houqin.kernel.registry import Registered

GROUPS.register(Registered("handover", _("工作交接"), 30))

TAKEN_BACK_WITHIN = Policy(
    "handover.taken_back_within", 30, unit=PolicyUnit.DAYS, label=_("交接可以撤销的期限"), most=366
)
