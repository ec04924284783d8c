"""Signing for the result, refusing it, letting it lapse, rating it (R2.7)."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.demands.actions.dispatching import dispatch_demand
from houqin.desk.demands.models import Acceptance, Demand, Rating
from houqin.kernel.clock.actions import cancel_clocks, start_clock, stop_clock
from houqin.kernel.clock.models import Kind
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.worktime.models import schedule_at
from houqin.platform.files.actions import Received, Upload, attach
from houqin.platform.files.models import Attachment
from houqin.work.orders.models import WorkOrder


@transaction.atomic
def sign_demand(
    actor: User,
    demand: Demand,
    *,
    name: str = "",
    signature: Upload | Received | None = None,
    speed: int | None = None,
    attitude: int | None = None,
    solution: int | None = None,
    comment: str = "",
) -> Acceptance:
    """Sign for the result: drawn (`signature`, a PNG) or typed (`name`). Ratings may come along.

    What is signed is written down as canonical JSON and hashed with SHA-256, so that a later change of
    anything shown can be proved. Raises Refused when there is neither a drawing nor a name.
    """
    at = now()
    if signature is None and not name.strip():
        raise Refused(_("请手写签名，或键入您的姓名。"))
    manner = Acceptance.How.DRAWN if signature else Acceptance.How.TYPED
    acceptance = _drawn_up(actor, demand, manner, at, name.strip() or actor.name)
    facts = {"how": manner, "digest": acceptance.digest}
    Demand.FLOW.take("sign", actor, demand, at=at, facts=facts)
    drawn = attach(actor, demand, signature, tag="signature", at=at) if signature else None
    _accept(acceptance, drawn)
    if speed and attitude and solution:
        stars = {"speed": speed, "attitude": attitude, "solution": solution}
        rate_demand(actor, demand, comment=comment, **stars)
    return acceptance


@transaction.atomic
def sign_for_caller(actor: User, demand: Demand, *, reason: str) -> Acceptance:
    """Sign in the name of a caller without an account; `reason` says how they confirmed it and stays with the
    acceptance, which is never taken for a signature of their own."""
    at = now()
    acceptance = _drawn_up(actor, demand, Acceptance.How.TYPED, at, demand.caller)
    acceptance.on_behalf = reason
    facts = {"name": demand.caller, "reason": reason}
    Demand.FLOW.take("sign_for", actor, demand, at=at, facts=facts)
    return _accept(acceptance)


@transaction.atomic
def deem_demand(demand: Demand) -> None:
    """Silence past the acceptance promise counts as accepted, marked so, and is never a rating."""
    clock = demand.clocks.get(kind=Kind.ACCEPTANCE, round=demand.round)
    at = clock.due_at or now()
    house = the_house()
    Demand.FLOW.take("deem", house, demand, at=at)
    _accept(_drawn_up(house, demand, Acceptance.How.DEEMED, at, ""))


def _drawn_up(actor: User, demand: Demand, manner: str, at: datetime, name: str) -> Acceptance:
    """The acceptance that is about to be signed, with what is signed."""
    content = json.dumps(
        signed_content(demand, at), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return Acceptance(
        demand=demand,
        round=demand.round,
        how=manner,
        signer=actor,
        at=at,
        content=content,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        signed_name=name,
    )


def _accept(acceptance: Acceptance, drawn: Attachment | None = None) -> Acceptance:
    """Keep it; no clock runs any longer."""
    acceptance.signature = drawn
    acceptance.save(force_insert=True)
    demand, at = acceptance.demand, acceptance.at
    stop_clock(demand, Kind.ACCEPTANCE, at=at)
    cancel_clocks(demand, at=at)  # an urgent one may be signed for before anybody has reviewed it
    return acceptance


def signed_content(demand: Demand, at: datetime) -> dict[str, Any]:
    """Everything that the page of acceptance shows, as plain values."""
    orders = (
        WorkOrder.objects.of(demand)
        .filter(status=WorkOrder.Status.DONE)
        .prefetch_related("materials")
    )
    return {
        "number": demand.number,
        "title": demand.title,
        "body": demand.body,
        "place": str(demand.place),
        "requester": demand.asker,
        "round": demand.round,
        "at": at.isoformat(),
        "orders": [_order_content(order) for order in orders],
        "photos": sorted(
            Attachment.objects.of(demand).photos().values_list("blob__sha256", flat=True)
        ),
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
        "photos": sorted(
            Attachment.objects.of(order).photos().values_list("blob__sha256", flat=True)
        ),
    }


@transaction.atomic
def refuse_demand(actor: User, demand: Demand, *, reason: str) -> None:
    """Not good: the first handling result stays as it was, a second clock starts, and the same people are
    given the rework."""
    _refuse("refuse", actor, demand, reason)


@transaction.atomic
def refuse_for_caller(actor: User, demand: Demand, *, reason: str) -> None:
    """The same, said by a caller without an account."""
    _refuse("refuse_for", actor, demand, reason)


def _refuse(verb: str, actor: User, demand: Demand, reason: str) -> None:
    at = now()
    last_round = demand.round
    facts = {"reason": reason}
    Demand.FLOW.take(verb, actor, demand, at=at, facts=facts, round=last_round + 1, done_at=None)
    stop_clock(demand, Kind.ACCEPTANCE, at=at)
    start_clock(
        demand,
        Kind.HANDLING,
        grade=demand.grade,
        standard=demand.standard,
        schedule=schedule_at(demand.place),
        at=at,
    )
    done = (
        WorkOrder.objects.of(demand).main().filter(round=last_round, status=WorkOrder.Status.DONE)
    )
    again: dict[int | None, WorkOrder] = {}  # what came one after the other does so again
    for order in done.select_related("executor", "team"):
        again[order.pk] = _rework(demand, order, reason, after=again.get(order.after_id))


def _rework(demand: Demand, order: WorkOrder, reason: str, *, after: WorkOrder | None) -> WorkOrder:
    title = _("返工：%(title)s") % {"title": order.title}
    return dispatch_demand(
        the_house(),
        demand,
        title=title[:120],
        executor=order.executor,
        team=order.team,
        rework_of=order,
        reason=reason,
        after=after,
    )


@transaction.atomic
def rate_demand(
    actor: User, demand: Demand, *, speed: int, attitude: int, solution: int, comment: str = ""
) -> Rating:
    """Rate it once, also late; this files the demand (R2.8 dimensions, 1 to 5)."""
    at = now()
    rating = {"speed": speed, "attitude": attitude, "solution": solution, "comment": comment}
    Demand.FLOW.take("rate", actor, demand, at=at, facts=rating, rated=True)
    return Rating.objects.create(demand=demand, at=at, **rating)


@transaction.atomic
def archive_demand(demand: Demand, *, at: datetime) -> None:
    """File a demand that was accepted and that nobody has rated; a late rating is still welcome."""
    Demand.FLOW.take("archive", the_house(), demand, at=at)
