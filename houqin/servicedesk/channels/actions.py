"""What people do at the ways in; the request itself is always made by `submit_request`."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import transaction

from houqin.kernel.people.models import the_guest
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.servicedesk.actions import submit_request
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.models import GuestLink, Request


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


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
