"""Asking for something oneself: what is likely the same, and what was begun or is asked for often."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.actions import follow_demand
from houqin.desk.channels.drafts import (
    drop_draft,
    drop_favourite,
    filled_in,
    keep_favourite,
    kept_by,
    save_draft,
)
from houqin.desk.channels.forms import FavouriteForm
from houqin.desk.channels.hotline import alike_for
from houqin.desk.channels.models import Draft, Favourite
from houqin.desk.demands.actions import submit_demand
from houqin.desk.demands.forms import NewDemandForm
from houqin.desk.demands.models import Demand
from houqin.desk.demands.reports import SURE, shelves
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest


@require_safe
def choose_entry(request: PageRequest) -> HttpResponse:
    """The catalogue: what can be asked for, in lines and categories."""
    words = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"shelves": shelves(words), "query": words, "now": now()}
    context |= {"place": request.GET.get("place", "")} | ({} if words else kept_by(request.user))
    return render(request, "channels/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_demand(request: PageRequest, entry: str) -> HttpResponse:
    item = get_object_or_404(Entry.objects.select_related("category"), code=entry, active=True)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = NewDemandForm(*data, actor=request.user, target=item, initial=_begun(request, item))
    alike, others = _told_first(request, entry, form)
    if request.method != "POST" or not form.is_valid() or alike or others:
        context = {"form": form, "entry": item, "alike": alike, "others": others, "follow": True}
        return render(request, "channels/new.html", context, status=422 if form.is_bound else 200)
    demand = submit_demand(request.user, item, **form.cleaned_data)
    drop_draft(request.user, item)
    messages.success(request, _("已提交，编号 %(number)s") % {"number": demand.number})
    return redirect(demand)


def _told_first(request: PageRequest, entry: str, form: NewDemandForm) -> tuple[list[Any], int]:
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
def alike(request: PageRequest, entry: str) -> HttpResponse:
    """What is likely the same as that which is being typed. Having seen it, one may send it all the same."""
    named, others = alike_for(request.user, request.GET.dict() | {"entry": entry}, least=SURE)
    context = {"alike": named, "others": others, "follow": True}
    return render(request, "channels/_alike_here.html", context)


@require_POST
def follow(request: PageRequest, number: str) -> HttpResponse:
    """Follow one that was reported already; what was typed for another is left behind."""
    seen = get_object_or_404(Demand.objects.visible_to(request.user), number=number)
    follow_demand(request.user, seen)
    messages.success(request, _("已关注，有进展会告诉您。"))
    return redirect(seen)


@require_POST
def save(request: PageRequest, entry: str) -> HttpResponse:
    """Keep what was typed so far: by itself while somebody types, or by the button."""
    item = get_object_or_404(Entry, code=entry, active=True)
    save_draft(request.user, item, fields=request.POST.dict())
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("草稿已保存，下次打开“新需求”接着写。"))
    return redirect("channels:new_demand")


@require_POST
def drop(request: PageRequest, entry: str) -> HttpResponse:
    drop_draft(request.user, get_object_or_404(Entry, code=entry))
    messages.success(request, _("草稿已删除。"))
    return redirect("channels:new_demand")


@require_http_methods(["GET", "HEAD", "POST"])
def favourite(request: PageRequest, number: str) -> HttpResponse:
    """Keep a demand as something to ask for again."""
    demand = get_object_or_404(Demand.objects.visible_to(request.user), number=number)
    form = FavouriteForm(
        request.POST if request.method == "POST" else None, actor=request.user, target=demand
    )
    if form.is_bound and form.is_valid():
        keep_favourite(request.user, demand, **form.cleaned_data)
        messages.success(request, _("已存为常用需求，下次在“新需求”里一点就填好。"))
        return redirect("channels:new_demand")
    context = {"form": form, "demand": demand}
    return render(request, "channels/favourite.html", context, status=422 if form.is_bound else 200)


@require_POST
def unkeep(request: PageRequest, pk: int) -> HttpResponse:
    drop_favourite(
        request.user, get_object_or_404(Favourite.objects.visible_to(request.user), pk=pk)
    )
    messages.success(request, _("已从常用需求中删除。"))
    return redirect("channels:new_demand")
