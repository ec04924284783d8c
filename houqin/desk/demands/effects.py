"""What orders and clocks do to demands, and who is told where it depends."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.urls import reverse

from houqin.desk.demands.actions import follow_orders
from houqin.desk.demands.actions.approving import (
    accept_approved,
    await_approval,
    reject_unapproved,
    review_again,
)
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.audiences import coordinators, executors, managers
from houqin.desk.demands.search import index_renamed
from houqin.kernel.clock.models import Grade, Kind
from houqin.kernel.people.models import User
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.wiring import Effects
from houqin.platform.notices.actions import notify
from houqin.shared.approvals.actions import drop_approvals
from houqin.shared.approvals.models import Approval
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import duty_officers

FOLLOWS = Demand.IN_HAND | {Demand.Status.SUBMITTED, Demand.Status.GRADED}


def follow_order(event: Event) -> None:
    """An order moved: its demand follows, under a lock so that two orders cannot both be the last.

    It is the demand of whoever moved the order that is read again, so that theirs is not stale afterwards.
    """
    order = _order(event)
    if ContentType.objects.get_for_id(order.subject_type_id).model_class() is not Demand:
        return
    locked = Demand.objects.select_related("place", "requester").select_for_update(of=("self",))
    if WorkOrder.subject.is_cached(order):
        demand: Any = order.subject
        demand.refresh_from_db(from_queryset=locked)
    else:
        order.subject = demand = locked.get(pk=order.subject_id)
    if demand.status in FOLLOWS:
        follow_orders(demand, event.at)


def follow_approval(event: Event) -> None:
    """An approval ended or is asked again: the demand that waits for it goes on. One that is being done
    already waits for nothing."""
    approval = event.target
    assert isinstance(approval, Approval)
    demand, comment = approval.subject, str(event.facts["comment"])
    if not isinstance(demand, Demand):
        return
    if demand.status == Demand.Status.SUBMITTED and event.name == "approval.resubmitted":
        await_approval(event.actor, demand, grade=demand.grade, note=comment, at=event.at)
    elif demand.status != Demand.Status.PENDING:
        return
    elif event.name == "approval.approved":
        accept_approved(demand, approval, at=event.at)
    elif event.name == "approval.rejected":
        reject_unapproved(event.actor, demand, reason=comment, at=event.at)
    elif event.name != "approval.resubmitted":
        review_again(event.actor, demand, reason=comment, at=event.at)


def end_approval(event: Event) -> None:
    """Of what is over nothing is asked any more."""
    drop_approvals(_demand(event))


def count_reassignment(event: Event) -> None:
    """Work that was given out went to somebody else, or came back: the figures count how often."""
    order = _order(event)
    if isinstance(order.subject, Demand):
        Demand.objects.filter(pk=order.subject_id).update(reassigned=F("reassigned") + 1)


def page_when_urgent(event: Event) -> None:
    """A new demand that is 紧急 pages the duty officer at once (R2.3)."""
    demand = _demand(event)
    if demand.claimed == Grade.URGENT:
        _tell(duty_officers(demand.place, event.at), event, demand, urgent=True)


def page_when_raised(event: Event) -> None:
    """The review, or somebody later on, made it 紧急: from then on the duty officer knows as well."""
    before = event.facts.get("before") or event.facts.get("claimed")
    demand = _demand(event)
    if event.facts["grade"] == Grade.URGENT != before:
        _tell(duty_officers(demand.place, event.at), event, demand, urgent=True)


def tell_of_order(event: Event) -> None:
    """The requester hears of the work in the one thread, of helping hands nothing."""
    order = _order(event)
    if isinstance(order.subject, Demand) and order.help_of_id is None:
        _tell([order.subject.requester], event, order.subject)


def tell_of_hand_back(event: Event) -> None:
    """The coordinators have to give it to somebody else."""
    demand = _order(event).subject
    if isinstance(demand, Demand):
        _tell(coordinators(demand, event), event, demand)


def tell_successors(event: Event) -> None:
    """Whoever has just taken something over or has it no longer; a click leads to what they have in hand."""
    people = User.objects.filter(pk__in=[*event.facts.get("people", []), event.target_id])
    notify(people, event, url=reverse("handover:handover"), now=event.at)


def tell_merged(event: Event) -> None:
    """The requester of what was merged: from now on the other one is theirs to follow. It is the kept one
    that a click leads to."""
    demand = _demand(event)
    assert demand.merged_into is not None
    notify([demand.requester], event, url=demand.merged_into.get_absolute_url(), now=event.at)


def tell_of_moved_clock(event: Event) -> None:
    """A calendar moved the due time. Other things than demands may have clocks too."""
    demand = event.target
    if isinstance(demand, Demand):
        people = [*executors(demand, event), *coordinators(demand, event), demand.requester]
        _tell(people, event, demand)


def tell_of_alarm(event: Event) -> None:
    """50 % to the executor, 80 % to the coordinator too, 100 and 150 % to the manager as well. Signing is
    for the requester alone to do, so only they hear how long they still can; a review is no executor's."""
    demand = event.target
    if not isinstance(demand, Demand):
        return
    urgent = demand.grade == Grade.URGENT and event.facts["kind"] != Kind.ACCEPTANCE
    _tell(_to_alarm(demand, event), event, demand, urgent=urgent)


def _to_alarm(demand: Demand, event: Event) -> list[User]:
    if event.facts["kind"] == Kind.ACCEPTANCE:
        return [demand.requester]
    people = executors(demand, event) if event.facts["kind"] != Kind.REVIEW else []
    if event.facts["percent"] >= 80 or not people:
        people += coordinators(demand, event)
    if event.facts["percent"] >= 100:
        people += managers(demand, event)
    return people


def _order(event: Event) -> WorkOrder:
    order = event.target
    assert isinstance(order, WorkOrder)
    return order


def _demand(event: Event) -> Demand:
    demand = event.target
    assert isinstance(demand, Demand)
    return demand


def _tell(people: list[User], event: Event, demand: Demand, *, urgent: bool = False) -> None:
    notify(people, event, url=demand.get_absolute_url(), urgent=urgent, now=event.at)


EFFECTS: Effects = {
    "order.offered": [follow_order],
    "order.queued": [follow_order],
    "order.released": [follow_order],
    "order.reassigned": [follow_order, count_reassignment],
    "order.handed_over": [follow_order],
    "order.handed_back": [follow_order, count_reassignment, tell_of_hand_back],
    "order.accepted": [follow_order, tell_of_order],
    "order.started": [follow_order],
    "order.arrived": [follow_order],
    "order.held": [follow_order, tell_of_order],
    "order.resumed": [follow_order],
    "order.finished": [follow_order, tell_of_order],
    "order.cancelled": [follow_order],
    "demand.submitted": [page_when_urgent],
    "demand.resubmitted": [page_when_urgent],
    "demand.graded": [page_when_raised],
    "demand.regraded": [page_when_raised],
    "demand.merged": [tell_merged, end_approval],
    "demand.rejected": [end_approval],
    "demand.cancelled": [end_approval],
    "demand.withdrawn": [end_approval],
    "approval.approved": [follow_approval],
    "approval.rejected": [follow_approval],
    "approval.sent_back": [follow_approval],
    "approval.withdrawn": [follow_approval],
    "approval.voided": [follow_approval],
    "approval.resubmitted": [follow_approval],
    "user.handed_over": [tell_successors],
    "user.taken_back": [tell_successors],
    "user.substitute_changed": [tell_successors],
    "place.changed": [index_renamed],
    "user.changed": [index_renamed],
    "department.changed": [index_renamed],
    "entry.saved": [index_renamed],
    "book.taken": [index_renamed],
    "clock.alarm": [tell_of_alarm],
    "clock.moved": [tell_of_moved_clock],
}
