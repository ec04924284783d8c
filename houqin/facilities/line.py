"""设施运维: what one can ask the facilities post for (R1.3)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _n

from houqin.servicedesk.lines import CategoryDefault, EntryDefault, Fact, Question, ServiceLine, register
from houqin.servicedesk.models import Request

SAFE = Question("danger", _n("现场是否有危险"), "yesno")
SCOPE = Question("scope", _n("影响范围"), "choice", (_n("一处"), _n("一间"), _n("一层"), _n("整栋")), True)
SYMPTOM = Question(
    "symptom", _n("现象"), "choice", (_n("不制冷"), _n("不制热"), _n("滴水"), _n("异响")), True
)

REPAIR = CategoryDefault(
    "repair",
    _n("设施维修"),
    (
        EntryDefault(
            "plumbing", _n("水"), "droplet", _n("漏水、堵塞、没有水"),
            "plumbing", "important", True,
            (Question("flowing", _n("水是否还在流"), "yesno", required=True), SAFE),
        ),
        EntryDefault(
            "electrical", _n("电"), "bolt", _n("停电、跳闸、灯不亮"),
            "electrical", "important", True,
            (SCOPE, SAFE),
        ),
        EntryDefault(
            "hvac", _n("空调"), "air-conditioning", _n("不制冷、不制热、滴水、异响"),
            "hvac", "routine", True,
            (SYMPTOM,),
        ),
        EntryDefault("lift", _n("电梯"), "elevator", _n("困人请直接打值班电话"), "lift", "important", True),
        EntryDefault(
            "furniture", _n("家具门窗"), "armchair", _n("桌椅、门锁、窗户"), "carpentry", "routine", True
        ),
        EntryDefault("network", _n("网络布线"), "network", _n("面板、弱电线路"), "weak_current"),
        EntryDefault("other_repair", _n("其他维修"), "tool", _n("说不清归哪一类时选这个"), "", "routine"),
    ),
)  # fmt: skip


def facts(request: Request) -> Sequence[Fact]:
    """What else is being done at the same place, and what was done there lately."""
    near = Request.objects.filter(place=request.place).exclude(pk=request.pk).select_related("entry")
    open_here = list(near.open().order_by("-submitted_at")[:3])
    last = near.archived().filter(entry=request.entry, done_at__isnull=False).order_by("-done_at").first()
    return [
        Fact(
            "map-pin",
            _("同地点在办"),
            _now("；").join(f"{one.number} {one.title}" for one in open_here) or _("没有"),
            _now("%(count)s 件") % {"count": len(open_here)} if open_here else _("无"),
            "warn" if open_here else "ok",
            open_here[0].get_absolute_url() if open_here else "",
        ),
        Fact(
            "history",
            _("上次同类"),
            f"{last.number} {last.title}" if last else _("这里没有修过同类问题"),
            _("有") if last else _("首次"),
            "warn" if last else "ok",
            last.get_absolute_url() if last else "",
        ),
    ]


register(ServiceLine("facilities", _("设施运维"), "tool", (REPAIR,), facts=facts, guests=True))
