"""Weekly hours: making and changing schedules, and which places go by which."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from houqin.kernel.places.models import Place
from houqin.kernel.worktime.hours import week_from
from houqin.kernel.worktime.models import PlaceSchedule, Schedule
from houqin.setup.calendar.actions import give_schedule, save_schedule, take_schedule
from houqin.setup.calendar.forms import PlaceOfScheduleForm, ScheduleForm
from houqin.setup.calendar.views import moved_words
from houqin.setup.calendar.year import hours_words
from houqin.setup.first_steps.steps import unfinished
from houqin.ui.http import PageRequest


@require_safe
def first(request: PageRequest) -> HttpResponse:
    """The hours of the first calendar of the house."""
    schedule = Schedule.objects.order_by("pk").first()
    return redirect("setup:schedule", schedule.pk) if schedule else redirect("setup:new_schedule")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PageRequest, schedule: int | None = None) -> HttpResponse:
    """The form of one schedule, new without a key."""
    shown = get_object_or_404(Schedule, pk=schedule) if schedule else None
    form = ScheduleForm(
        request.POST or None, initial=_initial(shown), actor=request.user, target=shown
    )
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, shown)
    saved, moved = save_schedule(request.user, shown, **form.cleaned_data)
    messages.success(request, _("“%(name)s”已保存。") % {"name": saved.name} + moved_words(moved))
    return redirect("setup:schedule", saved.pk)


@require_POST
def give(request: PageRequest, schedule: int) -> HttpResponse:
    """Let a place go by this schedule."""
    shown = get_object_or_404(Schedule, pk=schedule)
    form = PlaceOfScheduleForm(request.POST)
    if not form.is_valid():
        return _ask(request, ScheduleForm(initial=_initial(shown), target=shown), shown, form)
    give_schedule(request.user, shown, place=form.cleaned_data["place"])
    messages.success(
        request, _("“%(place)s”以后用这个作息。") % {"place": form.cleaned_data["place"]}
    )
    return redirect("setup:schedule", shown.pk)


@require_POST
def take(request: PageRequest, schedule: int, place: int) -> HttpResponse:
    shown, where = get_object_or_404(Schedule, pk=schedule), get_object_or_404(Place, pk=place)
    take_schedule(request.user, shown, place=where)
    messages.success(request, _("“%(place)s”改用上级地点的作息。") % {"place": where})
    return redirect("setup:schedule", shown.pk)


def _ask(
    request: PageRequest, form: ScheduleForm, shown: Schedule | None, place_form: Any = None
) -> HttpResponse:
    places = (
        PlaceSchedule.objects.filter(schedule=shown).select_related("place").order_by("place__path")
    )
    context = {
        "form": form,
        "schedule": shown,
        "places": places if shown else (),
        "unfinished": unfinished(),
        "place_form": place_form or PlaceOfScheduleForm(),
    }
    wrong = form.is_bound or place_form is not None
    return render(request, "calendar/schedule.html", context, status=422 if wrong else 200)


def _initial(schedule: Schedule | None) -> dict[str, Any]:
    """The form filled in as `schedule` stands; a new one starts from the first calendar of the house."""
    if schedule is None:
        first = Schedule.objects.order_by("pk").first()
        return {"base": first} | (_week(first) if first else {})
    initial = {"name": schedule.name, "base": schedule.base, "timezone": schedule.timezone}
    return initial | _week(schedule)


def _week(schedule: Schedule) -> dict[str, str]:
    return {f"day_{day}": hours_words(hours) for day, hours in week_from(schedule.week).items()}
