"""Import, step by step: bring a file, match its columns, look at it, start it, see how it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.forms import BaseForm
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
from houqin.platform.sheets.columns import CellProblem, Words
from houqin.platform.sheets.error_file import error_book, error_lines, is_book
from houqin.platform.sheets.importer import CHECKED, SHOWN_PROBLEMS
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.reading import read_table
from houqin.platform.sheets.taking_in import claim_import, take_in
from houqin.platform.sheets.template import template_book
from houqin.platform.sheets.writing import XLSX
from houqin.ui.form_pages import posted
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
        form = self.kind.upload_form(*posted(request), actor=request.user)
        if form.is_bound and form.is_valid():
            try:
                file = bring_import(request.user, self.kind, about=about, **form.cleaned_data)
                return redirect(file.url(self._next(file)))
            except Refused as error:  # said beside the field, where the next file is chosen
                if error.status != Refused.status:
                    raise
                form.add_error("upload", str(error))
        files = self._recent(request.user, about)
        context = {"form": form, "files": files, "about": about, "template_url": _beside(request)}
        return self._page(request, "bring", context, status=_status(form))

    def _own(self, user: User) -> Any:
        """What `user` has brought. The bytes, up to 20 MB, are read only where they are asked for."""
        return ImportFile.objects.visible_to(user).filter(kind=self.kind.key)

    def _recent(self, user: User, about: dict[str, Any]) -> list[ImportFile]:
        files = self._own(user).without_content().order_by("-pk")[:RECENT]
        return [file for file in files if file.about == about]

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
            own = self._own(request.user).defer("content")
            return view(request, get_object_or_404(own, pk=pk, about=about))

        return answer

    def _columns(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        """Say which head is which column."""
        if not file.changeable or not self.kind.matched:
            return redirect(file)
        form = self.kind.map_form(posted(request)[0], actor=request.user, target=file)
        if form.is_bound and form.moved:
            map_import(request.user, file, **form.moved_to())
            return redirect(file.url("_columns"))
        if form.is_bound and form.is_valid():
            map_import(request.user, file, **form.cleaned_data)
            return redirect(file.url("_preview"))
        context = {"form": form, "file": file, "pairs": _pairs(form, file)}
        context["again"] = _same(request.user, file)
        return self._page(request, "columns", context, status=_status(form))

    def _preview(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        """The first rows as they will be, and what is wrong."""
        if file.status != Status.READY:
            return redirect(file.url("_columns")) if file.changeable else redirect(file)
        at = now()
        preview, match = self.kind.preview(file, at), self.kind.match_form
        form = match(posted(request)[0], target=preview) if match else None
        if form and form.is_bound and form.is_valid():
            choose_settings(request.user, file, **form.cleaned_data)
            messages.success(request, _("对应已保存。"))
            return redirect(file.url("_preview"))
        context = {"file": file, "preview": preview, "now": at, "match": form}
        context["counts"] = self._counted(preview.counts)
        context["unused"] = self._unused(file)
        return self._page(request, "preview", context, status=_status(form))

    def _counted(self, counts: Mapping[str, Any]) -> list[tuple[Words, Any]]:
        """The title of each sheet with how many of its rows are new, changed and so on."""
        return [(sheet.title, counts.get(sheet.key, {})) for sheet in self.kind.sheets]

    def _unused(self, file: ImportFile) -> list[str]:
        """The columns of the file from which nothing is taken."""
        used = self.kind.used(file)
        return [head for head in file.columns if head not in used]

    def _start(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        """Have it taken in: at once where it is small, by the worker where it is not."""
        start_import(request.user, file, leave_out="leave_out" in request.POST)
        if file.total <= self.kind.at_once:
            _take_in_now(file)
        return redirect(file)

    def _outcome(self, request: PageRequest, file: ImportFile) -> HttpResponse:
        """How far it is, then what came of it."""
        if file.status in (Status.UPLOADED, Status.READY):
            return redirect(file.url(self._next(file)))
        context = {"file": file, "problems": file.problems[:SHOWN_PROBLEMS], "now": now()}
        if file.status == Status.DONE:
            context["counts"] = self._counted(file.outcome)
            context |= self.kind.context(request, file)
        part = "_outcome" if request.htmx else "outcome"
        response = self._page(request, part, context)
        response["Vary"] = "HX-Request"
        return response

    def _errors(self, request: PageRequest, file: ImportFile) -> Any:
        """The file with what is wrong with each row; `?only=1` leaves out the good ones."""
        problems = _problems(file) if file.changeable and file.content else []
        if not problems:
            raise Refused(_("这个文件没有需要下载的错误。"))
        return _error_file(file, problems, only_wrong="only" in request.GET)

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


def _status(form: BaseForm | None) -> int:
    """The status of a page that asks `form`, again where it was refused."""
    return 422 if form and form.is_bound else 200


def _pairs(form: Any, file: ImportFile) -> list[dict[str, Any]]:
    """Each choice of a head with the first contents of the column that is chosen."""
    contents = _first_contents(file)
    return [
        {"field": field, "sample": contents.get(str(field.value()), ())}
        for _column, field in form.pairs()
    ]


def _take_in_now(file: ImportFile) -> None:
    at = now()
    claimed = claim_import(at, file.pk)
    if claimed is not None:
        take_in(claimed, at)


def _error_file(file: ImportFile, problems: list[CellProblem], *, only_wrong: bool) -> Any:
    stem = file.name.rpartition(".")[0] or file.name
    if is_book(file):
        content = error_book(file, problems, only_wrong=only_wrong)
        return _workbook(content, _("错误-%(name)s.xlsx") % {"name": stem})
    lines = error_lines(file, problems, only_wrong=only_wrong)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _attached(response, _("错误-%(name)s.csv") % {"name": stem})


def _problems(file: ImportFile) -> list[CellProblem]:
    """Those that were found, or, of a file that waits to be started, those that would be."""
    if file.problems or file.status != Status.READY or file.total > CHECKED:
        return file.problems
    return [problem for row in file.declared.read(file, now()) for problem in row.problems]


def _first_contents(file: ImportFile, most: int = 3) -> dict[str, list[Any]]:
    """The first contents of each column."""
    table = read_table(bytes(file.content), sheet=file.sheet, head=file.head)
    rows = [cells for _number, cells in table.rows[:200]]

    def contents(place: int) -> list[Any]:
        return [cells[place] for cells in rows if cells[place] != ""][:most]

    return {column: contents(place) for place, column in enumerate(table.columns)}


def _same(user: User, file: ImportFile) -> ImportFile | None:
    """The same bytes, imported before by the same person: what others brought is not told."""
    alike = ImportFile.objects.visible_to(user).filter(kind=file.kind, digest=file.digest)
    done = alike.filter(status=Status.DONE).without_content()
    return done.order_by("-finished_at").first()


def _workbook(content: bytes, name: str) -> Any:
    return _attached(HttpResponse(content, content_type=XLSX), name)


def _attached(response: Any, name: str) -> Any:
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
