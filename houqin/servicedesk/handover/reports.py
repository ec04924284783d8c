"""What one person has in hand, and how much of it another may hand over."""

from __future__ import annotations

from dataclasses import dataclass

from houqin.dispatch.models import RUNS_WORK, WorkOrder
from houqin.kernel.people.models import Role, User
from houqin.servicedesk.models import STAFF, Request, Supervision


@dataclass(frozen=True)
class OpenWork:
    """The open work of one person, as far as whoever asks may hand it over; `beyond` counts the rest."""

    orders: list[WorkOrder]
    requests: list[Request]
    supervisions: list[Supervision]
    beyond: int

    @property
    def total(self) -> int:
        return len(self.orders) + len(self.requests) + len(self.supervisions)


def open_work(actor: User, person: User) -> OpenWork:
    """Orders that `person` executes, requests that they would sign for, answers that they wait for. One's own
    may all be handed over, that of others where one runs the work."""
    orders = WorkOrder.objects.open().filter(executor=person).select_related("place", "team")
    requests = Request.objects.open().filter(requester=person).select_related("place")
    supervisions = Supervision.objects.open().filter(by=person).select_related("request")
    every = orders.count() + requests.count() + supervisions.count()
    if actor.pk != person.pk:
        orders = orders.filter(actor.reach(RUNS_WORK, place="place"))
        requests = requests.filter(actor.reach(STAFF, place="place"))
        supervisions = supervisions.filter(actor.reach({Role.MANAGER}, place="request__place"))
    work = OpenWork(list(orders.order_by("pk")), list(requests.order_by("pk")), list(supervisions), 0)
    return OpenWork(work.orders, work.requests, work.supervisions, every - work.total)
