"""How the demonstration organisation works: standard steps, who signs on site, what its faults were."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from houqin.demo.stories import Story
from houqin.desk.catalogue.models import Entry
from houqin.kernel.people.models import User
from houqin.work.orders import actions as work
from houqin.work.orders.models import FaultCode, WorkOrder

STEPS: Final = {
    "hvac": ("断电挂牌", "检查滤网与冷凝水盘", "试机 15 分钟，测出风温度", "（选做）拍下铭牌"),
    "electrical": ("停电、验电、挂牌", "排除故障", "送电试用", "（选做）清点并带走旧件"),
}
MET_SIGNS: Final = ("lift",)
# A piece of the story's title → symptom, cause, remedy.
FAULTS: Final = {
    "不制热": ("loo-heat", "1-6-valve", "1-replace"),
    "异响": ("noi-fan", "2-4-wear", "1-replace"),
    "空调不制冷": ("loo-cool", "5-1-filter", "7-service"),
    "恒温间": ("loo-cool", "3-4-setting", "4-adjust"),
    "水管爆裂": ("elu-burst", "1-5-joint", "1-replace"),
    "水龙头": ("ftc-tap", "2-4-seal", "1-replace"),
    "下水堵塞": ("plu-drain", "5-1-foreign", "7-service"),
    "净水器": ("elu-drip", "2-4-seal", "1-replace"),
    "跳闸": ("spo-trip", "4-1-short", "1-replace"),
    "灯管": ("ftf-power", "2-4-wear", "1-replace"),
    "整层停电": ("spo-trip", "4-4-load", "4-adjust"),
    "门锁": ("own-shut", "2-4-wear", "1-replace"),
}


def teach_the_craft() -> None:
    """Put the steps and signatures into the catalogue, and the fault codes beside it."""
    for code, steps in STEPS.items():
        Entry.objects.filter(code=code).update(steps=list(steps))
    Entry.objects.filter(code__in=MET_SIGNS).update(met_signs=True)
    work.seed_fault_codes()
    fault_codes.cache_clear()


@cache
def fault_codes() -> dict[str, FaultCode]:
    return {code.code: code for code in FaultCode.objects.all()}


def arrive(executor: User, order: WorkOrder) -> None:
    """Three of five scan the code at the place; the others say that they have come."""
    if order.pk % 5 < 3:
        work.arrive_order(executor, order, place=order.place)
    else:
        work.start_order(executor, order)


def tick_all(executor: User, order: WorkOrder) -> None:
    for nth, words in enumerate(order.steps, 1):
        if not WorkOrder.may_be_left(words):
            work.tick_order(executor, order, step=nth)


def findings(order: WorkOrder, story: Story) -> dict[str, Any]:
    """What the finish of `order` says besides the result: the fault, and who signed on site."""
    named = next((fault for part, fault in FAULTS.items() if part in story.title), ())
    codes: dict[str, Any] = {
        kind: fault_codes()[code]
        for kind, code in zip(("symptom", "cause", "remedy"), named, strict=False)
    }
    return codes | ({"met": "物业小周"} if order.met_signs else {})
