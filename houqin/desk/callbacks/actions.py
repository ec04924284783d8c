"""Calling back: who is drawn, and what came of the call."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from houqin.desk.callbacks.models import CallBack
from houqin.desk.callbacks.policies import LOW, SHARE, TRIES
from houqin.desk.demands.models import Acceptance, Demand
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.models import User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record


def reason_to_call(demand: Demand, at: datetime) -> str:
    """Why the requester of a closed demand is called, "" when they are not: every bad rating, every
    acceptance by silence, and a share of the rest.

    The share is drawn by the number of the demand: whoever draws it again, on
    whatever machine, draws the same.
    """
    rating = getattr(demand, "rating", None)
    if rating is not None and min(rating.speed, rating.attitude, rating.solution) <= LOW.at(at):
        return CallBack.Why.RATED_LOW
    if demand.acceptances.filter(round=demand.round, how=Acceptance.How.DEEMED).exists():
        return CallBack.Why.DEEMED
    return CallBack.Why.SAMPLE if drawn(demand.number, SHARE.at(at)) else ""


def drawn(number: str, share: int) -> bool:
    """Whether the demand of this number belongs to a sample of `share` per cent."""
    return int.from_bytes(hashlib.sha256(number.encode()).digest()[:4]) % 10_000 < share * 100


@transaction.atomic
def draw_call_back(demand: Demand, why: str, *, at: datetime) -> bool:
    """Put it on the list of calls; once for each demand. Whether it is new there."""
    if CallBack.objects.select_for_update().filter(demand=demand).exists():
        return False
    CallBack.objects.create(demand=demand, why=why, drawn_at=at, number=next_number("HF", at))
    return True


@transaction.atomic
def reach_call_back(
    actor: User,
    call: CallBack,
    *,
    solved: bool,
    score: int,
    remark: str = "",
    improvement: str = "",
) -> None:
    """Write down what was said; what has to be improved is told to the managers."""
    at = now()
    CallBack.FLOW.take(
        "reach",
        actor,
        call,
        at=at,
        facts={"score": score, "solved": solved, "remark": remark},
        by=actor,
        called_at=at,
        solved=solved,
        score=score,
        remark=remark,
        improvement=improvement,
    )
    if improvement:
        record(actor, "demand.improvement_noted", call.demand, at=at, improvement=improvement)


@transaction.atomic
def miss_call_back(actor: User, call: CallBack) -> None:
    """Nobody answered; after TRIES times it is left at that."""
    at = now()
    tries = call.tries + 1
    facts = {"tries": tries}
    CallBack.FLOW.take("miss", actor, call, at=at, facts=facts, tries=tries, by=actor, called_at=at)
    if tries >= TRIES.at(at):
        CallBack.FLOW.take("give_up", the_house(), call, at=at, facts=facts)
