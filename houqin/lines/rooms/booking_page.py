"""The form that books: once, again and again with each date shown first, or in line for a room."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from houqin.kernel.errors import Refused
from houqin.kernel.timekeeping import now
from houqin.lines.rooms.actions import Agenda, book_meeting, book_series, wait_for_room
from houqin.lines.rooms.forms import BookRoomForm, next_half_hour
from houqin.lines.rooms.models import Meeting
from houqin.lines.rooms.planning import PlannedMeeting, plan_series
from houqin.ui.http import PageRequest

AGENDA = [column.name for column in fields(Agenda)]


@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request: PageRequest) -> HttpResponse:
    """Book a room. The address may say which and when, as a free slot of the grid does."""
    form = BookRoomForm(request.POST or None, actor=request.user, initial=_offered(request))
    context: dict[str, Any] = {"form": form, "plan": None, "may_wait": False}
    if request.method == "POST" and form.is_valid():
        context["plan"] = plan = _plan(form)
        if plan is None or request.POST.get("sure") == _seal(form):
            try:
                return _book(request, form, plan)
            except Refused as error:
                form.add_error(None, str(error))
                context["may_wait"] = plan is None
    if context["plan"] is not None:
        context |= _dates(request, form, context["plan"])
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "rooms/new.html", context, status=status)


def _offered(request: PageRequest) -> dict[str, Any]:
    """What the form begins with: the next half hour, and whatever the address says."""
    offered = next_half_hour(now())
    names = ("room", "people", *offered)
    return offered | {name: request.GET[name] for name in names if name in request.GET}


def _dates(request: PageRequest, form: BookRoomForm, plan: list[PlannedMeeting]) -> dict[str, Any]:
    """What the page shows beside the dates: those that were ticked, if they are the same still."""
    seal = _seal(form)
    ticked = request.POST.getlist("dates") if request.POST.get("sure") == seal else None
    conflicts = sum(bool(occurrence.problem) for occurrence in plan)
    return {"seal": seal, "chosen": ticked, "conflicts": conflicts}


def _plan(form: BookRoomForm) -> list[PlannedMeeting] | None:
    """The dates of the series that the form asks for; None where the meeting takes place once."""
    asked = form.cleaned_data
    if asked["recurrence"] is None:
        return None
    start, end = asked["starts_at"], asked["ends_at"]
    zone = start.tzinfo
    times = (start.astimezone(zone).time(), end.astimezone(zone).time())
    return plan_series(asked["room"], asked["recurrence"], *times, now())


def _seal(form: BookRoomForm) -> str:
    """What the dates depend on: once it has changed, they are shown anew before anything is booked."""
    asked = form.cleaned_data
    names = ("room", "starts_at", "ends_at", "recurrence")
    return salted_hmac("rooms.plan", repr([asked[name] for name in names])).hexdigest()[:16]


def _book(
    request: PageRequest, form: BookRoomForm, plan: list[PlannedMeeting] | None
) -> HttpResponse:
    if plan is not None:
        return _book_series(request, form.cleaned_data, plan)
    asked = form.cleaned_data
    when = {"starts_at": asked["starts_at"], "ends_at": asked["ends_at"]}
    if "wait" in request.POST:
        waiting = wait_for_room(request.user, asked["room"], _agenda(asked), **when)
        return _done(request, waiting, _("已排队，会议室一空出来就通知您。"))
    meeting = book_meeting(request.user, asked["room"], _agenda(asked), **when)
    booked = meeting.status == Meeting.Status.BOOKED
    return _done(request, meeting, _("已预订。") if booked else _("已提交，等待批准。"))


def _book_series(
    request: PageRequest, asked: dict[str, Any], plan: list[PlannedMeeting]
) -> HttpResponse:
    dates = set(request.POST.getlist("dates"))
    chosen = [occurrence for occurrence in plan if f"{occurrence.day}" in dates]
    meetings = book_series(
        request.user,
        asked["room"],
        _agenda(asked),
        recurrence=asked["recurrence"],
        stretches=[(occurrence.starts_at, occurrence.ends_at) for occurrence in chosen],
    )
    told = ngettext("已预订 %(count)d 次会议。", "已预订 %(count)d 次会议。", len(meetings))
    return _done(request, meetings[0], told % {"count": len(meetings)})


def _agenda(asked: dict[str, Any]) -> Agenda:
    return Agenda(**{name: asked[name] for name in AGENDA})


def _done(request: PageRequest, meeting: Meeting, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(meeting.get_absolute_url())
