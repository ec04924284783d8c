"""The numbers of booking a room: how long, how far ahead, and what happens when nobody comes."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.registry import GROUPS, Policy, PolicyUnit
from houqin.kernel.registry import Registered

GROUPS.register(Registered("rooms", _("会议室"), 40))

AHEAD = Policy(
    "rooms.ahead",
    90,
    unit=PolicyUnit.DAYS,
    label=_("最早提前预订"),
    least=1,
    most=730,
    note=_("会议最晚在这些天以内开始；系列预订的每一次都算。"),
)
SHORTEST = Policy(
    "rooms.shortest", 15, unit=PolicyUnit.MINUTES, label=_("会议最短时长"), least=5, most=240
)
LONGEST = Policy(
    "rooms.longest", 600, unit=PolicyUnit.MINUTES, label=_("会议最长时长"), least=30, most=1440
)
TIDYING = Policy(
    "rooms.tidying",
    0,
    unit=PolicyUnit.MINUTES,
    label=_("会后整理时间"),
    most=120,
    note=_("会议结束后，会议室再留这些时间给保洁，他人不能预订。"),
)
CHECK_IN_BEFORE = Policy(
    "rooms.check_in_before", 10, unit=PolicyUnit.MINUTES, label=_("最早提前签到"), most=120
)
NO_SHOW = Policy(
    "rooms.no_show",
    15,
    unit=PolicyUnit.MINUTES,
    label=_("未签到释放"),
    least=1,
    most=120,
    note=_("开始后这些时间没有人签到，会议室就释放，排队的人依次得到通知。"),
)
OFFER = Policy(
    "rooms.offer",
    15,
    unit=PolicyUnit.MINUTES,
    label=_("排到后保留"),
    least=1,
    most=1440,
    note=_("排队排到的会议室保留这些时间，等预订人确认，过时给下一位。"),
)
SERVICES_AHEAD = Policy(
    "rooms.services_ahead",
    3,
    unit=PolicyUnit.DAYS,
    label=_("会议服务提前提交"),
    most=30,
    note=_("会议前这些天，把选好的会议服务提交给服务台；更近的会议立即提交。"),
)
TEA = Policy("rooms.tea", 15, unit=PolicyUnit.MINUTES, label=_("茶歇：会前备好"), most=240)
NAME_CARDS = Policy(
    "rooms.name_cards", 30, unit=PolicyUnit.MINUTES, label=_("桌签：会前备好"), most=480
)
DEVICES = Policy(
    "rooms.devices", 30, unit=PolicyUnit.MINUTES, label=_("设备调试：会前备好"), most=480
)
OTHER_SERVICES = Policy(
    "rooms.other_services", 30, unit=PolicyUnit.MINUTES, label=_("其他会议服务：会前备好"), most=480
)
CLEANING = Policy(
    "rooms.cleaning", 30, unit=PolicyUnit.MINUTES, label=_("会后保洁：会后完成"), most=480
)
