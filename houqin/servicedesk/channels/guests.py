"""One request as somebody without an account sees it through their private link: its card in public words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.dispatch.models import WorkOrder
from houqin.kernel.files.models import Attachment
from houqin.kernel.people.models import the_guest
from houqin.kernel.timekeeping import now
from houqin.kernel.web.cards import Card
from houqin.kernel.web.clocks import nearest
from houqin.kernel.web.http import PageRequest
from houqin.kernel.web.timeline import timeline
from houqin.servicedesk.channels.actions import digest_of
from houqin.servicedesk.models import GuestLink, Rating, Request
from houqin.servicedesk.pages.card import VERBS
from houqin.servicedesk.pages.story import why_returned

SHOWN_TAGS = {"scene": 0, "before": 1, "after": 2}
# What of the story is told outside of the house; of the orders, that somebody comes and that it is done.
PUBLIC = {
    "request.submitted", "request.resubmitted", "request.graded", "request.sent_back", "request.rejected",
    "request.withdrawn", "request.cancelled", "request.signed", "request.signed_for", "request.deemed",
    "request.refused", "request.rated", "request.commented", "request.urged", "order.accepted",
    "order.started", "order.finished",
}  # fmt: skip
OWN = ("refuse", "withdraw", "urge", "comment", "resubmit", "rate", "sign")


class GuestCard(Card):
    """The card behind a private link. Whoever holds the link acts as the guest on this one request, and only
    there: nothing else starts from what the guest may see."""

    def seen(self, request: PageRequest, key: dict[str, str]) -> Any:
        link = GuestLink.objects.filter(digest=digest_of(key["token"]))
        found = link.select_related(
            "request__place", "request__entry__category", "request__requester"
        ).first()
        if found is None:
            raise Http404
        request.user = the_guest()
        found.request.token = key["token"]  # type: ignore[attr-defined]
        return found.request

    def _done(self, request: PageRequest, obj: Any) -> HttpResponse:
        return redirect(link_url(obj.token))


def link_url(token: str) -> str:
    return reverse("servicedesk:guest_request", args=[token])


def public_story(page: PageRequest, request: Any) -> dict[str, Any]:
    """The context of the guest's page and of its verbs. No name, note, cost or photo of the house's own."""
    at = now()
    orders = list(WorkOrder.objects.of(request))
    done = [one for one in orders if one.round == request.round and one.status == WorkOrder.Status.DONE]
    entries = [entry for entry in timeline(request, *orders, inner=False) if entry["name"] in PUBLIC]
    return {
        "request": page,
        "demand": request,
        "now": at,
        "chip": nearest(request, at) if request.status in Request.OPEN else None,
        "results": [order.result for order in done if order.result],
        "shots": _shots(request, orders),
        "entries": [entry | _outside(entry, page) for entry in entries],
        "returned_why": why_returned(request, entries),
        "rating": Rating.objects.filter(request=request).first() if request.rated else None,
        "home": link_url(request.token),
        "address": page.build_absolute_uri(link_url(request.token)),
    }


def _outside(entry: dict[str, Any], page: PageRequest) -> dict[str, Any]:
    """Who did it, as far as an outsider is told, and what was written to them."""
    own = entry["who"] == str(page.user)
    said = entry["note"] if entry["name"].startswith("request.") and entry["name"] != "request.graded" else ""
    return {"who": _("您") if own else _("后勤"), "note": said}


def photos_of(request: Request, orders: list[WorkOrder]) -> list[Attachment]:
    """The photos that an outsider may see, of the scene first, then before and after the work."""
    files = Attachment.objects.of(request, *orders).photos()
    return sorted((one for one in files if one.tag in SHOWN_TAGS), key=lambda one: SHOWN_TAGS[one.tag])


def _shots(request: Any, orders: list[WorkOrder]) -> list[dict[str, Any]]:
    tags = {"scene": _("现场"), "before": _("前"), "after": _("后")}
    return [
        {
            "url": reverse("servicedesk:guest_photo", args=[request.token, one.pk]),
            "thumb_url": reverse("servicedesk:guest_thumb", args=[request.token, one.pk]),
            "tag": tags[one.tag],
            "alt": _("%(tag)s照片") % {"tag": one.get_tag_display()},
        }
        for one in photos_of(request, orders)
    ]


GUEST = GuestCard(
    model=Request, name="guest_request", app="servicedesk", context=public_story, lookup="token",
    verbs={verb: replace(VERBS[verb], template="servicedesk/guest_verb.html") for verb in OWN},
)  # fmt: skip
