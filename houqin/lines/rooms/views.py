"""The pages beside the card: the grid, the search for a free room, the booking form, check-in, the use."""

from __future__ import annotations

from datetime import date, timedelta
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
from houqin.lines.rooms.models import RUNS_ROOMS, Meeting, Room
from houqin.lines.rooms.policies import TIDYING
from houqin.lines.rooms.reports import day_of, use_of_rooms
from houqin.ui.http import PageRequest

WEEK = "week"


@require_safe
def grid(request: PageRequest) -> HttpResponse:
    """All rooms over a day, or one room over a week."""
    at = now()
    today = timezone.localtime(at).date()
    day = _day(request.GET.get("day", ""), today)
    rooms = list(Room.objects.visible_to(request.user).in_use().with_all())
    chosen = next((each for each in rooms if each.code == request.GET.get("room")), None)
    week = request.GET.get("span") == WEEK
    if week:
        chosen = chosen or next(iter(rooms), None)
        pairs = [(chosen, of_week) for of_week in _week_of(day)] if chosen else []
    else:
        pairs = [(room, day) for room in rooms]
    now_slot = slot_of(today, at)
    context = {
        "lanes": lanes(request.user, pairs, at),
        "hours": hours(),
        "rooms": rooms,
        "room": chosen,
        "week": week,
        "day": day,
        "days": [one for _room, one in pairs] if week else [day],
        "today": today,
        "now": at,
        "urls": _urls(day, today, chosen if week else None),
        "now_slot": now_slot if 0 < now_slot < SLOTS else None,
        **_register(request.user),
    }
    return render(request, "rooms/grid.html", context)


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
    form = FreeRoomForm(request.GET or None, actor=request.user, initial=_begin())
    rooms = None
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        large = Room.objects.visible_to(request.user).in_use()
        rooms = (
            large.seating(asked["people"], asked["features"])
            .free(asked["starts_at"], asked["ends_at"] + TIDYING.span(now()))
            .with_all()
        )
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "rooms/free.html", {"form": form, "rooms": rooms}, status=status)


def _begin() -> dict[str, str]:
    day, starts, ends = next_half_hour(now())
    return {"day": f"{day:%Y-%m-%d}", "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}


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
    open_time = sum((row.open for row in rows), timedelta())
    used = sum((row.used for row in rows), timedelta())
    meetings, no_shows = sum(row.meetings for row in rows), sum(row.no_shows for row in rows)
    context = {
        "rows": rows,
        "month": month,
        "today": today,
        "meetings": meetings,
        "no_shows": no_shows,
        "before": (month - timedelta(days=1)).replace(day=1),
        "after": (month + timedelta(days=32)).replace(day=1),
        "occupancy": round(100 * used / open_time) if open_time else 0,
        "no_show_rate": round(100 * no_shows / (meetings + no_shows)) if meetings + no_shows else 0,
        "hours": round(used / timedelta(hours=1), 1),
    }
    return render(request, "rooms/use.html", context)
