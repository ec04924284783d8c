"""What people do at the ways in; the request itself is always made by `submit_request`."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import transaction

from houqin.kernel.people.models import User, the_guest
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.servicedesk.actions import submit_request
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.models import GuestLink, Request, Watcher


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
    token = secrets.token_urlsafe(24)
    GuestLink.objects.create(request=request, digest=digest_of(token), at=now())
    return request, token


@transaction.atomic
def follow_request(actor: User, request: Request) -> None:
    """Be told of a request that one may see, instead of asking for the same thing; twice is once."""
    at = now()
    if request.requester_id == actor.pk:
        return
    _watcher, new = Watcher.objects.get_or_create(request=request, user=actor)
    if new:
        record(actor, "request.followed", request, at=at)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
