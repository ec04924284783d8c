"""The notice of a year's holidays: read from a file, shown beside what is, published when confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from houqin.kernel.clock.recompute import running_by
from houqin.kernel.errors import Refused
from houqin.kernel.worktime.actions import HolidayNotice, NoticeRow, read_notice
from houqin.kernel.worktime.models import Schedule
from houqin.setup.calendar.actions import publish_notice
from houqin.setup.calendar.forms import NoticeForm
from houqin.setup.calendar.views import moved_words
from houqin.setup.calendar.year import differences
from houqin.ui.form_pages import render_form
from houqin.ui.http import PageRequest

SALT: Final = "houqin.setup.notice"
KEPT: Final = 3600  # seconds in which a preview can be confirmed


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: PageRequest, schedule: int) -> HttpResponse:
    """Choose a file (GET), see what it would change (POST). Nothing is written."""
    shown = get_object_or_404(Schedule, pk=schedule)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = NoticeForm(*data)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, shown, form)
    file = form.cleaned_data["file"]
    return _preview(request, shown, form, read_notice(file.read(), file.name))


@require_POST
def publish(request: PageRequest, schedule: int) -> HttpResponse:
    """Publish exactly what the preview showed to this person."""
    shown = get_object_or_404(Schedule, pk=schedule)
    notice = _unsigned(request, shown)
    kept, moved = publish_notice(request.user, shown, notice=notice)
    messages.success(
        request, _("%(year)d 年放假安排已公布。") % {"year": notice.year} + moved_words(moved)
    )
    for left in kept:
        messages.warning(
            request, _("%(date)s 是手工设置的，与通知不同，请核对。") % {"date": left.date}
        )
    return redirect("setup:year", shown.pk, notice.year)


def _ask(
    request: PageRequest, shown: Schedule, form: NoticeForm, errors: tuple[str, ...] = ()
) -> HttpResponse:
    published = shown.timetable().published_through
    context = {
        "schedule": shown,
        "form": form,
        "errors": errors,
        "expected": published + 1 if published is not None else None,
    }
    return render_form(request, "calendar/notice.html", context)


def _preview(
    request: PageRequest, shown: Schedule, form: NoticeForm, notice: HolidayNotice
) -> HttpResponse:
    if notice.errors:
        return _ask(request, shown, form, notice.errors)
    rows, gone = differences(shown, notice)
    clocks = running_by(shown)
    context = {
        "schedule": shown,
        "notice": notice,
        "rows": rows,
        "gone": gone,
        "changed": sum(row.changed for row in rows),
        "provisional": sum(clock.provisional for clock in clocks),
        "signed": _signed(request, shown, notice),
    }
    return render(request, "calendar/notice_preview.html", context)


def _signed(request: PageRequest, shown: Schedule, notice: HolidayNotice) -> str:
    rows = [[row.date.isoformat(), row.name, row.working] for row in notice.rows]
    content = {"by": request.user.pk, "schedule": shown.pk, "year": notice.year, "rows": rows}
    return signing.dumps(content, salt=SALT, compress=True)


def _unsigned(request: PageRequest, shown: Schedule) -> HolidayNotice:
    """The notice that was previewed. Raises Refused for one that was altered, is somebody else's or old."""
    try:
        content: dict[str, Any] = signing.loads(
            request.POST.get("signed", ""), salt=SALT, max_age=KEPT
        )
    except signing.BadSignature as error:
        raise Refused(_("预览已失效，请重新上传文件。")) from error
    if (content["by"], content["schedule"]) != (request.user.pk, shown.pk):
        raise Refused(_("预览已失效，请重新上传文件。"))
    rows = tuple(
        NoticeRow(date.fromisoformat(day), name, working) for day, name, working in content["rows"]
    )
    return HolidayNotice(content["year"], rows, ())
