"""What the rest of the house does to demands, and who is told."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse

from houqin.desk.demands.actions import follow_orders
from houqin.desk.demands.models import Demand
from houqin.desk.demands.search import index_renamed
from houqin.kernel.clock.models import Grade, Kind
from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.platform.notices.actions import notify
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import duty_officers


def follow_order(event: Event) -> None:
    """An order moved: its demand follows, under a lock so that two orders cannot both be the last."""
    order = event.target
    assert isinstance(order, WorkOrder)
    demand = Demand.objects.select_for_update(of=("self",)).filter(pk=order.subject_id).first()
    if (
        isinstance(order.subject, Demand)
        and demand
        and demand.status in Demand.IN_HAND | {"submitted", "graded"}
    ):
        follow_orders(demand, event.at)


def count_reassignment(event: Event) -> None:
    """Work that was given out went to somebody else, or came back: the figures count how often."""
    order = event.target
    assert isinstance(order, WorkOrder)
    if isinstance(order.subject, Demand):
        Demand.objects.filter(pk=order.subject_id).update(reassigned=F("reassigned") + 1)


def page_and_queue(event: Event) -> None:
    """A new demand: the coordinators see it; 紧急 pages the duty officer at once (R2.3)."""
    demand = _request(event)
    coordinators = list(holders({Role.COORDINATOR}, demand.place))
    _tell(coordinators, event, demand)
    if demand.claimed == Grade.URGENT:
        _tell(duty_officers(demand.place, event.at), event, demand, urgent=True)


def page_when_raised(event: Event) -> None:
    """The review, or somebody later on, made it 紧急: from then on the duty officer knows as well."""
    before = event.facts.get("before") or event.facts.get("claimed")
    demand = _request(event)
    if event.facts["grade"] == Grade.URGENT != before:
        _tell(duty_officers(demand.place, event.at), event, demand, urgent=True)


def tell_requester(event: Event) -> None:
    demand = _request(event)
    _tell([demand.requester], event, demand)


def tell_executor(event: Event) -> None:
    """An order was offered or cancelled: the executor, or everybody in the team, is told."""
    order = event.target
    assert isinstance(order, WorkOrder)
    people = (
        [order.executor] if order.executor else list(order.team.members.all() if order.team else [])
    )
    urgent = getattr(order.subject, "grade", "") == Grade.URGENT
    notify(people, event, url=order.get_absolute_url(), urgent=urgent, now=event.at)


def tell_loser(event: Event) -> None:
    """Whoever had the order until now and has it no longer."""
    order = event.target
    assert isinstance(order, WorkOrder)
    lost = User.objects.filter(pk=event.facts.get("lost") or 0).exclude(pk=order.executor_id or 0)
    notify(list(lost), event, url=order.get_absolute_url(), now=event.at)


def tell_of_order(event: Event) -> None:
    """The requester hears of the work in the one thread, of helping hands nothing; a hand-back goes to the
    coordinators."""
    order = event.target
    assert isinstance(order, WorkOrder)
    demand = order.subject
    if isinstance(demand, Demand) and (
        order.help_of_id is None or event.name == "order.handed_back"
    ):
        back = event.name == "order.handed_back"
        people = list(holders({Role.COORDINATOR}, demand.place)) if back else [demand.requester]
        _tell(people, event, demand)


def tell_watchers(event: Event) -> None:
    """Those who only watch hear how it ends, and of what is said openly. Of an order it is the end that
    counts: that the demand is done."""
    demand = event.target.subject if isinstance(event.target, WorkOrder) else event.target
    if not isinstance(demand, Demand):
        return
    if (
        event.name == "order.finished"
        and not Demand.objects.filter(pk=demand.pk, status="done").exists()
    ):
        return
    _tell([one.user for one in demand.watchers.select_related("user")], event, demand)


def tell_copied(event: Event) -> None:
    """Whoever has just been copied in or mentioned."""
    _tell(list(User.objects.filter(pk__in=event.facts["people"])), event, _request(event))


def tell_successors(event: Event) -> None:
    """Whoever has just taken something over or has it no longer; a click leads to what they have in hand."""
    people = User.objects.filter(pk__in=[*event.facts.get("people", []), event.target_id])
    notify(list(people), event, url=reverse("handover:handover"), now=event.at)


def tell_merged(event: Event) -> None:
    """The requester of what was merged: from now on the other one is theirs to follow. It is the kept one
    that a click leads to."""
    demand = _request(event)
    assert demand.merged_into is not None
    notify([demand.requester], event, url=demand.merged_into.get_absolute_url(), now=event.at)


def tell_of_urge(event: Event) -> None:
    """Those who do it, the whole team where nobody has taken it yet, and those who review."""
    demand = _request(event)
    _tell([*_doers(demand), *holders({Role.COORDINATOR}, demand.place)], event, demand)


def tell_of_supervision(event: Event) -> None:
    """Those who have to answer: the coordinators and leads there; when it is late, who asked as well."""
    demand = _request(event)
    people = list(holders({Role.COORDINATOR, Role.LEAD}, demand.place))
    if event.name == "demand.supervision_late":
        people += [one.by for one in demand.supervisions.open().select_related("by")]
    _tell(people, event, demand)


def tell_managers(event: Event) -> None:
    demand = _request(event)
    _tell(list(holders({Role.MANAGER}, demand.place)), event, demand)


def tell_supervisor(event: Event) -> None:
    _tell(list(User.objects.filter(pk=event.facts["by"])), event, _request(event))


def _doers(demand: Demand) -> list[User]:
    people: list[User] = []
    for order in WorkOrder.objects.of(demand).open().select_related("executor", "team"):
        people += (
            [order.executor]
            if order.executor
            else list(order.team.members.all() if order.team else [])
        )
    return people


def tell_both_sides(event: Event) -> None:
    """A word in the thread, a refused result, a calendar that moved the due time: whoever is on the other
    side. Other things than demands may have clocks too."""
    demand = event.target
    if not isinstance(demand, Demand):
        return
    orders = WorkOrder.objects.of(demand).open().exclude(executor=None).select_related("executor")
    executors = [order.executor for order in orders if order.executor]
    inner = event.name == "demand.noted"
    people = (
        executors
        + list(holders({Role.COORDINATOR}, demand.place))
        + ([] if inner else [demand.requester])
    )
    _tell(people, event, demand)


def tell_of_alarm(event: Event) -> None:
    """50 % to the executor, 80 % to the coordinator too, 100 and 150 % to the manager as well. Signing is
    for the requester alone to do, so only they hear how long they still can; a review is no executor's."""
    demand = event.target
    if not isinstance(demand, Demand):
        return
    urgent = demand.grade == Grade.URGENT and event.facts["kind"] != Kind.ACCEPTANCE
    _tell(_to_alarm(demand, event.facts), event, demand, urgent=urgent)


def _to_alarm(demand: Demand, facts: dict[str, Any]) -> list[User]:
    if facts["kind"] == Kind.ACCEPTANCE:
        return [demand.requester]
    orders = WorkOrder.objects.of(demand).open().exclude(executor=None).select_related("executor")
    people = [order.executor for order in orders if order.executor and facts["kind"] != Kind.REVIEW]
    if facts["percent"] >= 80 or not people:
        people += list(holders({Role.COORDINATOR}, demand.place))
    if facts["percent"] >= 100:
        people += list(holders({Role.MANAGER}, demand.place))
    return people


def _request(event: Event) -> Demand:
    demand = event.target
    assert isinstance(demand, Demand)
    return demand


def _tell(people: list[User], event: Event, demand: Demand, *, urgent: bool = False) -> None:
    notify(people, event, url=demand.get_absolute_url(), urgent=urgent, now=event.at)


EFFECTS: Effects = {
    "order.offered": [follow_order, tell_executor],
    "order.reassigned": [follow_order, count_reassignment, tell_executor, tell_loser],
    "order.accepted": [follow_order, tell_of_order],
    "order.started": [follow_order],
    "order.arrived": [follow_order],
    "order.held": [follow_order, tell_of_order],
    "order.resumed": [follow_order],
    "order.queued": [follow_order],
    "order.released": [follow_order, tell_executor],
    "order.handed_over": [follow_order, tell_executor],
    "order.finished": [follow_order, tell_of_order, tell_watchers],
    "order.handed_back": [follow_order, count_reassignment, tell_of_order],
    "order.cancelled": [follow_order, tell_executor],
    "demand.submitted": [page_and_queue],
    "demand.resubmitted": [page_and_queue],
    "demand.graded": [tell_requester, page_when_raised],
    "demand.regraded": [tell_both_sides, page_when_raised],
    "demand.sent_back": [tell_requester],
    "demand.rejected": [tell_requester, tell_watchers],
    "demand.withdrawn": [tell_watchers],
    "demand.cancelled": [tell_requester, tell_watchers],
    "order.passed_on": [tell_executor, tell_loser],
    "demand.passed_on": [tell_copied],
    "user.handed_over": [tell_successors],
    "user.taken_back": [tell_successors],
    "user.substitute_changed": [tell_successors],
    "demand.supervision_passed_on": [tell_copied],
    "demand.improvement_noted": [tell_managers],
    "demand.merged": [tell_merged],
    "demand.copied": [tell_copied],
    "demand.urged": [tell_of_urge],
    "demand.supervised": [tell_of_supervision],
    "demand.supervision_late": [tell_of_supervision],
    "demand.answered": [tell_supervisor],
    "demand.deemed": [tell_requester],
    "demand.refused": [tell_both_sides],
    "demand.signed_for": [tell_both_sides],
    "demand.signed": [tell_both_sides],
    "demand.commented": [tell_both_sides, tell_watchers],
    "demand.noted": [tell_both_sides, tell_copied],
    "place.changed": [index_renamed],
    "user.changed": [index_renamed],
    "department.changed": [index_renamed],
    "entry.saved": [index_renamed],
    "book.taken": [index_renamed],
    "clock.alarm": [tell_of_alarm],
    "clock.moved": [tell_both_sides],
}
