"""The page behind the code of a place, and the private link that follows a demand from there."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from houqin.desk.channels.actions import report_as_guest
from houqin.desk.channels.forms import GuestDemandForm
from houqin.desk.channels.guests import GUEST, link_url, photos_of
from houqin.desk.channels.labels import thing_at
from houqin.desk.channels.panels import panels_for
from houqin.desk.demands.reports import shelves, under_way_at
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.platform.files.views import served
from houqin.platform.identity.attempts import address_of
from houqin.platform.rate_limits.actions import Limit, admit, measure, take_back
from houqin.ui.http import PageRequest
from houqin.work.orders.models import WorkOrder

# A whole office may share one address; at one place so many faults in so short a time are one fault.
FROM_ADDRESS = Limit(40, timedelta(minutes=10))
AT_LABEL = Limit(10, timedelta(minutes=10))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def at_place(request: PageRequest, label: str) -> HttpResponse:
    """Whoever scans the code: the catalogue for this place when signed in, else a form without an account."""
    place = thing_at(label)
    if place is None:
        raise Http404
    return _arrival(request, place) if request.user.is_authenticated else _report(request, place)


def _arrival(request: PageRequest, place: Place) -> HttpResponse:
    context = {"at": place, "place": place.code, "panels": panels_for(request.user, place)}
    return render(request, "channels/arrival.html", context | {"shelves": shelves("")})


def _report(request: PageRequest, place: Place) -> HttpResponse:
    if request.method != "POST":
        return _form(request, place, GuestDemandForm())
    from_address = measure("scan-address", address_of(request), FROM_ADDRESS)
    at_label = measure("scan-label", place.label, AT_LABEL)
    if admit([from_address, at_label], now()):
        return _form(request, place, GuestDemandForm(initial=_typed(request)), status=429)
    form = GuestDemandForm(request.POST, request.FILES)
    if not form.is_valid():
        take_back([at_label])
        return _form(request, place, form, status=422)
    demand, token = report_as_guest(place, **form.cleaned_data)
    messages.success(request, _("已收到，编号 %(number)s") % {"number": demand.number})
    return redirect(link_url(token))


def _typed(request: PageRequest) -> dict[str, str]:
    """What was typed, to be shown again; nothing of it has been looked at, and no photo opened."""
    return {name: str(value) for name, value in request.POST.items()}


def _form(
    request: PageRequest, place: Place, form: GuestDemandForm, status: int = 200
) -> HttpResponse:
    context = {"at": place, "form": form, "busy": status == 429, "hotline": settings.HOTLINE}
    context["under_way"] = under_way_at(place)
    return render(request, "channels/guest_new.html", context, status=status)


guest_page = never_cache(require_safe(GUEST.page))
guest_verb = never_cache(require_http_methods(["GET", "HEAD", "POST"])(GUEST.speak))


@require_safe
def guest_photo(request: PageRequest, token: str, pk: int, *, small: bool = False) -> FileResponse:
    """A photo of the one demand that the private link opens."""
    demand = GUEST.seen(request, {"token": token})
    shown = photos_of(demand, list(WorkOrder.objects.of(demand)))
    photo = next((shot for shot in shown if shot.pk == pk), None)
    if photo is None:
        raise Http404
    blob = photo.blob
    path, mime = (blob.thumb_path, "image/jpeg") if small else (blob.path, blob.mime)
    return served(path, mime, photo.name, download=False)
