"""Paper forms: the tray of scans, and transcribing one beside its picture."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.desk.channels.actions import bring_paper, discard_paper, transcribe_paper
from houqin.desk.channels.forms import PaperDemandForm, ScansForm
from houqin.desk.channels.hotline import beside_form
from houqin.desk.channels.models import PaperForm
from houqin.kernel.timekeeping import now
from houqin.platform.files.models import Attachment
from houqin.platform.files.views import served
from houqin.ui.http import PageRequest

SHOWN = 50
# A PDF is shown in a frame by the browser's own reader, which draws with styles of its own.
IN_A_FRAME = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: PageRequest) -> HttpResponse:
    """The tray: scans that wait, and a place to lay more."""
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ScansForm(*data, actor=request.user)
    if form.is_bound and form.is_valid():
        brought = bring_paper(request.user, **form.cleaned_data)
        messages.success(request, _("已放入待录盘 %(count)s 张。") % {"count": len(brought)})
        return redirect("channels:paper")
    waiting = _tray(request).waiting().select_related("brought_by")
    context = {"form": form, "waiting": waiting[:SHOWN], "total": waiting.count(), "now": now()}
    return render(request, "channels/paper.html", context, status=422 if form.is_bound else 200)


@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]
@require_http_methods(["GET", "HEAD", "POST"])
def paper_form(request: PageRequest, pk: int) -> HttpResponse:
    """One scan beside the form; after sending comes the next of the tray."""
    sheet = _sheet(request, pk)
    if sheet.demand or sheet.discarded_at:
        return redirect(sheet.demand or "channels:paper")
    form = PaperDemandForm(request.POST if request.method == "POST" else None, actor=request.user)
    if form.is_bound and form.is_valid():
        demand = transcribe_paper(request.user, sheet, **form.cleaned_data)
        messages.success(
            request, _("已录入，编号 %(number)s，可写在纸单上") % {"number": demand.number}
        )
        return redirect(_tray(request).waiting().first() or "channels:paper")
    if form.errors:
        form.point_at_error()
    scan, left = _scan(sheet), _tray(request).waiting().count()
    context: dict[str, Any] = {
        "sheet": sheet,
        "form": form,
        "scan": scan,
        "left": left,
        "now": now(),
    }
    context |= beside_form(request, request.POST)
    return render(
        request, "channels/paper_form.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def paper_discard(request: PageRequest, pk: int) -> HttpResponse:
    """Put one aside that is no demand, or was laid down twice."""
    discard_paper(request.user, _sheet(request, pk))
    messages.success(request, _("已作废，不再等待录入。"))
    return redirect("channels:paper")


@xframe_options_sameorigin
@require_safe
def paper_scan(request: PageRequest, pk: int) -> FileResponse:
    """The scan as it came, for the frame of its own page."""
    scan = _scan(_sheet(request, pk))
    response = served(scan.blob.path, scan.blob.mime, scan.name, download=False)
    response["Content-Security-Policy"] = IN_A_FRAME
    return response


def _tray(request: PageRequest) -> Any:
    return PaperForm.objects.visible_to(request.user)


def _sheet(request: PageRequest, pk: int) -> PaperForm:
    sheet: PaperForm = get_object_or_404(_tray(request).select_related("demand"), pk=pk)
    return sheet


def _scan(sheet: PaperForm) -> Attachment:
    scan = Attachment.objects.of(sheet).first()
    if scan is None:
        raise Http404
    return scan
