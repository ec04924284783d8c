"""Work orders for machines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Schema
from pydantic import Field

from houqin.kernel.people.models import Role
from houqin.kernel.related import related
from houqin.platform.files.models import Attachment
from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.etags import refuse_unseen, tag_of
from houqin.ui.api import schemas
from houqin.ui.api.cards import CardActions
from houqin.ui.api.instance import API, Router, answers, may
from houqin.ui.api.listings import Listed, asked_of, read_listing
from houqin.ui.timeline import timeline
from houqin.work.orders import samples
from houqin.work.orders.models import SEES_WORK, WorkOrder
from houqin.work.orders.order_page import reads_inner, subject_for, what_is_missing
from houqin.work.orders.pages import CARD, ORDERS

router = Router()
SEES = SEES_WORK | {Role.TECHNICIAN}  # the sample
ACTIONS = CardActions(CARD, "orders", samples.offered, SEES)
OrdersAsked = asked_of(ORDERS, "OrdersAsked")


class OrderRow(Schema):
    number: str = Field(examples=["GD-2026-000045"])
    title: str
    subject: str = Field(description="The number of what it is for, such as a request.")
    grade: str
    place: schemas.PlaceShape
    team: str
    executor: str
    status: str
    status_words: str
    round: int
    offered_at: datetime
    accepted_at: datetime | None
    done_at: datetime | None
    planned_from: datetime | None
    planned_to: datetime | None
    due_at: datetime | None = Field(description="The nearest running due time of what it is for.")
    url: str


class OrderList(Listed):
    items: list[OrderRow]


class MaterialShape(Schema):
    name: str
    quantity: float
    unit: str
    price_fen: int


class OrderShape(OrderRow):
    brief: str
    contact: str
    phone: str
    result: str
    labour_minutes: int
    materials: list[MaterialShape]
    outside_fen: int
    missing: str = Field(
        description="What has to be brought before it can be finished; may be empty."
    )
    files: list[schemas.FileShape]
    thread: list[schemas.EventShape]
    actions: list[str] = Field(description="The verbs that the caller may speak now.")


@router.get(
    "/orders",
    url_name="orders",
    operation_id="orders",
    tags=["orders"],
    summary="Work orders that the caller may see",
    **answers(200, OrderList, 422),
    **may("orders:read"),
)
def orders(request: ApiRequest, asked: Query[OrdersAsked]) -> Any:  # type: ignore[valid-type]
    return read_listing(request, ORDERS, asked, row)


@router.get(
    "/orders/{number}",
    url_name="order",
    operation_id="order",
    tags=["orders"],
    summary="One work order with its thread and actions",
    **answers(200, OrderShape, 404, 412),
    **may("orders:read", sees=SEES, sample=samples.offered),
)
def one_order(request: ApiRequest, response: HttpResponse, number: str) -> Any:
    order = get_object_or_404(WorkOrder.objects.visible_to(request.user).with_all(), number=number)
    refuse_unseen(request, order)
    response["ETag"] = tag_of(order)
    subject = subject_for(request.user, order)
    story = [order] if subject is None else [order, subject]
    whole: Any = order.subject
    contact, phone = whole.contact()
    costs = ("result", "labour_minutes", "outside_fen")
    return (
        row(order)
        | {name: getattr(order, name) for name in costs}
        | {
            "brief": whole.brief(),
            "contact": contact,
            "phone": phone,
            "materials": list(order.materials.all()),
            "missing": what_is_missing(order) if order.status in WorkOrder.OPEN else "",
            "files": schemas.files(Attachment.objects.of(*story)),
            "thread": schemas.thread(timeline(*story, inner=reads_inner(request.user, order))),
            "actions": ACTIONS.open_to(request, order),
        }
    )


def row(order: WorkOrder) -> dict[str, Any]:
    """One line of the list; asks the database nothing that `with_all` has not read."""
    moments = ("offered_at", "accepted_at", "done_at", "planned_from", "planned_to")
    subject: Any = order.subject
    running = [
        clock.due_at for clock in related(subject, "clocks") if clock.running and clock.due_at
    ]
    return {name: getattr(order, name) for name in moments} | {
        "number": order.number,
        "title": order.title,
        "subject": subject.number,
        "grade": subject.grade,
        "place": schemas.place(order.place),
        "team": str(order.team or ""),
        "executor": str(order.executor or ""),
        "status": order.status,
        "status_words": str(order.get_status_display()),
        "round": order.round,
        "due_at": min(running, default=None),
        "url": reverse("api:order", args=[order.number]),
    }


ACTIONS.add_to(router)
API.add_router("", router)
