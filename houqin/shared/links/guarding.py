"""How a page without sign-in learns what its link opens: 404 for a bad one, 429 for who tries too many."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.timekeeping import now
from houqin.platform.identity.attempts import address_of
from houqin.platform.rate_limits.actions import Limit, admit, measure
from houqin.shared.links.actions import open_link
from houqin.shared.links.models import Link, Purpose

# A whole office may share one address, and its screens ask all day: only what opens nothing counts, and a
# good link is never kept out by the bad ones of a neighbour. 192 random bits leave nothing to guess.
BAD_LINKS = Limit(most=30, window=timedelta(minutes=10))
SENT_BY_LINK = Limit(most=60, window=timedelta(minutes=10))


class TooMany(Refused):
    status = 429


def linked(request: HttpRequest, purpose: Purpose, token: str) -> Link:
    """The good link of this address. Raises Http404, and TooMany for who guesses or sends too much."""
    at = now()
    link = open_link(purpose, token, at)
    if link is None:
        _count("bad-links", address_of(request), BAD_LINKS, at)
        raise Http404
    if request.method == "POST":
        _count("sent-by-link", str(link.pk), SENT_BY_LINK, at)
    return link


def _count(kind: str, who: str, limit: Limit, at: datetime) -> None:
    if admit([measure(kind, who, limit)], at):
        raise TooMany(_("太频繁了，请十分钟后再来。"))
