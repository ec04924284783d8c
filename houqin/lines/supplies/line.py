"""办公用品: asking for what an office uses up."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _n

from houqin.desk.catalogue.lines import (
    CategoryDefault,
    EntryDefault,
    Question,
    ServiceLine,
    register,
)

SUPPLIES = CategoryDefault(
    "supplies",
    _n("办公用品"),
    (
        EntryDefault(
            "stationery",
            _n("用品申领"),
            "pencil",
            _n("文具、耗材，按需申领"),
            "",
            "routine",
            False,
            (Question("quantity", _n("数量"), "number", required=True),),
        ),
        EntryDefault("desk", _n("工位桌椅"), "desk", _n("新增、更换、搬移"), "carpentry"),
    ),
)

register(ServiceLine("supplies", _("办公用品"), "package", (SUPPLIES,)))
