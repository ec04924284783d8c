"""The review desk: who waits, what the chosen one says, what one should know, what a grade would mean."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.actions import preview_grades, standard_for
from houqin.desk.demands.columns import UNDRAWN_BY_NAME
from houqin.desk.demands.facts import alike, facts_for
from houqin.desk.demands.forms.dispatching import quick_takers
from houqin.desk.demands.models import Demand, DemandQuerySet
from houqin.desk.demands.pages.card import CARD
from houqin.desk.demands.pages.queue import QUEUE
from houqin.desk.demands.pages.thread import story_of
from houqin.desk.demands.reports import proposals_for
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.keys import register_keys

register_keys(
    "review",
    (("1", "2", "3"), _("审核台：定为紧急、重要、常规")),
    (("a",), _("受理并定级；勾选了几件时，成批受理")),
    (("p",), _("审核台：选同时派给谁")),
    (("b", "m", "d", "r"), _("退回补充、合并、派工、驳回")),
)

LONGEST = 50  # what the list at the left holds; more than that are reached as these are done


def desk_of(page: PageRequest, waiting: DemandQuerySet, number: str) -> dict[str, Any]:
    """The context of the desk. `waiting` is what this person may review; `number` "" means the first."""
    listed = waiting.with_clocks().select_related("requester").defer(*UNDRAWN_BY_NAME)
    ordered = listed.order_by(F("next_due_at").asc(nulls_last=True), "pk")
    queue = list(ordered[:LONGEST])
    if number and number not in {demand.number for demand in queue}:
        queue = [ordered.get(number=number), *queue]
    context: dict[str, Any] = {
        "queue": queue,
        "waiting": waiting.count(),
        "now": now(),
        "picked": bool(number),
        "bulk": QUEUE.bulk_bar(page.user),
        "here": reverse("demands:review"),
    }
    if not queue:
        return context
    place = next((n for n, demand in enumerate(queue) if demand.number == number), 0)
    before, after = queue[place - 1] if place else None, next(iter(queue[place + 1 :]), None)
    context |= {"before": _url(before) if before else "", "after": _url(after) if after else ""}
    chosen = waiting.with_all().filter(pk=queue[place].pk).first() or queue[place]
    return context | _chosen(page, chosen, _url(after or before))


def _url(demand: Demand | None) -> str:
    desk = reverse("demands:review")
    return f"{desk}?{urlencode({'number': demand.number})}" if demand else desk


def _chosen(page: PageRequest, demand: Demand, then: str) -> dict[str, Any]:
    """One demand on the desk; after a verb the desk shows `then`."""
    at = now()
    verbs = {verb["verb"]: verb for verb in CARD.open_verbs(page, demand)}
    for verb in verbs.values():
        verb["url"] += f"?{urlencode({'next': then})}"
    proposals = proposals_for(demand, at)
    return story_of(page, demand) | {
        "demand": demand,
        "next": then,
        "accept": CARD.verb_url("grade" if "grade" in verbs else "confirm", demand),
        "verbs": verbs,
        "previews": preview_grades(demand, at),
        "standard": standard_for(demand, at),
        "review_facts": facts_for(demand),
        "best": next(iter(proposals), None),
        "takers": quick_takers(proposals) if "grade" in verbs else [],
        "alike": alike(demand) if "merge" in verbs else [],
    }
