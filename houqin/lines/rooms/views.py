"""The pages beside the card: the grid, the search for a free room, the booking form, check-in, the use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.lines.rooms import actions
from houqin.lines.rooms.forms import FreeRoomForm, next_half_hour
from houqin.lines.rooms.grid import SLOTS, hours, lanes, slot_of
from houqin.lines.rooms.models import RUNS_ROOMS, Meeting, Room, RoomQuerySet
from houqin.lines.rooms.policies import TIDYING
from houqin.lines.rooms.reports import RoomUse, Usage, day_of, use_of_rooms, with_photos
from houqin.ui.http import PageRequest

WEEK = "week"


@require_safe
def grid(request: PageRequest) -> HttpResponse:
    """All rooms over a day, or one room over a week."""
    at = now()
    today = timezone.localtime(at).date()
    day = _day(request.GET.get("day", ""), today)
    week = request.GET.get("span") == WEEK
    rooms = list(Room.objects.visible_to(request.user).in_use().with_all())
    chosen = _chosen(rooms, request.GET.get("room"), week)
    pairs = _pairs(rooms, chosen, day, week)
    context = {
        "lanes": lanes(request.user, pairs, at),
        "hours": hours(),
        "rooms": rooms,
        "room": chosen,
        "week": week,
        "day": day,
        "days": [each for _room, each in pairs] if week else [day],
        "today": today,
        "now": at,
        "urls": _urls(day, today, chosen if week else None),
        "now_slot": _now_slot(today, at),
        **_register(request.user),
    }
    return render(request, "rooms/grid.html", context)


def _chosen(rooms: list[Room], code: str | None, week: bool) -> Room | None:
    """The room of that code; over a week the first one where there is none."""
    named = next((room for room in rooms if room.code == code), None)
    return named or (next(iter(rooms), None) if week else None)


def _pairs(
    rooms: list[Room], chosen: Room | None, day: date, week: bool
) -> list[tuple[Room, date]]:
    """Which rooms on which days the grid shows."""
    if not week:
        return [(room, day) for room in rooms]
    return [(chosen, each) for each in _week_of(day)] if chosen else []


def _now_slot(today: date, at: datetime) -> int | None:
    """Where the grid draws the present moment, None outside its hours."""
    slot = slot_of(today, at)
    return slot if 0 < slot < SLOTS else None


def _register(user: User) -> dict[str, Any]:
    """Whether `user` keeps the rooms, and where the first one is entered."""
    runs = bool(user.role_codes() & RUNS_ROOMS)
    return {"runs": runs, "blank_url": reverse("rooms:new_room") if runs else ""}


def _week_of(day: date) -> list[date]:
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=nth) for nth in range(7)]


def _urls(day: date, today: date, room: Room | None) -> dict[str, str]:
    """Where the bar of the grid leads; with `room` over weeks, else over days."""
    step = timedelta(days=7 if room else 1)
    kept = f"&span={WEEK}&room={room.code}" if room else ""
    days = {"before": day - step, "after": day + step, "today": today}
    return {name: f"?day={target:%Y-%m-%d}{kept}" for name, target in days.items()}


def _day(asked: str, today: date) -> date:
    """The day that the address names, today where it names none; not so far away that dates end."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return day if 2000 <= day.year <= 2199 else today


@require_safe
def free_rooms(request: PageRequest) -> HttpResponse:
    """Which rooms are free then, large enough and with what is needed, the smallest first."""
    form = FreeRoomForm(request.GET or None, actor=request.user, initial=next_half_hour(now()))
    rooms = with_photos(_fitting(request.user, form.cleaned_data)) if form.is_valid() else None
    status = 422 if form.is_bound and rooms is None else 200
    return render(request, "rooms/free.html", {"form": form, "rooms": rooms}, status=status)


def _fitting(user: User, asked: dict[str, Any]) -> RoomQuerySet:
    rooms = Room.objects.visible_to(user).in_use().seating(asked["people"], asked["features"])
    return rooms.free(asked["starts_at"], asked["ends_at"] + TIDYING.span(now())).with_all()


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: PageRequest, code: str) -> HttpResponse:
    """Where the code at the door leads: whoever is invited says that they are there."""
    room = get_object_or_404(Room.objects.visible_to(request.user).in_use(), code=code)
    meetings = _about_to_begin(request, room)
    if request.method == "POST":
        meeting = get_object_or_404(meetings, number=request.POST.get("meeting", ""))
        actions.check_in(request.user, meeting)
        messages.success(request, _("已签到。"))
        return redirect(meeting.get_absolute_url())
    current, following = day_of(room, now())
    context = {
        "room": room,
        "meetings": meetings,
        "current": current,
        "following": following,
        "now": now(),
    }
    return render(request, "rooms/check_in.html", context)


def _about_to_begin(request: PageRequest, room: Room) -> Any:
    """What this person may check in to in the room within the hour."""
    at = now()
    mine = Meeting.objects.visible_to(request.user).filter(room__in=room.family())
    near = mine.filter(status=Meeting.Status.BOOKED, ends_at__gt=at)
    return near.filter(starts_at__lte=at + timedelta(hours=1)).with_all().order_by("starts_at")


@require_safe
def use(request: PageRequest) -> HttpResponse:
    """How the rooms were used in a month."""
    at = now()
    today = timezone.localtime(at).date()
    month = _day(f"{request.GET.get('month', '')}-01", today.replace(day=1))
    rows = use_of_rooms(request.user, month, at)
    context = {
        "rows": rows,
        "month": month,
        "today": today,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": (month + timedelta(days=32)).replace(day=1),
        **_totals(rows),
    }
    return render(request, "rooms/use.html", context)


def _totals(rows: list[RoomUse]) -> dict[str, Any]:
    """How all of the rooms were used together."""
    total = Usage(
        sum(row.meetings for row in rows),
        sum(row.no_shows for row in rows),
        sum((row.used for row in rows), timedelta()),
        sum((row.open for row in rows), timedelta()),
    )
    names = ("meetings", "no_shows", "occupancy", "no_show_rate", "hours")
    return {name: getattr(total, name) for name in names}
