from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from houqin.kernel.clock.models import Clock
from houqin.kernel.people.actions import require
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.web.clocks import labelled, steps
from houqin.kernel.web.http import PageRequest
from houqin.servicedesk.actions import submit_request
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.channels.hotline import alike_for
from houqin.servicedesk.channels.keeping import drop_draft, filled_in, kept_by
from houqin.servicedesk.forms import NewRequestForm
from houqin.servicedesk.models import STAFF, Draft, Favourite, Request
from houqin.servicedesk.pages.review import desk_of
from houqin.servicedesk.reports import SURE, colleagues, shelves


@require_safe
def choose_entry(request: PageRequest) -> HttpResponse:
    """The catalogue: what can be asked for, in lines and categories."""
    words = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"shelves": shelves(words), "query": words, "now": now()}
    context |= {"place": request.GET.get("place", "")} | ({} if words else kept_by(request.user))
    return render(request, "servicedesk/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: PageRequest, entry: str) -> HttpResponse:
    item = get_object_or_404(Entry.objects.select_related("category"), code=entry, active=True)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = NewRequestForm(*data, actor=request.user, target=item, initial=_begun(request, item))
    alike, others = _told_first(request, entry, form)
    if request.method != "POST" or not form.is_valid() or alike or others:
        context = {"form": form, "entry": item, "alike": alike, "others": others, "follow": True}
        return render(request, "servicedesk/new.html", context, status=422 if form.is_bound else 200)
    made = submit_request(request.user, item, **form.cleaned_data)
    drop_draft(request.user, item)
    messages.success(request, _("已提交，编号 %(number)s") % {"number": made.number})
    return redirect(made)


def _told_first(request: PageRequest, entry: str, form: NewRequestForm) -> tuple[list[Any], int]:
    """What is likely the same, unless the sender has seen it and sends it `anyway`."""
    if not form.is_bound or not form.is_valid() or "anyway" in request.POST:
        return [], 0
    return alike_for(request.user, request.POST.dict() | {"entry": entry}, least=SURE)


def _begun(request: PageRequest, entry: Entry) -> dict[str, Any]:
    """What the form begins with: a favourite (`?favourite=`), else the draft of this entry; and the place
    whose code was scanned."""
    chosen = request.GET.get("favourite", "")
    mine = Favourite.objects.visible_to(request.user).filter(entry=entry)
    favourite = mine.filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 18 else None
    draft = Draft.objects.visible_to(request.user).filter(entry=entry).first()
    begun = filled_in(favourite) if favourite else draft.fields if draft else {}
    return begun | _scanned(request)


def _scanned(request: PageRequest) -> dict[str, Any]:
    """The place whose code was scanned (`?place=P-2-5-07`); nothing for a code that does not exist."""
    place = Place.objects.filter(code=request.GET.get("place", "")[:30]).first()
    return {"place": place.pk} if place else {}


@require_safe
def review(request: PageRequest) -> HttpResponse:
    """The review desk: the queue, one request, the facts about it. One that is reviewed shows its card."""
    require(request.user, STAFF)
    waiting = Request.objects.visible_to(request.user).reviewable_by(request.user)
    number = request.GET.get("number", "")
    if number and not waiting.filter(number=number).exists():
        return redirect(get_object_or_404(Request.objects.visible_to(request.user), number=number))
    return render(request, "servicedesk/review.html", desk_of(request, waiting, number))


@require_safe
def people(request: PageRequest) -> HttpResponse:
    """Colleagues whose name or account begins like that, for the picker of names; JSON."""
    return JsonResponse(colleagues(request.GET.get("q", "").strip()[:40]), safe=False)


@require_safe
def explain_clock(request: PageRequest, number: str, kind: str) -> HttpResponse:
    """Why the latest clock of that kind is due when it is due, in the dialog or on a page."""
    shown = get_object_or_404(Request.objects.visible_to(request.user), number=number)
    clocks = shown.clocks.filter(kind=kind).select_related("schedule").prefetch_related("pauses")
    clock: Clock = get_object_or_404(clocks.order_by("-round")[:1])
    at = now()
    context = {"demand": shown, "clock": clock, "chip": labelled(clock, at), "steps": steps(clock, at)}
    part = "servicedesk/_explained.html" if request.htmx else "servicedesk/explained.html"
    return render(request, part, context)
