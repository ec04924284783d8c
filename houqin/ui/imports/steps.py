"""Import, step by step: bring a file, match its columns, look at it, start it, see how it went."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.sheets.actions import (
    bring_import,
    choose_settings,
    map_import,
    start_import,
    undo_import,
)
from houqin.platform.sheets.columns import CellProblem
from houqin.platform.sheets.error_file import error_book, error_lines, is_book
from houqin.platform.sheets.importer import CHECKED, SHOWN_PROBLEMS
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.reading import read_table
from houqin.platform.sheets.taking_in import claim_import, take_in
from houqin.platform.sheets.template import template_book
from houqin.platform.sheets.writing import XLSX
from houqin.ui.http import PageRequest

RECENT: Final = 20
Status = ImportFile.Status
View = Callable[..., HttpResponseBase]
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


class Steps:
    """The pages of one kind of import."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        self.bring = reads_and_writes(self._bring)
        self.template = require_safe(self._template)
        self.file = require_safe(self._of_file(self._outcome))
        self.columns = reads_and_writes(self._of_file(self._columns))
        self.preview = reads_and_writes(self._of_file(self._preview))
        self.start = require_POST(self._of_file(self._start))
        self.errors = require_safe(self._of_file(self._errors))
        self.undo = require_POST(self._of_file(self._undo))

    def _bring(self, request: PageRequest, **about: Any) -> HttpResponse:
        """Bring a file; below, those that were brought before."""
        self.kind.allow(request.user, about)
        data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = self.kind.upload_form(*data, actor=request.user)
        if form.is_bound and form.is_valid():
            try:
                file = bring_import(request.user, self.kind, about=about, **form.cleaned_data)
                return redirect(file.url(self._next(file)))
            except Refused as error:  # said beside the field, where the next file is chosen
                if error.status != Refused.status:
                    raise
                form.add_error("upload", str(error))
        own = ImportFile.objects.visible_to(request.user).filter(kind=self.kind.key)
        files = [
            brought
            for brought in own.without_content().order_by("-pk")[:RECENT]
            if brought.about == about
        ]
        context = {"form": form, "files": files, "about": about, "template_url": _beside(request)}
        status = 422 if form.is_bound else 200
        return self._page(request, "bring", context, status=status)

    def _next(self, file: ImportFile) -> str:
        return "_columns" if file.status == Status.UPLOADED else "_preview"

    def _template(self, request: PageRequest, **about: Any) -> Any:
        """The workbook to fill in; with `?filled=1` as the house stands now."""
        self.kind.allow(request.user, about)
        filled = "filled" in request.GET
        name = _("%(title)s-现有.xlsx") if filled else _("%(title)s-模板.xlsx")
        return _workbook(template_book(self.kind, filled=filled), name % {"title": self.kind.title})

    def _of_file(self, view: View) -> View:
        """`view` with the file that the address names, if this person has brought it there."""

        @wraps(view)
        def answer(request: PageRequest, pk: int, **about: Any) -> HttpResponseBase:
            self.kind.allow(request.user, about)
            # The bytes, up to 20 MB, are read only where they are asked for.
            own = ImportFile.objects.visible_to(request.user).filter(kind=self.kind.key)
            file = get_object_or_404(own.defer("content"), pk=pk, about=about)
            return view(request, file)

        return answer

    def _columns(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        """Say which head is which column."""
        if not file.changeable or not self.kind.matched:
            return redirect(file)
        data = request.POST if request.method == "POST" else None
        form = self.kind.map_form(data, actor=request.user, target=file)
        if form.is_bound and form.moved:
            map_import(request.user, file, **form.moved_to())
            return redirect(file.url("_columns"))
        if form.is_bound and form.is_valid():
            map_import(request.user, file, **form.cleaned_data)
            return redirect(file.url("_preview"))
        contents = _first_contents(file)
        pairs = [
            {"field": field, "sample": contents.get(str(field.value()), ())}
            for _column, field in form.pairs()
        ]
        context = {"form": form, "file": file, "pairs": pairs, "again": _same(request.user, file)}
        return self._page(request, "columns", context, status=422 if form.is_bound else 200)

    def _preview(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        """The first rows as they will be, and what is wrong."""
        if file.status != Status.READY:
            return redirect(file.url("_columns")) if file.changeable else redirect(file)
        at, data = now(), request.POST if request.method == "POST" else None
        preview = self.kind.preview(file, at)
        form = self.kind.match_form and self.kind.match_form(data, target=preview)
        if form and form.is_bound and form.is_valid():
            choose_settings(request.user, file, **form.cleaned_data)
            messages.success(request, _("对应已保存。"))
            return redirect(file.url("_preview"))
        counts = [(sheet.title, preview.counts.get(sheet.key, {})) for sheet in self.kind.sheets]
        context = {"file": file, "preview": preview, "now": at, "match": form, "counts": counts}
        context["unused"] = [head for head in file.columns if head not in self.kind.used(file)]
        return self._page(
            request, "preview", context, status=422 if form and form.is_bound else 200
        )

    def _start(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        """Have it taken in: at once where it is small, by the worker where it is not."""
        start_import(request.user, file, leave_out="leave_out" in request.POST)
        if file.total <= self.kind.at_once:
            at = now()
            claimed = claim_import(at, file.pk)
            if claimed is not None:
                take_in(claimed, at)
        return redirect(file)

    def _outcome(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        """How far it is, then what came of it."""
        if file.status in (Status.UPLOADED, Status.READY):
            return redirect(file.url(self._next(file)))
        counts = [(sheet.title, file.outcome.get(sheet.key, {})) for sheet in self.kind.sheets]
        context = {"file": file, "problems": file.problems[:SHOWN_PROBLEMS], "now": now()}
        if file.status == Status.DONE:
            context |= {"counts": counts} | self.kind.context(request, file)
        part = "_outcome" if request.htmx else "outcome"
        response = self._page(request, part, context)
        response["Vary"] = "HX-Request"
        return response

    def _errors(self, request: PageRequest, file: ImportFile) -> Any:
        """The file with what is wrong with each row; `?only=1` leaves out the good ones."""
        problems = _problems(file) if file.changeable and file.content else []
        if not problems:
            raise Refused(_("这个文件没有需要下载的错误。"))
        only, stem = "only" in request.GET, file.name.rpartition(".")[0] or file.name
        if is_book(file):
            content = error_book(file, problems, only_wrong=only)
            return _workbook(content, _("错误-%(name)s.xlsx") % {"name": stem})
        lines = error_lines(file, problems, only_wrong=only)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        return _attached(response, _("错误-%(name)s.csv") % {"name": stem})

    def _undo(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        undo_import(request.user, file)
        messages.success(request, _("“%(name)s”已撤回。") % {"name": file.name})
        return redirect(file)

    def _page(
        self, request: PageRequest, name: str, context: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        about = context["file"].about if "file" in context else context["about"]
        context |= {"kind": self.kind, "now": context.get("now") or now()}
        context |= {"home": self.kind.home_url(about)} | self.kind.words_of(about)
        return render(request, f"ui/imports/{name}.html", context, status=status)


def _beside(request: PageRequest) -> str:
    return f"{request.path}template/"


def _problems(file: ImportFile) -> list[CellProblem]:
    """Those that were found, or, of a file that waits to be started, those that would be."""
    if file.problems or file.status != Status.READY or file.total > CHECKED:
        return file.problems
    return [problem for row in file.declared.read(file, now()) for problem in row.problems]


def _first_contents(file: ImportFile, most: int = 3) -> dict[str, list[Any]]:
    """The first contents of each column."""
    table = read_table(bytes(file.content), sheet=file.sheet, head=file.head)
    rows = [cells for _number, cells in table.rows[:200]]
    return {
        column: [cells[place] for cells in rows if cells[place] != ""][:most]
        for place, column in enumerate(table.columns)
    }


def _same(user: User, file: ImportFile) -> ImportFile | None:
    """The same bytes, imported before by the same person: what others brought is not told."""
    done = ImportFile.objects.visible_to(user).filter(
        kind=file.kind, digest=file.digest, status=Status.DONE
    )
    return done.without_content().order_by("-finished_at").first()


def _workbook(content: bytes, name: str) -> Any:
    return _attached(HttpResponse(content, content_type=XLSX), name)


def _attached(response: Any, name: str) -> Any:
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
