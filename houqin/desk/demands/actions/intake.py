"""Raising a demand and what the requester may do to it before the work starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.actions.mentions import check_mentions, mentioned_in
from houqin.desk.demands.actions.watching import let_watch
from houqin.desk.demands.models import WRITES_FOR_OTHERS, Demand, Watcher
from houqin.desk.demands.reports import reads_inner
from houqin.kernel.clock.actions import cancel_clocks, pause_clocks, resume_clocks, start_clocks
from houqin.kernel.clock.models import Kind, Standard
from houqin.kernel.errors import Refused
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User, the_house
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.worktime.models import schedule_at
from houqin.platform.files.actions import Received, Upload, attach

Photo = Upload | Received  # forms receive photos before the transaction begins
WAITING_FOR_REQUESTER = gettext_noop("等需求人补充")


@transaction.atomic
def submit_demand(
    actor: User,
    entry: Entry,
    *,
    place: Place,
    title: str,
    body: str = "",
    answers: Mapping[str, Any] | None = None,
    claimed: str = "",
    wanted_at: datetime | None = None,
    photos: Sequence[Photo] = (),
    phone: str = "",
    caller: str = "",
    requester: User | None = None,
    channel: str = Demand.Channel.WEB,
) -> Demand:
    """Raise a demand (R2.1). Its clocks start now, by the grade that the requester claims.

    `requester` is whoever wants what the actor writes down for them; `caller` names one without an account.
    Raises NotAllowed when the actor may not do that.
    """
    at = now()
    demand = _draft(actor, requester or actor, entry, claimed or entry.default_grade, at)
    demand.place, demand.title, demand.body = place, title, body
    demand.answers, demand.wanted_at = answers or {}, wanted_at
    demand.phone, demand.caller, demand.channel = phone, caller, channel
    _begin(actor, demand, photos, at)
    return demand


def _draft(actor: User, requester: User, entry: Entry, claimed: str, at: datetime) -> Demand:
    """What does not depend on what is asked for."""
    if requester != actor:
        require(actor, WRITES_FOR_OTHERS)
    return Demand(
        number=next_number("XQ", at),
        entry=entry,
        requester=requester,
        raised_by=actor if requester != actor else None,
        department=requester.department,
        claimed=claimed,
        grade=claimed,
        standard=Standard.in_force(at),
        submitted_at=at,
    )


def _begin(actor: User, demand: Demand, photos: Sequence[Photo], at: datetime) -> None:
    """The first line of its thread, its photos and its clocks."""
    facts = {"photos": len(photos), "claimed": demand.claimed, "channel": demand.channel}
    Demand.FLOW.begin("submit", actor, demand, at=at, facts=facts)
    _keep_photos(actor, demand, photos, at)
    _start_clocks(demand, at)


def _keep_photos(actor: User, demand: Demand, photos: Sequence[Photo], at: datetime) -> None:
    for photo in photos:
        attach(actor, demand, photo, tag="scene", at=at)


def _start_clocks(demand: Demand, at: datetime) -> None:
    """Review, response and handling all count from submission."""
    start_clocks(
        demand,
        (Kind.REVIEW, Kind.RESPONSE, Kind.HANDLING),
        grade=demand.grade,
        standard=demand.standard,
        schedule=schedule_at(demand.place),
        at=at,
    )


@transaction.atomic
def resubmit_demand(
    actor: User, demand: Demand, *, title: str, body: str = "", photos: Sequence[Photo] = ()
) -> None:
    """Answer a demand that was sent back; its clocks go on where they were."""
    _complete("resubmit", actor, demand, title, body, photos)


@transaction.atomic
def resubmit_for_caller(
    actor: User, demand: Demand, *, title: str, body: str = "", photos: Sequence[Photo] = ()
) -> None:
    """The same, taken down from a caller without an account."""
    _complete("resubmit_for", actor, demand, title, body, photos)


def _complete(
    verb: str, actor: User, demand: Demand, title: str, body: str, photos: Sequence[Photo]
) -> None:
    at = now()
    facts = {"photos": len(photos)}
    Demand.FLOW.take(verb, actor, demand, at=at, facts=facts, title=title, body=body)
    _keep_photos(actor, demand, photos, at)
    resume_clocks(demand, at=at)


@transaction.atomic
def withdraw_demand(actor: User, demand: Demand, *, reason: str = "") -> None:
    at = now()
    Demand.FLOW.take("withdraw", actor, demand, at=at, facts={"reason": reason})
    cancel_clocks(demand, at=at)


@transaction.atomic
def retime_demand(
    actor: User, demand: Demand, *, wanted_at: datetime, place: Place, why: str
) -> None:
    """Want it at another time or place, as what it is for has moved; `why` names that.

    Whoever may move that may move this with it: the step is the house's.
    """
    facts = {"wanted": wanted_at.isoformat(), "place": str(place), "why": why}
    Demand.FLOW.take(
        "retime", the_house(), demand, facts=facts, named=actor, wanted_at=wanted_at, place=place
    )


@transaction.atomic
def comment_demand(
    actor: User, demand: Demand, *, text: str, inner: bool = False, photos: Sequence[Photo] = ()
) -> None:
    """Say something in the thread; `inner` is for those who run the service only, and ignored of others.

    Whoever is mentioned (@name) hears of it and watches the demand from now on. Raises Refused for an
    inner note with photos, as the requester sees every photo, and for a mention of who may not be told.
    """
    at = now()
    Demand.FLOW.check("comment", actor, demand)
    inner = inner and reads_inner(demand.roles_of(actor))
    if inner and photos:
        raise Refused(_("内部备注不能带照片，照片需求人也看得到。"))
    people = mentioned_in(text)
    check_mentions(demand, people, inner=inner)
    let_watch(demand, people, Watcher.Why.MENTIONED)
    _keep_photos(actor, demand, photos, at)
    facts = {"text": text, "people": [person.pk for person in people]}
    event = "noted" if inner else "commented"
    Demand.FLOW.take("comment", actor, demand, at=at, event=event, facts=facts)


def pause_for_requester(demand: Demand, at: datetime) -> None:
    """Nothing counts while the requester is asked to complete the demand."""
    pause_clocks(demand, at=at, reason=WAITING_FOR_REQUESTER)
