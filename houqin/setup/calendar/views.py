"""The working calendar: a year at a glance, and what one date is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.clock.recompute import Moved
from houqin.kernel.timekeeping import now
from houqin.kernel.worktime.models import Schedule
from houqin.setup.calendar.actions import clear_day, set_day
from houqin.setup.calendar.forms import DayForm
from houqin.setup.calendar.year import (
    day_of,
    hours_words,
    missing_year,
    notice_home,
    places_of,
    week_words,
    year_of,
)
from houqin.setup.permissions import EDITS_CALENDAR
from houqin.ui.form_pages import render_form
from houqin.ui.formatting import WEEKDAYS
from houqin.ui.http import PageRequest
from houqin.ui.timeline import timeline

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
def this_year(request: PageRequest) -> HttpResponse:
    """The first calendar of the house in the present year; a page that says so where there is none."""
    first = Schedule.objects.order_by("pk").first()
    if first is None:
        return render(request, "calendar/no_calendar.html")
    return redirect("setup:year", first.pk, localtime(now()).year)


@require_safe
def year(request: PageRequest, schedule: int, year: int) -> HttpResponse:
    shown = _schedule(schedule, year)
    at = now()
    home = notice_home(shown)
    context = _frame(request, shown, year) | {
        "today": localtime(at).date(),
        "now": at,
        "home": home,
        "places": places_of(shown),
        "missing": missing_year(home, at) if home else None,
        "entries": timeline(shown, inner=True)[:8],
    }
    return render(request, "calendar/year.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: PageRequest, schedule: int, year: int, month: int, day: int) -> HttpResponse:
    shown, chosen = _schedule(schedule, year), _date(year, month, day)
    form = DayForm(
        request.POST or None, initial=_as_it_is(shown, chosen), actor=request.user, target=shown
    )
    if request.method != "POST" or not form.is_valid():
        return _ask(request, shown, chosen, form)
    moved = set_day(request.user, shown, date=chosen, **form.cleaned_data)
    messages.success(request, _("%(date)s 已保存。") % {"date": chosen} + moved_words(moved))
    return _back(request, shown, chosen)


@require_POST
def clear(request: PageRequest, schedule: int, year: int, month: int, day: int) -> HttpResponse:
    shown, chosen = _schedule(schedule, year), _date(year, month, day)
    moved = clear_day(request.user, shown, date=chosen)
    messages.success(request, _("%(date)s 已恢复。") % {"date": chosen} + moved_words(moved))
    return _back(request, shown, chosen)


def moved_words(moved: list[Moved]) -> str:
    """What the change meant for what is running; "" when nothing moved."""
    sentence = ngettext(
        "%(count)d 个进行中的时限随之改变，已通知相关人。",
        "%(count)d 个进行中的时限随之改变，已通知相关人。",
        len(moved),
    )
    return sentence % {"count": len(moved)} if moved else ""


def _schedule(pk: int, year: int) -> Schedule:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return get_object_or_404(Schedule.objects.select_related("base"), pk=pk)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise Http404 from None


def _frame(request: PageRequest, shown: Schedule, number: int) -> dict[str, Any]:
    timetable = shown.timetable()
    week = [(WEEKDAYS[weekday], hours) for weekday, hours in week_words(timetable)]
    return {
        "schedule": shown,
        "schedules": Schedule.objects.order_by("pk"),
        "week": week,
        "weekdays": WEEKDAYS,
        "year": year_of(timetable, number),
        "published": timetable.published_through,
        "may_edit": bool(request.user.roles_at(None) & EDITS_CALENDAR),
        "previous": number - 1 if number > FIRST_YEAR else None,
        "following": number + 1 if number < LAST_YEAR else None,
    }


def _as_it_is(schedule: Schedule, chosen: date) -> dict[str, Any]:
    """The form filled in as the calendar sees the date now."""
    timetable = schedule.timetable()
    rule, seen = timetable.days.get(chosen), day_of(timetable, chosen)
    return {
        "working": "yes" if seen.hours else "no",
        "name": seen.name,
        "intervals": hours_words(rule.intervals) if rule and rule.intervals else "",
    }


def _ask(request: PageRequest, shown: Schedule, chosen: date, form: DayForm) -> HttpResponse:
    own = shown.days.filter(date=chosen).select_related("changed_by").first()
    context = {
        "schedule": shown,
        "chosen": chosen,
        "form": form,
        "own": own,
        "day": day_of(shown.timetable(), chosen),
        "weekday": WEEKDAYS[chosen.weekday()],
    }
    template = "calendar/_day.html" if request.htmx else "calendar/day.html"
    return render_form(request, template, context)


def _back(request: PageRequest, shown: Schedule, chosen: date) -> HttpResponse:
    """To the month of the date. Over the year itself the dialog closes by reading the page again, as going
    to another place of the same page would read nothing."""
    year = reverse("setup:year", args=[shown.pk, chosen.year])
    if not request.htmx:
        return redirect(f"{year}#m{chosen.month}")
    over_the_year = (request.htmx.current_url_abs_path or "").partition("#")[0] == year
    header = {"HX-Refresh": "true"} if over_the_year else {"HX-Redirect": f"{year}#m{chosen.month}"}
    return HttpResponse(status=204, headers=header)
