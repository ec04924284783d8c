"""The review desk: who waits, what the chosen one says, what one should know, what a grade would mean."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse

from houqin.kernel.timekeeping import now
from houqin.kernel.web.http import PageRequest
from houqin.servicedesk.actions import preview_grades, standard_for
from houqin.servicedesk.facts import alike, facts_for
from houqin.servicedesk.forms.dispatching import quick_takers
from houqin.servicedesk.models import Request, RequestQuerySet
from houqin.servicedesk.pages.card import CARD
from houqin.servicedesk.pages.queue import QUEUE
from houqin.servicedesk.pages.story import story_of
from houqin.servicedesk.reports import proposals_for

LONGEST = 100  # what the list at the left holds; more than that are reached as these are done


def desk_of(page: PageRequest, waiting: RequestQuerySet, number: str) -> dict[str, Any]:
    """The context of the desk. `waiting` is what this person may review; `number` "" means the first."""
    ordered = waiting.with_all().order_by(F("next_due_at").asc(nulls_last=True), "pk")
    queue = list(ordered[:LONGEST])
    if number and number not in {one.number for one in queue}:
        queue = [ordered.get(number=number), *queue]
    context: dict[str, Any] = {
        "queue": queue,
        "waiting": waiting.count(),
        "now": now(),
        "picked": bool(number),
        "bulk": QUEUE.bulk_bar(page.user),
        "here": reverse("servicedesk:review"),
    }
    if not queue:
        return context
    place = next((n for n, one in enumerate(queue) if one.number == number), 0)
    before, after = queue[place - 1] if place else None, next(iter(queue[place + 1 :]), None)
    context |= {"before": _url(before) if before else "", "after": _url(after) if after else ""}
    return context | _chosen(page, queue[place], _url(after or before))


def _url(request: Request | None) -> str:
    desk = reverse("servicedesk:review")
    return f"{desk}?{urlencode({'number': request.number})}" if request else desk


def _chosen(page: PageRequest, request: Request, then: str) -> dict[str, Any]:
    """One request on the desk; after a verb the desk shows `then`."""
    at = now()
    verbs = {verb["verb"]: verb for verb in CARD.open_verbs(page, request)}
    for verb in verbs.values():
        verb["url"] += f"?{urlencode({'next': then})}"
    proposals = proposals_for(request, at)
    return story_of(page, request) | {
        "demand": request,
        "next": then,
        "accept": CARD.verb_url("grade" if "grade" in verbs else "confirm", request),
        "verbs": verbs,
        "previews": preview_grades(request, at),
        "standard": standard_for(request, at),
        "review_facts": facts_for(request),
        "best": next(iter(proposals), None),
        "takers": quick_takers(proposals) if "grade" in verbs else [],
        "alike": alike(request) if "merge" in verbs else [],
    }
