"""Places, departments and people by workbook: fetch the template, bring it, look at it, have it taken in."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.errors import Refused
from houqin.kernel.timekeeping import now
from houqin.platform.sheets.writing import XLSX
from houqin.setup.first_steps.steps import unfinished
from houqin.setup.workbook.actions import bring_book, take_book
from houqin.setup.workbook.columns import SHEETS
from houqin.setup.workbook.forms import BookForm
from houqin.setup.workbook.marked import marked
from houqin.setup.workbook.models import Book
from houqin.setup.workbook.plan import Plan, make_plan
from houqin.setup.workbook.template import template
from houqin.ui.http import PageRequest

RECENT: Final = 10
SHOWN: Final = 200


@require_http_methods(["GET", "HEAD", "POST"])
def books(request: PageRequest) -> HttpResponse:
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BookForm(*data, actor=request.user)
    if form.is_bound and form.is_valid():
        try:
            return redirect(bring_book(request.user, **form.cleaned_data))
        except Refused as error:  # said beside the field, where the next file is chosen
            form.add_error("upload", str(error))
    found = Book.objects.visible_to(request.user).defer("content").order_by("-pk")[:RECENT]
    context = {"form": form, "books": found, "now": now(), "unfinished": unfinished()}
    return render(request, "workbook/books.html", context, status=422 if form.is_bound else 200)


@require_safe
def template_book(request: PageRequest) -> HttpResponse:
    """The workbook to fill in; with `?filled=1` as the house stands now."""
    filled = "filled" in request.GET
    name = _("地点部门人员-现有.xlsx") if filled else _("地点部门人员-模板.xlsx")
    return _workbook(template(filled=filled), name)


@require_safe
def book(request: PageRequest, pk: int) -> HttpResponse:
    """What it would change and what is wrong with it; once it is taken in, what it has changed."""
    shown = get_object_or_404(Book.objects.visible_to(request.user), pk=pk)
    plan = None if shown.done_at else make_plan(bytes(shown.content))
    context = {"book": shown, "now": now(), "unfinished": unfinished()} | _counts(shown, plan)
    if plan:
        problems = plan.problems
        context |= {
            "problems": problems[:SHOWN],
            "found": len(problems),
            "wrong": plan.wrong,
            "changes": sum(what != "same" for what in plan.what.values()),
        }
    return render(request, "workbook/book.html", context)


@require_safe
def marked_book(request: PageRequest, pk: int) -> HttpResponse:
    """The same workbook with its errors marked."""
    shown = get_object_or_404(Book.objects.visible_to(request.user), pk=pk)
    problems = [] if shown.done_at else make_plan(bytes(shown.content)).problems
    if not problems:
        raise Refused(_("这个文件没有需要下载的错误。"))
    name = _("错误-%(name)s.xlsx") % {"name": shown.name.rpartition(".")[0] or shown.name}
    return _workbook(marked(bytes(shown.content), problems), name)


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@require_POST
def take(request: PageRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Book.objects.visible_to(request.user), pk=pk)
    take_book(request.user, shown, leave_out="leave_out" in request.POST)
    messages.success(request, _("“%(name)s”已导入。") % {"name": shown.name})
    return redirect(shown)


def _counts(shown: Book, plan: Plan | None) -> dict[str, object]:
    counts = plan.counts() if plan else shown.outcome
    return {"counts": [(sheet.title, counts.get(sheet.key, {})) for sheet in SHEETS]}
