"""Import, step by step: bring a file, match its columns, look at it, start it, see how it went."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.desk.demands.models import Demand
from houqin.desk.intake.actions import map_import, map_teams, start_import, upload_import
from houqin.desk.intake.error_file import error_lines
from houqin.desk.intake.forms import MapForm, TeamsForm, UploadForm
from houqin.desk.intake.models import ImportFile
from houqin.desk.intake.preview import SHOWN_PROBLEMS, preview, samples
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.keyset import read_page

RECENT = 20


@require_http_methods(["GET", "HEAD", "POST"])
def import_demands(request: PageRequest) -> HttpResponse:
    """Bring a file; below, those that were brought before."""
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(*data, actor=request.user)
    if form.is_bound and form.is_valid():
        try:
            return redirect(
                "intake:import_map", upload_import(request.user, **form.cleaned_data).pk
            )
        except Refused as error:  # said beside the field, where the next file is chosen
            form.add_error("upload", str(error))
    files = ImportFile.objects.visible_to(request.user).without_content().order_by("-at")[:RECENT]
    context = {"form": form, "files": files, "now": now()}
    return render(request, "intake/imports.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def import_map(request: PageRequest, pk: int) -> HttpResponse:
    """Say which column is what."""
    file = _mine(request, pk)
    if not file.changeable:
        return redirect(file)
    form = MapForm(
        request.POST if request.method == "POST" else None, actor=request.user, target=file
    )
    if form.is_bound and form.is_valid():
        map_import(request.user, file, **form.cleaned_data)
        return redirect("intake:import_preview", file.pk)
    context = {
        "form": form,
        "file": file,
        "rows": _columns(form, file),
        "again": _same(request.user, file),
    }
    return render(request, "intake/import_map.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: PageRequest, pk: int) -> HttpResponse:
    """The first rows as they will be, and what is wrong; which team is which is said here."""
    file = _mine(request, pk)
    if file.status != ImportFile.Status.READY:
        return redirect("intake:import_map", pk) if file.changeable else redirect(file)
    at = now()
    made = preview(file, request.user, at)
    teams = TeamsForm(request.POST if request.method == "POST" else None, target=made.groups)
    if teams.is_bound and teams.is_valid():
        map_teams(request.user, file, **teams.cleaned_data)
        messages.success(request, _("班组对应已保存。"))
        return redirect("intake:import_preview", pk)
    foreign = file.chosen("timezone") not in ("", settings.TIME_ZONE)
    context = {"file": file, "preview": made, "now": at, "foreign": foreign, "teams": teams}
    status = 422 if teams.is_bound else 200
    return render(request, "intake/import_preview.html", context, status=status)


@require_POST
def import_start(request: PageRequest, pk: int) -> HttpResponse:
    file = _mine(request, pk)
    start_import(request.user, file)
    return redirect(file)


@require_safe
def import_file(request: PageRequest, pk: int) -> HttpResponse:
    """How far it is, then what came of it."""
    file = _mine(request, pk)
    if file.status == ImportFile.Status.UPLOADED:
        return redirect("intake:import_map", pk)
    if file.status == ImportFile.Status.READY:
        return redirect("intake:import_preview", pk)
    template = "intake/_import_file.html" if request.htmx else "intake/import_file.html"
    response = render(request, template, _outcome(request, file))
    response["Vary"] = "HX-Request"
    return response


@require_safe
def import_errors(request: PageRequest, pk: int) -> StreamingHttpResponse:
    """The rows with what is wrong with each, as CSV; `?only=1` leaves out the good ones."""
    file = _mine(request, pk)
    if not file.errors or not file.content:
        raise Refused(_("这个文件没有需要下载的错误。"))
    name = _("错误-%(name)s.csv") % {"name": file.name.rpartition(".")[0] or file.name}
    lines = error_lines(file, only_wrong="only" in request.GET)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _mine(request: PageRequest, pk: int) -> ImportFile:
    # The bytes, up to 20 MB, are read only where they are asked for.
    return get_object_or_404(ImportFile.objects.visible_to(request.user).defer("content"), pk=pk)


def _columns(form: MapForm, file: ImportFile) -> list[dict[str, Any]]:
    """Each of our fields with the first contents of the column that is chosen for it."""
    found = samples(file)
    return [
        {"field": field, "sample": found.get(str(field.value()), ())}
        for _field, field in form.pairs()
    ]


def _same(user: User, file: ImportFile) -> ImportFile | None:
    """The same bytes, imported before by the same person: what others brought is not told."""
    done = ImportFile.objects.visible_to(user).filter(
        digest=file.digest, status=ImportFile.Status.DONE
    )
    return done.without_content().order_by("-finished_at").first()


def _outcome(request: PageRequest, file: ImportFile) -> dict[str, Any]:
    context = {"file": file, "problems": file.errors[:SHOWN_PROBLEMS], "now": now()}
    if file.status != ImportFile.Status.DONE:
        return context
    rows = Demand.objects.visible_to(request.user).filter(imported_as__file=file)
    page = read_page(rows.with_all(), "-submitted_at", request.GET.get("cursor", ""))
    return context | {
        "rows": page.rows,
        "total": rows.count(),
        "closed": rows.archived().count(),
        "next_url": page.next and f"?cursor={page.next}",
        "previous_url": page.previous and f"?cursor={page.previous}",
    }
