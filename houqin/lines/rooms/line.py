"""会议室: support for meetings."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _n

from houqin.desk.catalogue.lines import (
    CategoryDefault,
    EntryDefault,
    Question,
    ServiceLine,
    register,
)

MEETINGS = CategoryDefault(
    "meetings",
    _n("会议保障"),
    (
        EntryDefault(
            "meeting",
            _n("会议保障"),
            "presentation",
            _n("茶歇、桌签、设备、人手"),
            "",
            "important",
            False,
            (
                Question("people", _n("参会人数"), "number", required=True),
                Question("tea", _n("需要茶歇"), "yesno"),
            ),
        ),
    ),
)

register(ServiceLine("rooms", _("会议室"), "door", (MEETINGS,)))
