"""环境管理: cleaning, greening, waste (R1.4)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _n

from houqin.desk.catalogue.lines import (
    CategoryDefault,
    EntryDefault,
    Question,
    ServiceLine,
    register,
)

CLEANING = CategoryDefault(
    "cleaning",
    _n("保洁绿化"),
    (
        EntryDefault(
            "cleaning", _n("保洁"), "trash", _n("地面、卫生间、垃圾清运"), "cleaning", "routine"
        ),
        EntryDefault(
            "spill", _n("漏水清理"), "bucket", _n("积水、污染物清理"), "cleaning", "important", True
        ),
        EntryDefault("greening", _n("绿化养护"), "leaf", _n("修剪、补种、绿植更换"), "greening"),
        EntryDefault(
            "pest",
            _n("消杀"),
            "bug",
            _n("鼠、蟑、白蚁"),
            "cleaning",
            "routine",
            False,
            (Question("kind", _n("发现了什么"), "text", required=True),),
        ),
    ),
)

register(ServiceLine("environment", _("环境管理"), "leaf", (CLEANING,), guests=True))
