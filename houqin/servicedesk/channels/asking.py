"""Asking for something oneself: what is likely the same, and what was begun or is asked for often."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from houqin.kernel.web.http import PageRequest
from houqin.servicedesk.channels.actions import follow_request
from houqin.servicedesk.channels.hotline import alike_for
from houqin.servicedesk.models import Request
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
