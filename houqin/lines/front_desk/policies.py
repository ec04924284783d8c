"""How long the front desk keeps what is not fetched."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import GROUPS, Policy, PolicyUnit, Source
from houqin.kernel.registry import Registered

GROUPS.register(Registered("front_desk", _("前台"), 45))

PARCEL_KEPT = Policy(
    "front_desk.parcel_kept",
    14,
    unit=PolicyUnit.DAYS,
    label=_("快递保管期限"),
    least=1,
    most=180,
    note=_("收件后这些天没有领取，就退回；收件时的规定管到退回为止。"),
)
LOST_KEPT = Policy(
    "front_desk.lost_kept",
    365,
    unit=PolicyUnit.DAYS,
    label=_("失物招领期限"),
    least=1,
    most=1825,
    source=Source.LAW,
    reference=_("《民法典》第三百一十八条"),
    note=_("公告招领后这些天没有人认领，才能处置。"),
)
