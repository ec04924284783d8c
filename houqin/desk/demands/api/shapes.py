"""What the catalogue and a demand look like in an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.models import Demand, Rating
from houqin.desk.demands.reports import Shelf, reads_inner
from houqin.kernel.related import related
from houqin.kernel.timekeeping import now
from houqin.platform.files.models import Attachment
from houqin.platform.tokens.authentication import ApiRequest
from houqin.ui.api import schemas
from houqin.ui.api.listings import Listed
from houqin.ui.timeline import timeline
from houqin.work.orders.models import WorkOrder


class EntryBrief(Schema):
    code: str
    name: str
    hint: str
    default_grade: str


class ShelfShape(Schema):
    line: str
    category: str
    category_code: str
    entries: list[EntryBrief]


class EntryShape(EntryBrief):
    line: str = Field(description="The code of the service line.")
    category_code: str
    fields: dict[str, Any] = Field(
        description="JSON Schema of the body that POST /requests takes for it."
    )


class DemandRow(Schema):
    number: str = Field(examples=["XQ-2026-000123"])
    title: str
    entry: str = Field(description="The code of the catalogue entry.")
    line: str
    place: schemas.PlaceShape
    requester: str
    department: str
    channel: str
    claimed: str
    grade: str
    status: str
    status_words: str
    round: int
    submitted_at: datetime
    wanted_at: datetime | None
    next_due_at: datetime | None
    doers: list[str]
    url: str


class DemandList(Listed):
    items: list[DemandRow]


class OrderBrief(Schema):
    number: str
    title: str
    status: str
    doer: str
    open: bool = Field(description="Whether the caller may read it at /orders/{number}.")


class SignedShape(Schema):
    round: int
    how: str
    signer: str
    signed_name: str
    at: datetime
    digest: str


class RatingShape(Schema):
    speed: int
    attitude: int
    solution: int
    comment: str


class DemandShape(DemandRow):
    body: str
    answers: dict[str, Any]
    contact: str
    phone: str
    clocks: list[schemas.ClockShape]
    orders: list[OrderBrief]
    files: list[schemas.FileShape]
    thread: list[schemas.EventShape]
    acceptances: list[SignedShape]
    rating: RatingShape | None
    actions: list[str] = Field(description="The verbs that the caller may speak now.")


def entry_brief(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "name": str(entry),
        "hint": entry.hint,
        "default_grade": entry.default_grade,
    }


def shelf(of: Shelf) -> dict[str, Any]:
    return {
        "line": of.category.line_code,
        "category": str(of.category),
        "category_code": of.category.code,
        "entries": [entry_brief(entry) for entry in of.entries],
    }


def row(demand: Demand) -> dict[str, Any]:
    """One line of the list; asks the database nothing that `with_all` has not read."""
    return {
        "number": demand.number,
        "title": demand.title,
        "entry": demand.entry.code,
        "line": demand.entry.category.line_code,
        "place": schemas.place(demand.place),
        "requester": demand.asker,
        "department": str(demand.department or ""),
        "channel": demand.channel,
        "claimed": demand.claimed,
        "grade": demand.grade,
        "status": demand.status,
        "status_words": str(demand.get_status_display()),
        "round": demand.round,
        "submitted_at": demand.submitted_at,
        "wanted_at": demand.wanted_at,
        "next_due_at": demand.next_due_at,
        "doers": demand.doers(),
        "url": reverse("api:demand", args=[demand.number]),
    }


def whole(page: ApiRequest, demand: Demand, actions: list[str]) -> dict[str, Any]:
    """Everything that the card of a demand tells this caller; a constant number of queries."""
    orders = related(demand, "orders")
    seen = set(WorkOrder.objects.visible_to(page.user).of(demand).values_list("pk", flat=True))
    inner = reads_inner(demand.roles_of(page.user))
    signed = demand.acceptances.select_related("signer").order_by("round")
    contact, phone = demand.contact()
    return row(demand) | {
        "body": demand.body,
        "answers": demand.answers,
        "contact": contact,
        "phone": phone,
        "clocks": schemas.clocks(demand, now()),
        "orders": [_order(order, order.pk in seen) for order in orders],
        "files": schemas.files(Attachment.objects.of(demand, *orders)),
        "thread": schemas.thread(timeline(demand, *orders, inner=inner)),
        "acceptances": [_signed(acceptance) for acceptance in signed],
        "rating": _rating(demand),
        "actions": actions,
    }


def _order(order: WorkOrder, seen: bool) -> dict[str, Any]:
    return {
        "number": order.number,
        "title": order.title,
        "status": order.status,
        "doer": str(order.executor or order.team),
        "open": seen,
    }


def _signed(acceptance: Any) -> dict[str, Any]:
    fields = ("round", "how", "signed_name", "at", "digest")
    return {name: getattr(acceptance, name) for name in fields} | {"signer": str(acceptance.signer)}


def _rating(demand: Demand) -> dict[str, Any] | None:
    rating = Rating.objects.filter(demand=demand).first() if demand.rated else None
    fields = ("speed", "attitude", "solution", "comment")
    return {name: getattr(rating, name) for name in fields} if rating else None
