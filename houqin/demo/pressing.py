"""Those who press for it: on the last morning something is urged, asked about, and reported twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from houqin.demo.organisation import DemoOrganisation
from houqin.desk.callbacks.sweeps import draw_call_backs
from houqin.desk.catalogue.models import Entry
from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand
from houqin.kernel.timekeeping import turned_to
from houqin.setup.services.actions import save_entry


def press(organisation: DemoOrganisation, last: datetime) -> None:
    """Something to see for each kind of following through; where the history is too short, nothing."""
    people, opened = organisation.people, Demand.objects.open()
    with turned_to(last - timedelta(minutes=50)):
        for demand in opened.filter(
            title__contains="空调", status="on_hold", requester=people["wugong"]
        )[:1]:
            desk.urge_demand(people["wugong"], demand, note="下午 2 点客户到，来得及吗？")
            desk.comment_demand(
                people["chen"], demand, text="@林主管 电动二通阀周四到，已先借一台移动空调。"
            )
        for demand in opened.filter(title__contains="应急照明灯", status="working")[:1]:
            ask = "疏散通道的灯今天必须亮，请说明还差什么。"
            desk.supervise_demand(people["lin"], demand, ask=ask, due_at=last + timedelta(hours=3))
        for demand in opened.filter(title__contains="净水器", status="submitted")[:1]:
            twice = desk.submit_demand(
                people["he"],
                demand.entry,
                place=demand.place,
                title="净水器下面一滩水",
                claimed=demand.claimed,
            )
            desk.merge_demand(people["chen"], twice, into=demand)
        ask_for_approval(organisation)
    with turned_to(last):
        draw_call_backs(last)


def ask_for_approval(organisation: DemoOrganisation) -> None:
    """From now on new desks are approved; one that was asked for waits for the manager."""
    people, entry = organisation.people, Entry.objects.get(code="desk")
    save_entry(people["lin"], entry, needs_approval=True)
    demand = desk.submit_demand(
        people["shen"],
        entry,
        place=organisation.rooms["BJ"][0],
        title="新入职 3 人需要工位",
        claimed="routine",
        body="下周三报到，靠近研发二部，带显示器支架。",
    )
    desk.grade_demand(people["chen"], demand, grade="important", note="部门编制已核")
