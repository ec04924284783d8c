"""What people do at the ways in; the request itself is always made by `submit_request`."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from houqin.kernel.errors import Refused
from houqin.kernel.files.actions import Received, attach, rehang
from houqin.kernel.files.models import Attachment
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User, the_guest
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.servicedesk.actions import submit_request
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.models import STAFF, WRITES_FOR_OTHERS, GuestLink, PaperForm, Request, Watcher

TAKEN = _("这张纸单刚被别人录入或作废，请看下一张。")


@transaction.atomic
def report_as_guest(
    place: Place, entry: Entry, *, caller: str, phone: str, title: str, **asked: Any
) -> tuple[Request, str]:
    """Raise a request for somebody without an account, `caller`, who scanned the code of `place`. Returns it
    with the token of the private link by which they follow it; the token is kept nowhere."""
    request = submit_request(
        the_guest(), entry, place=place, title=title, caller=caller, phone=phone,
        channel=Request.Channel.SCAN, **asked,
    )  # fmt: skip
    return request, _link(request)


@transaction.atomic
def issue_link(actor: User, request: Request) -> str:
    """The token of a new private link for the caller, who has none or lost it; one that was given out before
    opens nothing from now on. Raises Refused for a request of somebody with an account."""
    require(actor, STAFF, request.place)
    if not request.caller:
        raise Refused(_("需求人有账号，登录就能看到这件，不需要链接。"))
    token = _link(request)
    record(actor, "request.linked", request, at=now())
    return token


def _link(request: Request) -> str:
    token = secrets.token_urlsafe(24)
    fresh = {"digest": digest_of(token), "at": now()}
    GuestLink.objects.update_or_create(request=request, defaults=fresh)
    return token


@transaction.atomic
def follow_request(actor: User, request: Request) -> None:
    """Be told of a request that one may see, instead of asking for the same thing; twice is once."""
    at = now()
    if request.requester_id == actor.pk:
        return
    _watcher, new = Watcher.objects.get_or_create(request=request, user=actor)
    if new:
        record(actor, "request.followed", request, at=at)


@transaction.atomic
def bring_paper(actor: User, *, scans: Sequence[Received]) -> list[PaperForm]:
    """Lay scans into the tray, each one paper form that waits to be transcribed."""
    at = now()
    require(actor, WRITES_FOR_OTHERS)
    brought = []
    for scan in scans:
        paper = PaperForm.objects.create(name=scan.name, brought_by=actor, at=at)
        attach(actor, paper, scan, tag=Attachment.Tag.SCAN, at=at)
        record(actor, "paper.brought", paper, at=at)
        brought.append(paper)
    return brought


@transaction.atomic
def transcribe_paper(actor: User, paper: PaperForm, entry: Entry, *, dated: date, **asked: Any) -> Request:
    """Make a request of `paper`, to which the scan belongs from then on. Of two who transcribe the same one
    the second is refused, and no request comes of it."""
    request = submit_request(actor, entry, channel=Request.Channel.PAPER, **asked)
    if not PaperForm.objects.waiting().filter(pk=paper.pk).update(request=request, dated=dated):
        raise Refused(TAKEN)
    rehang(paper, request)
    return request


@transaction.atomic
def discard_paper(actor: User, paper: PaperForm) -> None:
    """Put `paper` aside: it is no request, or was laid down twice."""
    at = now()
    require(actor, WRITES_FOR_OTHERS)
    if not PaperForm.objects.waiting().filter(pk=paper.pk).update(discarded_at=at):
        raise Refused(TAKEN)
    record(actor, "paper.discarded", paper, at=at)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
