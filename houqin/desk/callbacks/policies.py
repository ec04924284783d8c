"""Who is called back, and how often it is tried."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import GROUPS, OrganisationKind, Policy, PolicyUnit
from houqin.kernel.registry import Registered

GROUPS.register(Registered("callbacks", _("回访"), 20))

SHARE = Policy(
    "callbacks.share", 5, unit=PolicyUnit.PERCENT, label=_("回访抽取比例"), most=100,
    note=_("正常验收的需求按此比例抽取；低分和默认验收的一律回访。"),
    presets={OrganisationKind.GOVERNMENT: 10},
)  # fmt: skip
LOW = Policy(
    "callbacks.low", 2, unit=PolicyUnit.STARS, label=_("低分回访线"), least=1, most=5,
    note=_("速度、态度、方案任一项不高于此的一律回访。"),
)  # fmt: skip
TRIES = Policy(
    "callbacks.tries", 3, unit=PolicyUnit.TIMES, label=_("回访最多拨打次数"), least=1, most=20,
    note=_("这些次都没有接通，就不再回访。"),
)  # fmt: skip
