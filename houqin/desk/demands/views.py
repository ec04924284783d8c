from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from houqin.desk.demands.models import RUNS_DEMANDS, Demand
from houqin.desk.demands.pages import QUEUE
from houqin.desk.demands.pages.review import desk_of
from houqin.kernel.clock.models import Clock
from houqin.kernel.people.models import Role
from houqin.kernel.timekeeping import now
from houqin.ui.clocks import labelled, steps
from houqin.ui.http import PageRequest


@require_safe
def queue(request: PageRequest) -> HttpResponse:
    """The queue; whoever works on no demand begins with those they have raised."""
    works = request.user.role_codes() & (RUNS_DEMANDS | {Role.TECHNICIAN})
    if not works and "view" not in request.GET:
        asked = request.GET.copy()
        asked["view"] = "mine"
        request.GET = asked  # type: ignore[assignment]
    return QUEUE.page(request)


@require_safe
def review(request: PageRequest) -> HttpResponse:
    """The review desk: the queue, one demand, the facts about it. One that is reviewed shows its card."""
    waiting = Demand.objects.visible_to(request.user).reviewable_by(request.user)
    number = request.GET.get("number", "")
    if number and not waiting.filter(number=number).exists():
        return redirect(get_object_or_404(Demand.objects.visible_to(request.user), number=number))
    return render(request, "demands/review.html", desk_of(request, waiting, number))


@require_safe
def explain_clock(request: PageRequest, number: str, kind: str) -> HttpResponse:
    """Why the latest clock of that kind is due when it is due, in the dialog or on a page."""
    shown = get_object_or_404(Demand.objects.visible_to(request.user), number=number)
    clocks = shown.clocks.filter(kind=kind).with_promise()
    clock: Clock = get_object_or_404(clocks.order_by("-round")[:1])
    at = now()
    context = {
        "demand": shown,
        "clock": clock,
        "chip": labelled(clock, at),
        "steps": steps(clock, at),
    }
    part = "demands/_explained.html" if request.htmx else "demands/explained.html"
    return render(request, part, context)
