"""Approvals for machines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Schema
from pydantic import Field

from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.etags import refuse_unseen, tag_of
from houqin.shared.approvals import samples
from houqin.shared.approvals.models import Approval
from houqin.shared.approvals.pages import APPROVALS, CARD, SEES
from houqin.ui.api import schemas
from houqin.ui.api.cards import CardActions
from houqin.ui.api.instance import API, Router, answers, may
from houqin.ui.api.listings import Listed, asked_of, read_listing
from houqin.ui.timeline import timeline

router = Router()
ACTIONS = CardActions(CARD, "approvals", samples.running, SEES)
ApprovalsAsked = asked_of(APPROVALS, "ApprovalsAsked")


class ApprovalRow(Schema):
    number: str = Field(examples=["SP-2026-000007"])
    kind: str
    title: str
    amount_fen: int | None
    owner: str
    requester: str
    waits_for: list[str] = Field(description="Whom the open step waits for; empty when stranded.")
    status: str
    status_words: str
    asked_at: datetime
    ended_at: datetime | None
    url: str


class ApprovalList(Listed):
    items: list[ApprovalRow]


class ApprovalShape(ApprovalRow):
    facts: dict[str, str] = Field(description="What is approved, as it was when it was asked.")
    digest: str
    thread: list[schemas.EventShape]
    actions: list[str] = Field(description="The verbs that the caller may speak now.")


@router.get(
    "/approvals",
    url_name="approvals",
    operation_id="approvals",
    tags=["approvals"],
    summary="Approvals that the caller may see",
    **answers(200, ApprovalList, 422),
    **may("approvals:read"),
)
def approvals(request: ApiRequest, asked: Query[ApprovalsAsked]) -> Any:  # type: ignore[valid-type]
    return read_listing(request, APPROVALS, asked, row)


@router.get(
    "/approvals/{number}",
    url_name="approval",
    operation_id="approval",
    tags=["approvals"],
    summary="One approval with its facts, thread and actions",
    **answers(200, ApprovalShape, 404, 412),
    **may("approvals:read", sees=SEES, sample=samples.running),
)
def one_approval(request: ApiRequest, response: HttpResponse, number: str) -> Any:
    seen = Approval.objects.visible_to(request.user).with_all()
    approval = get_object_or_404(seen, number=number)
    refuse_unseen(request, approval)
    response["ETag"] = tag_of(approval)
    return row(approval) | {
        "facts": approval.shown,
        "digest": approval.digest,
        "thread": schemas.thread(timeline(approval, inner=True)),
        "actions": ACTIONS.open_to(request, approval),
    }


def row(approval: Approval) -> dict[str, Any]:
    """One line of the list; asks the database nothing that `with_all` has not read."""
    plain = ("number", "kind", "title", "amount_fen", "status", "asked_at", "ended_at")
    return {name: getattr(approval, name) for name in plain} | {
        "owner": str(approval.owner),
        "requester": str(approval.requester),
        "waits_for": approval.waiting_names(),
        "status_words": str(approval.get_status_display()),
        "url": reverse("api:approval", args=[approval.number]),
    }


ACTIONS.add_to(router)
API.add_router("", router)
