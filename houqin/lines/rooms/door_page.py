"""The screen at a door, opened by its link, and the page that gives it one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from houqin.kernel.people.actions import require
from houqin.kernel.people.models import the_house
from houqin.kernel.timekeeping import now
from houqin.lines.rooms.actions import DOOR_LINK, check_in, draw_door_link, end_early
from houqin.lines.rooms.models import RUNS_ROOMS, Meeting, Room
from houqin.lines.rooms.reports import day_of
from houqin.shared.links.guarding import linked
from houqin.shared.links.models import Link
from houqin.ui.http import PageRequest

SHOWN_ONCE = "room_door_address"
SOON = timedelta(minutes=10)
VERBS = {"check_in": check_in, "end_early": end_early}


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """What is in the room now and next. Who stands there checks in and ends, in the name of the house."""
    room = linked(request, DOOR_LINK, token).target
    if not isinstance(room, Room) or not room.active:
        raise Http404
    if request.method == "POST":
        _act(room, request.POST)
        return redirect("rooms:door", token=token)
    response = render(request, "rooms/door.html", _context(room))
    response["Cache-Control"] = "private, no-cache"
    return response


def _act(room: Room, asked: QueryDict) -> None:
    """Check in to the meeting that is asked for, or end it. Raises 404 for anything else."""
    act = VERBS.get(asked.get("verb", ""))
    meeting = _at_the_door(room).get(asked.get("meeting", ""))
    if act is None or meeting is None:
        raise Http404
    act(the_house(), meeting)


def _at_the_door(room: Room) -> dict[str, Meeting]:
    """The meetings that the screen offers buttons for: the one that is there, or the next one."""
    current, following = day_of(room, now())
    return {meeting.number: meeting for meeting in (current, *following[:1]) if meeting is not None}


def _context(room: Room) -> dict[str, Any]:
    at = now()
    current, following = day_of(room, at)
    upcoming = following[0] if following else None
    soon = current is None and upcoming is not None and upcoming.starts_at - at <= SOON
    shown = current or (upcoming if soon else None)
    return {
        "room": room,
        "now": at,
        "current": current,
        "following": following[:4],
        "soon": soon,
        "shown": shown,
        "next": upcoming,
        "verbs": Meeting.FLOW.open_to(the_house(), shown) if shown else [],
        "code": _code(room),
    }


def _code(room: Room) -> str:
    """The picture of the code with which one checks in by telephone, as a data URI."""
    address = settings.SITE_URL + reverse("rooms:check_in", args=[room.code])
    code = segno.make(address, error="m")
    return str(code.svg_data_uri(scale=4, border=2, light="#fff", dark="#000"))


@require_http_methods(["GET", "HEAD", "POST"])
def door_link(request: PageRequest, code: str) -> HttpResponse:
    """A new address for the screen of a room, shown this once."""
    room = get_object_or_404(Room.objects.visible_to(request.user), code=code)
    require(request.user, RUNS_ROOMS, room.place)
    if request.method == "POST":
        token = draw_door_link(request.user, room)
        request.session[SHOWN_ONCE] = settings.SITE_URL + reverse("rooms:door", args=[token])
        return redirect("rooms:door_link", code=code)
    link = Link.objects.of(DOOR_LINK, room).good(now()).first()
    address = request.session.pop(SHOWN_ONCE, "")
    context = {"room": room, "link": link, "address": address, "now": now()}
    return render(request, "rooms/door_link.html", context)
