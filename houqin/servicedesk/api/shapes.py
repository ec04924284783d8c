"""What the catalogue and a request look like in an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from houqin.dispatch.models import WorkOrder
from houqin.kernel.api import shapes
from houqin.kernel.api.listings import Listed
from houqin.kernel.files.models import Attachment
from houqin.kernel.timekeeping import now
from houqin.kernel.tokens.door import ApiRequest
from houqin.kernel.web.timeline import timeline
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.models import Rating, Request
from houqin.servicedesk.reports import Shelf, reads_inner


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
    fields: dict[str, Any] = Field(description="JSON Schema of the body that POST /requests takes for it.")


class RequestRow(Schema):
    number: str = Field(examples=["XQ-2026-000123"])
    title: str
    entry: str = Field(description="The code of the catalogue entry.")
    line: str
    place: shapes.PlaceShape
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


class RequestList(Listed):
    items: list[RequestRow]


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


class RequestShape(RequestRow):
    body: str
    answers: dict[str, Any]
    contact: str
    phone: str
    clocks: list[shapes.ClockShape]
    orders: list[OrderBrief]
    files: list[shapes.FileShape]
    thread: list[shapes.EventShape]
    acceptances: list[SignedShape]
    rating: RatingShape | None
    actions: list[str] = Field(description="The verbs that the caller may speak now.")


def entry_brief(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code, "name": str(entry), "hint": entry.hint, "default_grade": entry.default_grade,
    }  # fmt: skip


def shelf(of: Shelf) -> dict[str, Any]:
    return {
        "line": of.category.line_code, "category": str(of.category), "category_code": of.category.code,
        "entries": [entry_brief(entry) for entry in of.entries],
    }  # fmt: skip


def row(request: Request) -> dict[str, Any]:
    """One line of the list; asks the database nothing that `with_all` has not read."""
    return {
        "number": request.number, "title": request.title, "entry": request.entry.code,
        "line": request.entry.category.line_code, "place": shapes.place(request.place),
        "requester": request.asker, "department": str(request.department or ""),
        "channel": request.channel, "claimed": request.claimed, "grade": request.grade,
        "status": request.status, "status_words": str(request.get_status_display()), "round": request.round,
        "submitted_at": request.submitted_at, "wanted_at": request.wanted_at,
        "next_due_at": request.next_due_at, "doers": request.doers(),
        "url": reverse("api:request", args=[request.number]),
    }  # fmt: skip


def whole(page: ApiRequest, request: Request, actions: list[str]) -> dict[str, Any]:
    """Everything that the card of a request tells this caller; a constant number of queries."""
    orders = list(request.orders.all())
    seen = set(WorkOrder.objects.visible_to(page.user).of(request).values_list("pk", flat=True))
    inner = reads_inner(request.roles_of(page.user))
    signed = request.acceptances.select_related("signer").order_by("round")
    contact, phone = request.contact()
    return row(request) | {
        "body": request.body, "answers": request.answers, "contact": contact, "phone": phone,
        "clocks": shapes.clocks(request, now()),
        "orders": [_order(one, one.pk in seen) for one in orders],
        "files": shapes.files(Attachment.objects.of(request, *orders)),
        "thread": shapes.thread(timeline(request, *orders, inner=inner)),
        "acceptances": [_signed(one) for one in signed],
        "rating": _rating(request), "actions": actions,
    }  # fmt: skip


def _order(order: WorkOrder, seen: bool) -> dict[str, Any]:
    return {
        "number": order.number, "title": order.title, "status": order.status,
        "doer": str(order.executor or order.team), "open": seen,
    }  # fmt: skip


def _signed(one: Any) -> dict[str, Any]:
    said = ("round", "how", "signed_name", "at", "digest")
    return {name: getattr(one, name) for name in said} | {"signer": str(one.signer)}


def _rating(request: Request) -> dict[str, Any] | None:
    found = Rating.objects.filter(request=request).first() if request.rated else None
    said = ("speed", "attitude", "solution", "comment")
    return {name: getattr(found, name) for name in said} if found else None
