"""The weeks that the tests of the board look back on."""

from datetime import timedelta
from random import Random

from houqin.desk.demands.actions import rate_demand, reject_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.timekeeping import turned_to
from houqin.work.orders.actions import hand_back_order, reassign_order
from houqin.work.orders.models import WorkOrder
from tests.cast import CAST, NOW
from tests.cockpit.test_figures import play
from tests.stages import Stage


def weeks(cast):
    """A few weeks, with a second team, work that changed hands, refusals, rejections and ratings."""
    random = Random(20261124)
    far = cast.crew("城西工程班", cast.far, ma=[])
    for nth in range(32):
        play(cast, random, nth)
    with turned_to(NOW - timedelta(minutes=5)):
        for order in WorkOrder.objects.filter(status="offered").order_by("pk")[:3]:
            reassign_order(cast.chen, order, team=far, reason="那边有空")
        for order in WorkOrder.objects.filter(status="accepted").order_by("pk")[:2]:
            hand_back_order(order.executor, order, reason="手上有抢修")
        for demand in Demand.objects.filter(status="submitted").order_by("pk")[:2]:
            reject_demand(cast.chen, demand, reason="不归后勤")
        for nth, demand in enumerate(Demand.objects.filter(status="accepted").order_by("pk")):
            rate_demand(demand.requester, demand, speed=1 + nth % 5, attitude=5, solution=4)
    Demand.objects.filter(pk__in=list(Demand.objects.values_list("pk", flat=True)[:4])).update(
        urges=2
    )
    return cast


history = Stage(weeks, on=CAST).fixture("history")
