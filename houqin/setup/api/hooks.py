"""What leaves the house, for machines: hooks, deliveries, sending one again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import P, PathEx, Query, Schema
from pydantic import Field

from houqin.platform.notices.models import Delivery, Hook
from houqin.platform.tokens.authentication import ApiRequest
from houqin.platform.tokens.idempotency import carry_out
from houqin.setup.integrations import actions, samples
from houqin.setup.integrations.pages import DELIVERIES
from houqin.setup.permissions import RUNS_HOOKS
from houqin.ui.api.instance import API, Router, answers, may
from houqin.ui.api.listings import MOST_KEY, Listed, asked_of, read_listing
from houqin.ui.api.parsing import read_body

router = Router(tags=["hooks"])
DeliveriesAsked = asked_of(DELIVERIES, "DeliveriesAsked")


class HookShape(Schema):
    """A channel to the outside; its address and its secret are never told."""

    id: int
    name: str
    kind: str
    events: list[str]
    place: str = Field(description="The code of the place that it is limited to; empty for all.")
    with_text: bool = Field(description="Whether what somebody wrote goes out with what happened.")
    active: bool


class DeliveryRow(Schema):
    id: int
    event: str
    channel: str
    to: str
    state: str
    attempts: int
    since: datetime
    next_at: datetime
    sent_at: datetime | None
    last_error: str


class DeliveryList(Listed):
    items: list[DeliveryRow]


class Replayed(Schema):
    id: int
    sent_again: bool = Field(
        description="False when it waits already, or is a mail that has arrived."
    )


@router.get(
    "/hooks",
    url_name="hooks",
    operation_id="hooks",
    summary="Channels to other systems",
    **answers(200, list[HookShape]),
    **may("hooks:read", to=RUNS_HOOKS, everywhere=True),
)
def hooks(request: ApiRequest) -> Any:
    rows = Hook.objects.visible_to(request.user).select_related("place").order_by("name")
    return [_hook(hook) for hook in rows]


@router.get(
    "/deliveries",
    url_name="deliveries",
    operation_id="deliveries",
    summary="What was given up, waits, or has arrived",
    **answers(200, DeliveryList, 422),
    **may("hooks:read", to=RUNS_HOOKS, everywhere=True),
)
def deliveries(request: ApiRequest, asked: Query[DeliveriesAsked]) -> Any:  # type: ignore[valid-type]
    return read_listing(request, DELIVERIES, asked, _row)


@router.post(
    "/deliveries/{pk}/replay",
    url_name="replay",
    operation_id="replay",
    summary="Send it once more",
    **answers(200, Replayed, 404, 409, 422),
    **may("hooks:write", to=RUNS_HOOKS, everywhere=True, sample=samples.delivery),
)
def replay(request: ApiRequest, pk: PathEx[int, P(ge=1, le=MOST_KEY)]) -> Any:
    everything = Delivery.objects.visible_to(request.user)
    get_object_or_404(everything, pk=pk)
    read_body(request).nothing()
    chosen = everything.filter(pk=pk)
    return carry_out(
        request,
        200,
        lambda: {"id": pk, "sent_again": bool(actions.resend(request.user, chosen))},
    )


def _hook(hook: Hook) -> dict[str, Any]:
    fields = {
        name: getattr(hook, name) for name in ("name", "kind", "events", "with_text", "active")
    }
    return fields | {"id": hook.pk, "place": hook.place.code if hook.place else ""}


def _row(delivery: Delivery) -> dict[str, Any]:
    fields = ("channel", "state", "attempts", "since", "next_at", "sent_at", "last_error")
    to = delivery.receiver
    return {name: getattr(delivery, name) for name in fields} | {
        "id": delivery.pk,
        "event": delivery.event.name,
        "to": to,
    }


API.add_router("", router)
