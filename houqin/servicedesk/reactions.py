"""What the rest of the house does to requests, and who is told. Wired in config/reactions.py."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.urls import reverse

from houqin.dispatch.models import WorkOrder, duty_officers
from houqin.kernel.clock.models import Grade, Kind
from houqin.kernel.notices.actions import notify
from houqin.kernel.people.models import Role, User, holders
from houqin.kernel.trail.models import Event
from houqin.servicedesk.actions import follow_orders
from houqin.servicedesk.models import Request


def follow_order(event: Event) -> None:
    """An order moved: its request follows, under a lock so that two orders cannot both be the last."""
    order = event.target
    assert isinstance(order, WorkOrder)
    request = Request.objects.select_for_update(of=("self",)).filter(pk=order.subject_id).first()
    if (
        isinstance(order.subject, Request)
        and request
        and request.status in Request.IN_HAND | {"submitted", "graded"}
    ):
        follow_orders(request, event.at)


def count_reassignment(event: Event) -> None:
    """Work that was given out went to somebody else, or came back: the figures count how often."""
    order = event.target
    assert isinstance(order, WorkOrder)
    if isinstance(order.subject, Request):
        Request.objects.filter(pk=order.subject_id).update(reassigned=F("reassigned") + 1)


def page_and_queue(event: Event) -> None:
    """A new request: the coordinators see it; 紧急 pages the duty officer at once (R2.3)."""
    request = _request(event)
    coordinators = list(holders({Role.COORDINATOR}, request.place))
    _tell(coordinators, event, request)
    if request.claimed == Grade.URGENT:
        _tell(duty_officers(request.place, event.at), event, request, urgent=True)


def page_when_raised(event: Event) -> None:
    """The review, or somebody later on, made it 紧急: from then on the duty officer knows as well."""
    before = event.facts.get("before") or event.facts.get("claimed")
    request = _request(event)
    if event.facts["grade"] == Grade.URGENT != before:
        _tell(duty_officers(request.place, event.at), event, request, urgent=True)


def tell_requester(event: Event) -> None:
    request = _request(event)
    _tell([request.requester], event, request)


def tell_executor(event: Event) -> None:
    """An order was offered or cancelled: the executor, or everybody in the team, is told."""
    order = event.target
    assert isinstance(order, WorkOrder)
    people = [order.executor] if order.executor else list(order.team.members.all() if order.team else [])
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
    request = order.subject
    if isinstance(request, Request) and (order.help_of_id is None or event.name == "order.handed_back"):
        back = event.name == "order.handed_back"
        people = list(holders({Role.COORDINATOR}, request.place)) if back else [request.requester]
        _tell(people, event, request)


def tell_watchers(event: Event) -> None:
    """Those who only watch hear how it ends, and of what is said openly. Of an order it is the end that
    counts: that the request is done."""
    request = event.target.subject if isinstance(event.target, WorkOrder) else event.target
    if not isinstance(request, Request):
        return
    if event.name == "order.finished" and not Request.objects.filter(pk=request.pk, status="done").exists():
        return
    _tell([one.user for one in request.watchers.select_related("user")], event, request)


def tell_copied(event: Event) -> None:
    """Whoever has just been copied in or mentioned."""
    _tell(list(User.objects.filter(pk__in=event.facts["people"])), event, _request(event))


def tell_successors(event: Event) -> None:
    """Whoever has just taken something over or has it no longer; a click leads to what they have in hand."""
    people = User.objects.filter(pk__in=[*event.facts.get("people", []), event.target_id])
    notify(list(people), event, url=reverse("servicedesk:handover"), now=event.at)


def tell_merged(event: Event) -> None:
    """The requester of what was merged: from now on the other one is theirs to follow. It is the kept one
    that a click leads to."""
    request = _request(event)
    assert request.merged_into is not None
    notify([request.requester], event, url=request.merged_into.get_absolute_url(), now=event.at)


def tell_of_urge(event: Event) -> None:
    """Those who do it, the whole team where nobody has taken it yet, and those who review."""
    request = _request(event)
    _tell([*_doers(request), *holders({Role.COORDINATOR}, request.place)], event, request)


def tell_of_supervision(event: Event) -> None:
    """Those who have to answer: the coordinators and leads there; when it is late, who asked as well."""
    request = _request(event)
    people = list(holders({Role.COORDINATOR, Role.LEAD}, request.place))
    if event.name == "request.supervision_late":
        people += [one.by for one in request.supervisions.open().select_related("by")]
    _tell(people, event, request)


def tell_managers(event: Event) -> None:
    request = _request(event)
    _tell(list(holders({Role.MANAGER}, request.place)), event, request)


def tell_supervisor(event: Event) -> None:
    _tell(list(User.objects.filter(pk=event.facts["by"])), event, _request(event))


def _doers(request: Request) -> list[User]:
    people: list[User] = []
    for order in WorkOrder.objects.of(request).open().select_related("executor", "team"):
        people += [order.executor] if order.executor else list(order.team.members.all() if order.team else [])
    return people


def tell_both_sides(event: Event) -> None:
    """A word in the thread, a refused result, a calendar that moved the due time: whoever is on the other
    side. Other things than requests may have clocks too."""
    request = event.target
    if not isinstance(request, Request):
        return
    orders = WorkOrder.objects.of(request).open().exclude(executor=None).select_related("executor")
    executors = [order.executor for order in orders if order.executor]
    inner = event.name == "request.noted"
    people = (
        executors + list(holders({Role.COORDINATOR}, request.place)) + ([] if inner else [request.requester])
    )
    _tell(people, event, request)


def tell_of_alarm(event: Event) -> None:
    """50 % to the executor, 80 % to the coordinator too, 100 and 150 % to the manager as well. Signing is
    for the requester alone to do, so only they hear how long they still can; a review is no executor's."""
    request = event.target
    if not isinstance(request, Request):
        return
    urgent = request.grade == Grade.URGENT and event.facts["kind"] != Kind.ACCEPTANCE
    _tell(_to_alarm(request, event.facts), event, request, urgent=urgent)


def _to_alarm(request: Request, facts: dict[str, Any]) -> list[User]:
    if facts["kind"] == Kind.ACCEPTANCE:
        return [request.requester]
    orders = WorkOrder.objects.of(request).open().exclude(executor=None).select_related("executor")
    people = [order.executor for order in orders if order.executor and facts["kind"] != Kind.REVIEW]
    if facts["percent"] >= 80 or not people:
        people += list(holders({Role.COORDINATOR}, request.place))
    if facts["percent"] >= 100:
        people += list(holders({Role.MANAGER}, request.place))
    return people


def _request(event: Event) -> Request:
    request = event.target
    assert isinstance(request, Request)
    return request


def _tell(people: list[User], event: Event, request: Request, *, urgent: bool = False) -> None:
    notify(people, event, url=request.get_absolute_url(), urgent=urgent, now=event.at)
