"""Raising a request and what the requester may do to it before the work starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from houqin.kernel.clock.actions import cancel_clocks, pause_clocks, resume_clocks, start_clock
from houqin.kernel.clock.models import Kind, Standard
from houqin.kernel.errors import Refused
from houqin.kernel.files.actions import Received, Upload, attach
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.worktime.models import schedule_at
from houqin.servicedesk.actions.mentions import check_mentions, mentioned_in
from houqin.servicedesk.actions.watching import let_watch
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.models import WRITES_FOR_OTHERS, Request, Watcher
from houqin.servicedesk.reports import reads_inner

Photo = Upload | Received  # forms receive photos before the transaction begins
WAITING_FOR_REQUESTER = gettext_noop("等需求人补充")


@transaction.atomic
def submit_request(actor: User, entry: Entry, *, place: Place, title: str, **asked: Any) -> Request:
    """Raise a request (R2.1). Its clocks start now, by the grade that the requester claims (`claimed`).

    `asked` may hold body, answers, phone, wanted_at, channel, photos, and `requester` when somebody else
    writes it down for the caller, who is then kept as `raised_by`; `caller` names a guest. Raises NotAllowed
    when the actor may not do that.
    """
    at = now()
    photos: Sequence[Photo] = asked.pop("photos", ())
    claimed = asked.pop("claimed", "") or entry.default_grade
    requester: User = asked.pop("requester", None) or actor
    if requester != actor:
        require(actor, WRITES_FOR_OTHERS)
        asked["raised_by"] = actor
    request = Request(
        number=next_number("XQ", at), entry=entry, place=place, title=title, requester=requester,
        department=requester.department, claimed=claimed, grade=claimed, standard=Standard.in_force(at),
        submitted_at=at, **asked,
    )  # fmt: skip
    request.save(force_insert=True)
    _keep_photos(actor, request, photos, at)
    start_clocks(request, at)
    facts = {"photos": len(photos), "claimed": claimed, "channel": request.channel}
    record(actor, "request.submitted", request, at=at, **facts)
    return request


def _keep_photos(actor: User, request: Request, photos: Sequence[Photo], at: datetime) -> None:
    for photo in photos:
        attach(actor, request, photo, tag="scene", at=at)


def start_clocks(request: Request, at: datetime) -> None:
    """Review, response and handling all count from submission."""
    schedule = schedule_at(request.place)
    for kind in (Kind.REVIEW, Kind.RESPONSE, Kind.HANDLING):
        start_clock(request, kind, grade=request.grade, standard=request.standard, schedule=schedule, at=at)


@transaction.atomic
def resubmit_request(
    actor: User, request: Request, *, title: str, body: str = "", photos: Sequence[Photo] = ()
) -> None:
    """Answer a request that was sent back; its clocks go on where they were."""
    _complete("resubmit", actor, request, title, body, photos)


@transaction.atomic
def resubmit_for_caller(
    actor: User, request: Request, *, title: str, body: str = "", photos: Sequence[Photo] = ()
) -> None:
    """The same, taken down from a caller without an account."""
    _complete("resubmit_for", actor, request, title, body, photos)


def _complete(
    verb: str, actor: User, request: Request, title: str, body: str, photos: Sequence[Photo]
) -> None:
    at = now()
    Request.FLOW.take(verb, actor, request, title=title, body=body)
    _keep_photos(actor, request, photos, at)
    resume_clocks(request, at=at)
    record(actor, "request.resubmitted", request, at=at, photos=len(photos))


@transaction.atomic
def withdraw_request(actor: User, request: Request, *, reason: str = "") -> None:
    at = now()
    Request.FLOW.take("withdraw", actor, request)
    cancel_clocks(request, at=at)
    record(actor, "request.withdrawn", request, at=at, reason=reason)


@transaction.atomic
def comment_request(
    actor: User, request: Request, *, text: str, inner: bool = False, photos: Sequence[Photo] = ()
) -> None:
    """Say something in the thread; `inner` is for those who run the service only, and ignored of others.

    Whoever is mentioned (@name) hears of it and watches the request from now on. Raises Refused for an
    inner note with photos, as the requester sees every photo, and for a mention of who may not be told.
    """
    at = now()
    Request.FLOW.check("comment", actor, request)
    inner = inner and reads_inner(request.roles_of(actor))
    if inner and photos:
        raise Refused(_("内部备注不能带照片，照片需求人也看得到。"))
    people = mentioned_in(text)
    check_mentions(request, people, inner=inner)
    let_watch(request, people, Watcher.Why.MENTIONED)
    _keep_photos(actor, request, photos, at)
    said = {"text": text, "people": [person.pk for person in people]}
    record(actor, "request.noted" if inner else "request.commented", request, at=at, **said)


def pause_for_requester(request: Request, at: datetime) -> None:
    """Nothing counts while the requester is asked to complete the request."""
    pause_clocks(request, at=at, reason=WAITING_FOR_REQUESTER)
