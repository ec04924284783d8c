"""会议室: what the desk does for meetings, also for those in rooms that nobody books here."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _n

from houqin.desk.catalogue.lines import (
    CategoryDefault,
    EntryDefault,
    Question,
    ServiceLine,
    register,
)

PEOPLE = Question("people", _n("参会人数"), "number")

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
        EntryDefault("tea", _n("茶歇"), "coffee", _n("茶水、点心，会前备好"), questions=(PEOPLE,)),
        EntryDefault("name_cards", _n("桌签"), "id", _n("名单写在说明里"), questions=(PEOPLE,)),
        EntryDefault(
            "meeting_devices",
            _n("设备调试"),
            "device-tv",
            _n("投影、话筒、视频会议"),
            questions=(PEOPLE,),
        ),
        EntryDefault(
            "meeting_cleaning", _n("会后保洁"), "droplet", _n("会议结束后清理"), questions=(PEOPLE,)
        ),
    ),
)

register(ServiceLine("rooms", _("会议室"), "door", (MEETINGS,)))
