"""Who stands in for somebody has their work and their signature, not only their messages."""

from datetime import timedelta

import pytest

from houqin.desk.demands.actions import sign_demand
from houqin.desk.demands.models import Acceptance, Demand
from houqin.kernel.errors import NotAllowed
from houqin.kernel.people.actions import go_away
from houqin.kernel.people.models import User
from houqin.work.orders.actions import accept_order, finish_order, start_order
from houqin.work.orders.models import WorkOrder
from tests.cast import NOW
from tests.cast import cast as cast


def away(person, substitute, days=2):
    go_away(person, substitute=substitute, starts_at=NOW, ends_at=NOW + timedelta(days=days))
    return User.objects.get(pk=substitute.pk)


def test_a_substitute_sees_and_does_the_work_of_who_is_away(cast):
    order = cast.order(executor=cast.wang)
    assert not WorkOrder.objects.visible_to(cast.meng).exists()
    meng = away(cast.wang, cast.meng)
    assert WorkOrder.objects.visible_to(meng).get() == order
    accept_order(meng, order)
    assert WorkOrder.objects.get().executor == meng


def test_a_substitute_signs_and_the_record_names_who_signed(cast):
    order = cast.order()
    accept_order(cast.wang, order)
    start_order(cast.wang, order)
    finish_order(cast.wang, order, result="好了")
    demand = Demand.objects.get()
    with pytest.raises(NotAllowed):
        sign_demand(cast.meng, demand, name="孟工")
    meng = away(cast.wu, cast.meng)
    sign_demand(meng, demand, name="孟工")
    assert Acceptance.objects.get().signer == meng
