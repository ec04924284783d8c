"""Whom a demand concerns: the names that its flow tells events to, and who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.kernel.flow import Audience
from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event
from houqin.work.orders.models import WorkOrder

if TYPE_CHECKING:
    from houqin.desk.demands.models.demand import Demand


def requester(demand: Demand, event: Event) -> list[User]:
    return [demand.requester]


def watchers(demand: Demand, event: Event) -> list[User]:
    """Those who only watch; whoever has finished it knows already that it is done."""
    rows = demand.watchers.exclude(user=event.facts.get("executor") or 0)
    return [watcher.user for watcher in rows.select_related("user")]


def executors(demand: Demand, event: Event) -> list[User]:
    """Those who have taken it on."""
    orders = WorkOrder.objects.of(demand).open().exclude(executor=None).select_related("executor")
    return [order.executor for order in orders if order.executor]


def takers(demand: Demand, event: Event) -> list[User]:
    """Those who do it, the whole team where nobody has taken it yet."""
    orders = WorkOrder.objects.of(demand).open().select_related("executor", "team")
    return [person for order in orders for person in order.takers()]


def coordinators(demand: Demand, event: Event) -> list[User]:
    return list(holders({Role.COORDINATOR}, demand.place))


def leads(demand: Demand, event: Event) -> list[User]:
    return list(holders({Role.LEAD}, demand.place))


def managers(demand: Demand, event: Event) -> list[User]:
    return list(holders({Role.MANAGER}, demand.place))


def named(demand: Demand, event: Event) -> list[User]:
    """Whoever the event is about: copied in, mentioned, put in another's place."""
    return list(User.objects.filter(pk__in=event.facts["people"]))


def supervisor(demand: Demand, event: Event) -> list[User]:
    """Whoever asked for the answer that the event gives."""
    return list(User.objects.filter(pk=event.facts["by"]))


def supervisors(demand: Demand, event: Event) -> list[User]:
    """Those who still wait for an answer."""
    return [supervision.by for supervision in demand.supervisions.open().select_related("by")]


AUDIENCES = {
    audience.__name__: Audience(audience)
    for audience in (
        requester,
        watchers,
        executors,
        takers,
        coordinators,
        leads,
        managers,
        named,
        supervisor,
        supervisors,
    )
}
