"""The periods that a demand is held to, beside the promises of the service standard."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import GROUPS, OrganisationKind, Policy, PolicyUnit
from houqin.kernel.registry import Registered

GROUPS.register(Registered("demands", _("需求"), 10))

FILED_AFTER = Policy(
    "demands.filed_after", 15, unit=PolicyUnit.DAYS, label=_("验收后归档"), most=365,
    note=_("验收后满这些天没有评价的需求自动归档；归档后仍可评价。"),
    presets={OrganisationKind.SCHOOL: 30},
)  # fmt: skip
URGED_AT_MOST_EVERY = Policy(
    "demands.urged_at_most_every", 2, unit=PolicyUnit.HOURS, label=_("两次催办的间隔"), most=168,
    note=_("需求人催办一次后，满这些小时才能再催。"),
    presets={OrganisationKind.HOSPITAL: 1},
)  # fmt: skip
COMPARED_WITHIN = Policy(
    "demands.compared_within", 30, unit=PolicyUnit.DAYS, label=_("查重的范围"), least=1, most=366,
    note=_("提交和审核时，与同一楼栋这些天内的未结需求比对。"),
)  # fmt: skip
REPEATED_WITHIN = Policy(
    "demands.repeated_within", 180, unit=PolicyUnit.DAYS, label=_("同类事项再次发生"), least=1, most=1830,
    note=_("同一地点这些天内办过同类的事，审核台给出提醒。"),
)  # fmt: skip
JUDGED_OVER = Policy(
    "demands.judged_over", 365, unit=PolicyUnit.DAYS, label=_("楼栋口碑的统计期"), least=30, most=1830,
    note=_("审核台按这些天内办结的需求统计返工和评价。"),
)  # fmt: skip
