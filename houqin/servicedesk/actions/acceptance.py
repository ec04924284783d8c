"""Signing for the result, refusing it, letting it lapse, rating it (R2.7)."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.dispatch.models import WorkOrder
from houqin.kernel.clock.actions import cancel_clocks, start_clock, stop_clock
from houqin.kernel.clock.models import Kind
from houqin.kernel.errors import Refused
from houqin.kernel.files.actions import Received, Upload, attach
from houqin.kernel.files.models import Attachment
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.worktime.models import schedule_at
from houqin.servicedesk.actions.dispatching import dispatch_request
from houqin.servicedesk.models import Acceptance, Rating, Request


@transaction.atomic
def sign_request(
    actor: User, request: Request, *, name: str = "", signature: Upload | Received | None = None, **stars: Any
) -> Acceptance:
    """Sign for the result: drawn (`signature`, a PNG) or typed (`name`). Ratings may come along.

    What is signed is written down as canonical JSON and hashed with SHA-256, so that a later change of
    anything shown can be proved. Raises Refused when there is neither a drawing nor a name.
    """
    at = now()
    if signature is None and not name.strip():
        raise Refused(_("请手写签名，或键入您的姓名。"))
    Request.FLOW.take("sign", actor, request)
    drawn = attach(actor, request, signature, tag="signature", at=at) if signature else None
    how = Acceptance.How.DRAWN if drawn else Acceptance.How.TYPED
    acceptance = _accept(actor, request, how, at, signed_name=name.strip() or actor.name, signature=drawn)
    record(actor, "request.signed", request, at=at, how=how, digest=acceptance.digest)
    if stars.get("speed"):
        rate_request(actor, request, **stars)
    return acceptance


@transaction.atomic
def sign_for_caller(actor: User, request: Request, *, reason: str) -> Acceptance:
    """Sign in the name of a caller without an account; `reason` says how they confirmed it and stays with the
    acceptance, which is never taken for a signature of their own."""
    at = now()
    Request.FLOW.take("sign_for", actor, request)
    acceptance = _accept(
        actor, request, Acceptance.How.TYPED, at, signed_name=request.caller, on_behalf=reason
    )
    record(actor, "request.signed_for", request, at=at, name=request.caller, reason=reason)
    return acceptance


@transaction.atomic
def deem_request(request: Request) -> None:
    """Silence past the acceptance promise counts as accepted, marked so, and is never a rating."""
    clock = request.clocks.get(kind=Kind.ACCEPTANCE, round=request.round)
    at = clock.due_at or now()
    house = the_house()
    Request.FLOW.take("deem", house, request)
    _accept(house, request, Acceptance.How.DEEMED, at, signed_name="")
    record(house, "request.deemed", request, at=at)


def _accept(actor: User, request: Request, how: str, at: datetime, **signed: Any) -> Acceptance:
    stop_clock(request, Kind.ACCEPTANCE, at=at)
    cancel_clocks(request, at=at)  # an urgent one may be signed for before anybody has reviewed it
    content = json.dumps(
        signed_content(request, at), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return Acceptance.objects.create(
        request=request, round=request.round, how=how, signer=actor, at=at, content=content,
        digest=hashlib.sha256(content.encode()).hexdigest(), **signed,
    )  # fmt: skip


def signed_content(request: Request, at: datetime) -> dict[str, Any]:
    """Everything that the page of acceptance shows, as plain values."""
    orders = WorkOrder.objects.of(request).filter(status=WorkOrder.Status.DONE).prefetch_related("materials")
    return {
        "number": request.number,
        "title": request.title,
        "body": request.body,
        "place": str(request.place),
        "requester": request.asker,
        "round": request.round,
        "at": at.isoformat(),
        "orders": [_order_content(order) for order in orders],
        "photos": sorted(Attachment.objects.of(request).photos().values_list("blob__sha256", flat=True)),
    }


def _order_content(order: WorkOrder) -> dict[str, Any]:
    return {
        "number": order.number,
        "executor": str(order.executor),
        "result": order.result,
        "labour_minutes": order.labour_minutes,
        "outside_fen": order.outside_fen,
        "materials": [
            [line.name, f"{line.quantity.normalize():f}", line.unit, line.price_fen]
            for line in order.materials.all()
        ],
        "photos": sorted(Attachment.objects.of(order).photos().values_list("blob__sha256", flat=True)),
    }


@transaction.atomic
def refuse_request(actor: User, request: Request, *, reason: str) -> None:
    """Not good: the first handling result stays as it was, a second clock starts, and the same people are
    given the rework."""
    _refuse("refuse", actor, request, reason)


@transaction.atomic
def refuse_for_caller(actor: User, request: Request, *, reason: str) -> None:
    """The same, said by a caller without an account."""
    _refuse("refuse_for", actor, request, reason)


def _refuse(verb: str, actor: User, request: Request, reason: str) -> None:
    at = now()
    last_round = request.round
    Request.FLOW.take(verb, actor, request, round=last_round + 1, done_at=None)
    stop_clock(request, Kind.ACCEPTANCE, at=at)
    start_clock(
        request, Kind.HANDLING, grade=request.grade, standard=request.standard,
        schedule=schedule_at(request.place), at=at,
    )  # fmt: skip
    record(actor, "request.refused", request, at=at, reason=reason)
    done = WorkOrder.objects.of(request).main().filter(round=last_round, status=WorkOrder.Status.DONE)
    again: dict[int | None, WorkOrder] = {}  # what came one after the other does so again
    for order in done.select_related("executor", "team"):
        again[order.pk] = _rework(request, order, reason, after=again.get(order.after_id))


def _rework(request: Request, order: WorkOrder, reason: str, *, after: WorkOrder | None) -> WorkOrder:
    title = _("返工：%(title)s") % {"title": order.title}
    return dispatch_request(
        the_house(), request, title=title[:120], executor=order.executor, team=order.team, rework_of=order,
        reason=reason, after=after,
    )  # fmt: skip


@transaction.atomic
def rate_request(
    actor: User, request: Request, *, speed: int, attitude: int, solution: int, comment: str = ""
) -> Rating:
    """Rate it once, also late; this files the request (R2.8 dimensions, 1 to 5)."""
    at = now()
    Request.FLOW.take("rate", actor, request, rated=True)
    rating = Rating.objects.create(
        request=request, speed=speed, attitude=attitude, solution=solution, comment=comment, at=at
    )
    record(
        actor,
        "request.rated",
        request,
        at=at,
        speed=speed,
        attitude=attitude,
        solution=solution,
        comment=comment,
    )
    return rating


@transaction.atomic
def archive_request(request: Request, *, at: datetime) -> None:
    """File a request that was accepted and that nobody has rated; a late rating is still welcome."""
    house = the_house()
    Request.FLOW.take("archive", house, request)
    record(house, "request.archived", request, at=at)
