"""How a page without sign-in learns what its link opens: 404 for a bad one, 429 for who tries too many."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.timekeeping import now
from houqin.platform.identity.attempts import address_of
from houqin.shared.links.actions import open_link
from houqin.shared.links.models import Link, Purpose
from houqin.ui.rate_limits import Attempts

# A whole office may share one address, and its screens ask all day: only what opens nothing counts, and a
# good link is never kept out by the bad ones of a neighbour. 192 random bits leave nothing to guess.
BAD_LINKS = Attempts("bad-links", most=30, window=600)
SENT_BY_LINK = Attempts("sent-by-link", most=60, window=600)


class TooMany(Refused):
    status = 429


def linked(request: HttpRequest, purpose: Purpose, token: str) -> Link:
    """The good link of this address. Raises Http404, and TooMany for who guesses or sends too much."""
    link = open_link(purpose, token, now())
    if link is None:
        _count(BAD_LINKS, address_of(request))
        raise Http404
    if request.method == "POST":
        _count(SENT_BY_LINK, str(link.pk))
    return link


def _count(attempts: Attempts, who: str) -> None:
    if attempts.exhausted(who):
        raise TooMany(_("太频繁了，请十分钟后再来。"))
    attempts.count(who)
