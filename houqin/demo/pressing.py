"""Those who press for it: on the last morning something is urged, asked about, and reported twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from houqin.demo.organisation import Organisation
from houqin.kernel.timekeeping import turned_to
from houqin.servicedesk import actions as desk
from houqin.servicedesk.callbacks.sweeps import draw_call_backs
from houqin.servicedesk.models import Request


def press(made: Organisation, last: datetime) -> None:
    """Something to see for each kind of following through; where the history is too short, nothing."""
    people, opened = made.people, Request.objects.open()
    with turned_to(last - timedelta(minutes=50)):
        for request in opened.filter(title__contains="空调", status="on_hold", requester=people["wugong"])[
            :1
        ]:
            desk.urge_request(people["wugong"], request, note="下午 2 点客户到，来得及吗？")
            desk.comment_request(
                people["chen"], request, text="@林主管 电动二通阀周四到，已先借一台移动空调。"
            )
        for request in opened.filter(title__contains="应急照明灯", status="working")[:1]:
            ask = "疏散通道的灯今天必须亮，请说明还差什么。"
            desk.supervise_request(people["lin"], request, ask=ask, due_at=last + timedelta(hours=3))
        for request in opened.filter(title__contains="净水器", status="submitted")[:1]:
            twice = desk.submit_request(
                people["he"],
                request.entry,
                place=request.place,
                title="净水器下面一滩水",
                claimed=request.claimed,
            )
            desk.merge_request(people["chen"], twice, into=request)
    with turned_to(last):
        draw_call_backs(last)
