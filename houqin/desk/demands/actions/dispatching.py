"""From a graded demand to work orders, and what their progress means for the demand (R2.4, R2.5)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from houqin.desk.demands.models import Demand
from houqin.kernel.clock.actions import pause_clocks, resume_clocks, start_clock, stop_clock
from houqin.kernel.clock.models import Kind
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.worktime.models import schedule_at
from houqin.work.orders.actions import Assignment, Job, offer_order, skill_of
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Team

S = WorkOrder.Status
GONE = {S.HANDED_BACK, S.CANCELLED}


@transaction.atomic
def dispatch_demand(
    actor: User,
    demand: Demand,
    *,
    title: str = "",
    executor: User | None = None,
    team: Team | None = None,
    reason: str = "",
    after: WorkOrder | None = None,
    planned_from: datetime | None = None,
    planned_to: datetime | None = None,
    rework_of: WorkOrder | None = None,
) -> WorkOrder:
    """Make a work order for the demand: `executor` or `team`, and the `reason` for the choice.

    An urgent demand may be dispatched while its review is still running. `rework_of` names the order
    whose result was refused.
    """
    at = now()
    Demand.FLOW.take("dispatch", actor, demand, at=at)
    job = _job(demand, title or demand.title, rework_of)
    to = Assignment(executor, team, reason, after, planned_from, planned_to)
    return offer_order(actor, demand, job, to, at=at)


def _job(demand: Demand, title: str, rework_of: WorkOrder | None) -> Job:
    """What the catalogue demands of the work."""
    entry = demand.entry
    return Job(
        title=title,
        place=demand.place,
        round=demand.round,
        skill=skill_of(entry.skill_code),
        photos_needed=entry.photos_needed,
        met_signs=entry.met_signs,
        steps=entry.steps,
        rework_of=rework_of,
    )


@transaction.atomic
def follow_orders(demand: Demand, at: datetime) -> None:
    """Bring the demand and its clocks to what the orders of this round say; twice changes nothing more."""
    round_orders = list(WorkOrder.objects.of(demand).main().filter(round=demand.round))
    orders = [order for order in round_orders if order.status not in GONE | {S.WAITING}]
    states = _states(round_orders)
    if states & {S.ACCEPTED, S.WORKING, S.HELD, S.DONE}:
        stop_clock(demand, Kind.RESPONSE, at=at)
    _follow_pauses(demand, orders, at)
    verb = _verb_for(demand, states, left=_left_undone(round_orders))
    if Demand.FLOW[verb].target == demand.status:
        return
    if verb == "orders_done":
        _end_handling(demand, max(orders, key=lambda order: order.done_at or at), at)
    else:
        Demand.FLOW.take(verb, the_house(), demand, at=at)


def _states(round_orders: list[WorkOrder]) -> set[str]:
    """The states of the orders that count; one that waits counts as offered once all before it are done."""
    everything = {order.status for order in round_orders}
    states = everything - GONE - {S.WAITING}
    return {S.DONE, S.OFFERED} if states == {S.DONE} and S.WAITING in everything else states


def _left_undone(orders: list[WorkOrder]) -> bool:
    """Whether an order was handed back and nothing has been given out since: somebody must decide whether
    its work goes to another or is cancelled."""
    backs = [order.pk for order in orders if order.status == S.HANDED_BACK]
    since = [order.pk for order in orders if order.status not in GONE | {S.WAITING}]
    return bool(backs) and max(backs) > max(since, default=0)


def _verb_for(demand: Demand, states: set[str], *, left: bool) -> str:
    if not states or (left and states == {S.DONE}):
        return "orders_gone" if demand.graded_at else "orders_gone_early"
    if states == {S.DONE}:
        return "orders_done"
    active = states - {S.DONE}
    if S.WORKING in active:
        return "orders_working"
    if active == {S.HELD}:
        return "orders_held"
    return "orders_accepted" if states & {S.ACCEPTED, S.HELD, S.DONE} else "orders_offered"


def _follow_pauses(demand: Demand, orders: list[WorkOrder], at: datetime) -> None:
    """The handling clock stands still while every order that is not finished waits for a listed reason."""
    unfinished = [order for order in orders if order.status != S.DONE]
    if unfinished and all(order.status == S.HELD and order.hold_stops for order in unfinished):
        pause_clocks(demand, at=at, reason=_names(unfinished), kinds=[Kind.HANDLING])
    else:
        resume_clocks(demand, at=at, kinds=[Kind.HANDLING])


def _names(orders: list[WorkOrder]) -> str:
    """Their numbers, as many as the reason of a pause has room for."""
    first = "、".join(order.number for order in orders[:3])
    return f"{first}…" if len(orders) > 3 else first


def _end_handling(demand: Demand, last: WorkOrder, at: datetime) -> None:
    """Every order is done, `last` as the last: from now on the requester has to accept the result."""
    facts = {"result": last.result, "executor": last.executor_id}
    Demand.FLOW.take("orders_done", the_house(), demand, at=at, facts=facts, done_at=at)
    stop_clock(demand, Kind.HANDLING, at=at)
    start_clock(
        demand,
        Kind.ACCEPTANCE,
        grade=demand.grade,
        standard=demand.standard,
        schedule=schedule_at(demand.place),
        at=at,
    )
