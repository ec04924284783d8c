"""A private link for a caller without an account: another one for who lost it, the first for who phoned."""

from __future__ import annotations

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from houqin.desk.channels.actions import GUEST_LINK, issue_link
from houqin.desk.channels.guests import link_url
from houqin.desk.demands.models import STAFF, Demand
from houqin.kernel.people.actions import require
from houqin.kernel.timekeeping import now
from houqin.shared.links.models import Link
from houqin.ui.http import PageRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_link(request: PageRequest, number: str) -> HttpResponse:
    """Before: whom it is for and that the old one ends. After: the link and its code, this one time."""
    demand = get_object_or_404(Demand.objects.visible_to(request.user), number=number)
    require(request.user, STAFF, demand.place)
    at, address, code = now(), "", ""
    if request.method == "POST":
        address = settings.SITE_URL + link_url(issue_link(request.user, demand))
        code = segno.make(address, error="m").svg_data_uri(
            scale=5, border=2, light="#fff", dark="#000"
        )
    standing = Link.objects.of(GUEST_LINK, demand).good(at).first()
    context = {"demand": demand, "given": standing, "address": address, "code": code, "now": at}
    return render(request, "channels/guest_link.html", context)
