"""Asking for something oneself: what is likely the same, and what was begun or is asked for often."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.web.http import PageRequest
from houqin.servicedesk.catalogue import Entry
from houqin.servicedesk.channels.actions import follow_request
from houqin.servicedesk.channels.forms import FavouriteForm
from houqin.servicedesk.channels.hotline import alike_for
from houqin.servicedesk.channels.keeping import drop_draft, drop_favourite, keep_favourite, save_draft
from houqin.servicedesk.models import Favourite, Request
from houqin.servicedesk.reports import SURE


@require_safe
def alike(request: PageRequest, entry: str) -> HttpResponse:
    """What is likely the same as that which is being typed. Having seen it, one may send it all the same."""
    named, others = alike_for(request.user, request.GET.dict() | {"entry": entry}, least=SURE)
    context = {"alike": named, "others": others, "follow": True}
    return render(request, "servicedesk/_alike_here.html", context)


@require_POST
def follow(request: PageRequest, number: str) -> HttpResponse:
    """Follow one that was reported already; what was typed for another is left behind."""
    seen = get_object_or_404(Request.objects.visible_to(request.user), number=number)
    follow_request(request.user, seen)
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
    return redirect("servicedesk:new_request")


@require_POST
def drop(request: PageRequest, entry: str) -> HttpResponse:
    drop_draft(request.user, get_object_or_404(Entry, code=entry))
    messages.success(request, _("草稿已删除。"))
    return redirect("servicedesk:new_request")


@require_http_methods(["GET", "HEAD", "POST"])
def favourite(request: PageRequest, number: str) -> HttpResponse:
    """Keep a request as something to ask for again."""
    demand = get_object_or_404(Request.objects.visible_to(request.user), number=number)
    form = FavouriteForm(
        request.POST if request.method == "POST" else None, actor=request.user, target=demand
    )
    if form.is_bound and form.is_valid():
        keep_favourite(request.user, demand, **form.cleaned_data)
        messages.success(request, _("已存为常用需求，下次在“新需求”里一点就填好。"))
        return redirect("servicedesk:new_request")
    context = {"form": form, "demand": demand}
    return render(request, "servicedesk/favourite.html", context, status=422 if form.is_bound else 200)


@require_POST
def unkeep(request: PageRequest, pk: int) -> HttpResponse:
    drop_favourite(request.user, get_object_or_404(Favourite.objects.visible_to(request.user), pk=pk))
    messages.success(request, _("已从常用需求中删除。"))
    return redirect("servicedesk:new_request")
