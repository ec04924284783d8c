"""What the tests of the whole way of a request share: the house of that morning, and what they ask it.

It is Monday, 23 November 2026, 10:24. 马队长 is on call until Tuesday morning.
"""

from datetime import datetime, timedelta

import pytest

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.platform.notices.models import Notice
from houqin.work.orders import actions as work
from houqin.work.roster.models import Shift
from tests.cast import NOW, later


@pytest.fixture
def house(cast):
    Entry.objects.update(photos_needed=False)
    Shift.objects.create(
        user=cast.ma, place=cast.near, on_call=True,
        starts_at=NOW - timedelta(hours=2), ends_at=NOW + timedelta(hours=22),
    )  # fmt: skip
    return cast


def at(day, text, month=11):
    hour, minute = map(int, text.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=NOW.tzinfo)


def clocks(demand):
    """What each kind says, the newest round."""
    return {each.kind: each.result for each in demand.clocks.order_by("round")}


def clock(demand, kind, round=1):
    return demand.clocks.get(kind=kind, round=round)


def told(thing, name):
    """Who heard of the last such event; those for whom it is urgent with an exclamation mark."""
    event = Event.objects.about(thing).filter(name=name).last()
    notices = Notice.objects.filter(event=event).select_related("user")
    return {notice.user.username + "!" * notice.urgent for notice in notices}


def events(*things):
    return [event.name.split(".")[1] for event in Event.objects.about(*things)]


def order_of(house, demand, executor=None, **answers):
    return desk.dispatch_demand(house.chen, demand, executor=executor or house.wang, **answers)


def brought(house, order, *verbs):
    """The executor speaks the verbs, each a minute after the one before."""
    for nth, verb in enumerate(verbs):
        with turned_to(later(minutes=nth + 1)):
            answers = {"result": "换了阀门"} if verb == "finish" else {}
            getattr(work, f"{verb}_order")(order.executor or house.wang, order, **answers)
    return Demand.objects.get(pk=order.subject_id)


def done(house):
    return brought(house, house.order(), "accept", "start", "finish")
