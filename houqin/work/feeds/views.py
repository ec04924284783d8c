"""One's own calendar link, and what a calendar program reads by it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from houqin.kernel.timekeeping import now
from houqin.shared.links.guarding import linked
from houqin.shared.links.models import Link
from houqin.ui.http import PageRequest
from houqin.work.feeds import ical as calendar


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: PageRequest) -> HttpResponse:
    """One's own calendar link: make one, see it once, take it back."""
    address = ""
    if request.method == "POST" and "drop" in request.POST:
        calendar.drop_link(request.user)
        messages.success(request, _("日历链接已停用。"))
        return redirect("feeds:calendar")
    if request.method == "POST":
        token = calendar.make_link(request.user)
        address = request.build_absolute_uri(reverse("feeds:feed", args=[token]))
    at = now()
    known = Link.objects.of(calendar.CALENDAR_LINK, request.user).good(at).first()
    return render(request, "feeds/calendar.html", {"made": address, "known": known, "now": at})


@require_safe
def feed(request: PageRequest, token: str) -> HttpResponse:
    """The calendar file for whoever has the secret address; nobody else learns that it exists."""
    owner = linked(request, calendar.CALENDAR_LINK, token).maker
    if not owner.is_active:
        raise Http404
    answer = HttpResponse(
        calendar.feed(owner, request.get_host(), now()), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'inline; filename="roster.ics"'
    answer["Cache-Control"] = "private, max-age=300"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
