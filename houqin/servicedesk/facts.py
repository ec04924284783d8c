"""The facts that the review desk shows: those of the request's line, and those that hold for every line."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from houqin.kernel.places.models import Place
from houqin.servicedesk.lines import FACTS, Fact, provide_facts
from houqin.servicedesk.models import Request

RECENT = timedelta(days=30)
BUILDING = 2  # how deep in the tree of places a building is


def facts_for(request: Request) -> list[Fact]:
    """What the reviewer should know, the line's own facts first."""
    line = request.entry.line
    own = list(line.facts(request)) if line else []
    return own + [fact for provider in FACTS for fact in provider(request)]


def alike(request: Request) -> list[Request]:
    """What asks for the same service in the same building, lately and not finished yet; the newest three."""
    building = request.place.path[: BUILDING * Place.steplen]
    rows = Request.objects.open().filter(
        entry=request.entry,
        place__path__startswith=building,
        submitted_at__gte=request.submitted_at - RECENT,
    )
    rows = rows.exclude(pk=request.pk).select_related("place", "requester")
    return list(rows.order_by("-submitted_at")[:3])


@provide_facts
def likely_duplicates(request: Request) -> list[Fact]:
    """What may be the same problem once more."""
    found = alike(request)
    if not found:
        return [Fact("copy", _("可能重复"), _("同一楼栋近 30 天没有同类未结需求"), _("无"), "ok")]
    words = _("；").join(f"{one.number} {one.title}" for one in found)
    verdict = _("%(count)s 件") % {"count": len(found)}
    return [Fact("copy", _("可能重复"), words, verdict, "warn", found[0].get_absolute_url())]


@provide_facts
def open_ones_of_requester(request: Request) -> list[Fact]:
    """What else the same person is waiting for."""
    others = Request.objects.open().filter(requester=request.requester).exclude(pk=request.pk)
    count = others.count()
    words = _("%(name)s 另有 %(count)s 件未结") if count else _("%(name)s 没有其他未结需求")
    said = words % {"name": request.requester, "count": count}
    return [Fact("user", _("需求人"), said, _("%(count)s 件") % {"count": count})]
