"""One demand as somebody without an account sees it through their private link: its card in public words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.desk.channels.actions import GUEST_LINK
from houqin.desk.demands.models import Demand, Rating
from houqin.desk.demands.pages.card import VERBS
from houqin.desk.demands.pages.thread import why_returned
from houqin.kernel.people.models import User, the_guest
from houqin.kernel.timekeeping import now
from houqin.platform.files.models import Attachment
from houqin.shared.links.guarding import linked
from houqin.ui.cards import Card
from houqin.ui.clocks import nearest
from houqin.ui.http import PageRequest
from houqin.ui.timeline import timeline
from houqin.work.orders.models import WorkOrder

SHOWN_TAGS = {"scene": 0, "before": 1, "after": 2}
# What of the story is told outside of the house; of the orders, that somebody comes and that it is done.
PUBLIC = {
    "demand.submitted", "demand.resubmitted", "demand.graded", "demand.sent_back", "demand.rejected",
    "demand.withdrawn", "demand.cancelled", "demand.signed", "demand.signed_for", "demand.deemed",
    "demand.refused", "demand.rated", "demand.commented", "demand.urged", "order.accepted",
    "order.started", "order.finished",
}  # fmt: skip
OWN = ("refuse", "withdraw", "urge", "comment", "resubmit", "rate", "sign")


class GuestCard(Card):
    """The card behind a private link. Whoever holds the link acts as the guest on this one demand, and only
    there: nothing else starts from what the guest may see."""

    def seen(self, request: PageRequest, key: dict[str, str]) -> Any:
        link = linked(request, GUEST_LINK, key["token"])
        rows = Demand.objects.select_related("place", "entry__category", "requester")
        demand = rows.get(pk=link.target_id or 0)
        demand.token = key["token"]  # type: ignore[attr-defined]
        return demand

    def actor(self, request: PageRequest) -> User:
        return the_guest()

    def _done(self, request: PageRequest, obj: Any) -> HttpResponse:
        return redirect(link_url(obj.token))


def link_url(token: str) -> str:
    return reverse("channels:guest_demand", args=[token])


def public_story(page: PageRequest, demand: Any) -> dict[str, Any]:
    """The context of the guest's page and of its verbs. No name, note, cost or photo of the house's own."""
    at = now()
    orders = list(WorkOrder.objects.of(demand))
    done = [
        order
        for order in orders
        if order.round == demand.round and order.status == WorkOrder.Status.DONE
    ]
    entries = [entry for entry in timeline(demand, *orders, inner=False) if entry["name"] in PUBLIC]
    return {
        "demand": demand,
        "now": at,
        "chip": nearest(demand, at) if demand.status in Demand.OPEN else None,
        "results": [order.result for order in done if order.result],
        "shots": _shots(demand, orders),
        "entries": [entry | _outside(entry) for entry in entries],
        "returned_why": why_returned(demand, entries),
        "rating": Rating.objects.filter(demand=demand).first() if demand.rated else None,
        "home": link_url(demand.token),
        "address": page.build_absolute_uri(link_url(demand.token)),
    }


def _outside(entry: dict[str, Any]) -> dict[str, Any]:
    """Who did it, as far as an outsider is told, and what was written to them."""
    own = entry["who"] == str(the_guest())
    note = (
        entry["note"]
        if entry["name"].startswith("demand.") and entry["name"] != "demand.graded"
        else ""
    )
    return {"who": _("您") if own else _("后勤"), "note": note}


def photos_of(demand: Demand, orders: list[WorkOrder]) -> list[Attachment]:
    """The photos that an outsider may see, of the scene first, then before and after the work."""
    files = Attachment.objects.of(demand, *orders).photos()
    return sorted(
        (photo for photo in files if photo.tag in SHOWN_TAGS),
        key=lambda photo: SHOWN_TAGS[photo.tag],
    )


def _shots(demand: Any, orders: list[WorkOrder]) -> list[dict[str, Any]]:
    tags = {"scene": _("现场"), "before": _("前"), "after": _("后")}
    return [
        {
            "url": reverse("channels:guest_photo", args=[demand.token, photo.pk]),
            "thumb_url": reverse("channels:guest_thumb", args=[demand.token, photo.pk]),
            "tag": tags[photo.tag],
            "alt": _("%(tag)s照片") % {"tag": photo.get_tag_display()},
        }
        for photo in photos_of(demand, orders)
    ]


GUEST = GuestCard(
    model=Demand,
    name="guest_demand",
    app="channels",
    context=public_story,
    lookup="token",
    verbs={verb: replace(VERBS[verb], template="channels/guest_verb.html") for verb in OWN},
)
