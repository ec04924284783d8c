"""What the proposal of who should do it goes by."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import GROUPS, Policy, PolicyUnit
from houqin.kernel.registry import Registered

GROUPS.register(Registered("orders", _("派工"), 40))

RECORD_OF = Policy(
    "orders.record_of", 90, unit=PolicyUnit.DAYS, label=_("推荐人选参考的工作记录"), least=7, most=1830,
    note=_("推荐时统计候选人这些天内同类工单的按时率和返工率。"),
)  # fmt: skip
