"""What the boards measure against: per cent on time, per cent of rework at most, stars."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import GROUPS, OrganisationKind, Policy, PolicyUnit
from houqin.kernel.registry import Registered

GROUPS.register(Registered("cockpit", _("看板目标"), 50))

# fmt: off
TARGETS = {
    "review": Policy(
        "cockpit.target_review", 98.0, unit=PolicyUnit.PERCENT, label=_("初审按时率目标"), most=100,
    ),
    "response": Policy(
        "cockpit.target_response", 98.0, unit=PolicyUnit.PERCENT, label=_("响应按时率目标"), most=100,
        presets={OrganisationKind.HOSPITAL: 99.0},
    ),
    "handling": Policy(
        "cockpit.target_handling", 95.0, unit=PolicyUnit.PERCENT, label=_("办理按时率目标"), most=100
    ),
    "rework": Policy("cockpit.target_rework", 3.0, unit=PolicyUnit.PERCENT, label=_("返工率上限"), most=100),
    "stars": Policy(
        "cockpit.target_stars", 4.5, unit=PolicyUnit.STARS, label=_("满意度目标"), least=1, most=5,
    ),
}
# fmt: on
