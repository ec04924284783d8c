"""设施运维: what one can ask the facilities post for (R1.3)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _n

from houqin.desk.catalogue.lines import (
    CategoryDefault,
    EntryDefault,
    Question,
    ServiceLine,
    register,
)

SAFE = Question("danger", _n("现场是否有危险"), "yesno")
SCOPE = Question(
    "scope", _n("影响范围"), "choice", (_n("一处"), _n("一间"), _n("一层"), _n("整栋")), True
)
SYMPTOM = Question(
    "symptom", _n("现象"), "choice", (_n("不制冷"), _n("不制热"), _n("滴水"), _n("异响")), True
)

REPAIR = CategoryDefault(
    "repair",
    _n("设施维修"),
    (
        EntryDefault(
            "plumbing",
            _n("水"),
            "droplet",
            _n("漏水、堵塞、没有水"),
            "plumbing",
            "important",
            True,
            (Question("flowing", _n("水是否还在流"), "yesno", required=True), SAFE),
        ),
        EntryDefault(
            "electrical",
            _n("电"),
            "bolt",
            _n("停电、跳闸、灯不亮"),
            "electrical",
            "important",
            True,
            (SCOPE, SAFE),
        ),
        EntryDefault(
            "hvac",
            _n("空调"),
            "air-conditioning",
            _n("不制冷、不制热、滴水、异响"),
            "hvac",
            "routine",
            True,
            (SYMPTOM,),
        ),
        EntryDefault(
            "lift", _n("电梯"), "elevator", _n("困人请直接打值班电话"), "lift", "important", True
        ),
        EntryDefault(
            "furniture",
            _n("家具门窗"),
            "armchair",
            _n("桌椅、门锁、窗户"),
            "carpentry",
            "routine",
            True,
        ),
        EntryDefault("network", _n("网络布线"), "network", _n("面板、弱电线路"), "weak_current"),
        EntryDefault(
            "other_repair", _n("其他维修"), "tool", _n("说不清归哪一类时选这个"), "", "routine"
        ),
    ),
)


register(ServiceLine("facilities", _("设施运维"), "tool", (REPAIR,), guests=True))
