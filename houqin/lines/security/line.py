"""安全保卫: access, fire safety, incidents (R1.7)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _n

from houqin.desk.catalogue.lines import (
    CategoryDefault,
    EntryDefault,
    Question,
    ServiceLine,
    register,
)

SECURITY = CategoryDefault(
    "security",
    _n("安全保卫"),
    (
        EntryDefault("access", _n("门禁"), "key", _n("卡刷不开、权限、补卡"), "security"),
        EntryDefault(
            "fire_safety",
            _n("消防设施"),
            "fire-extinguisher",
            _n("灭火器、指示灯、消火栓"),
            "fire",
            "important",
        ),
        EntryDefault(
            "lost",
            _n("失窃与纠纷"),
            "shield",
            _n("先保护现场，再提交"),
            "security",
            "important",
            False,
            (Question("police", _n("是否已报警"), "yesno", required=True),),
        ),
    ),
)

register(ServiceLine("security", _("安全保卫"), "shield", (SECURITY,), guests=True))
