"""One person's shifts and planned orders as a calendar file (RFC 5545), for the program on their phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.shared.links.actions import draw_link, revoke_links
from houqin.shared.links.models import Purpose
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift

CALENDAR_LINK = Purpose("calendar")
BACK, AHEAD = timedelta(days=30), timedelta(days=180)
# What is being added, its row, from, until, and its words by the names of RFC 5545.
Entry = tuple[str, Model, datetime, datetime, dict[str, str]]
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@transaction.atomic
def make_link(actor: User) -> str:
    """A new secret for the calendar of `actor`; an older one is worth nothing from then on."""
    return draw_link(actor, CALENDAR_LINK, actor, at=now())[1]


@transaction.atomic
def drop_link(actor: User) -> None:
    revoke_links(CALENDAR_LINK, actor, now())


def feed(user: User, host: str, at: datetime) -> bytes:
    """The calendar of `user`, from 30 days back to 180 ahead. `host` makes the UIDs unique in the world."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Houqin//Roster//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(_("%(name)s的排班") % {"name": user}))
    for key, row, start, end, words in (*_shifts(user, at), *_planned(user, at)):
        event = Event()
        event.add("uid", f"{key}-{row.pk}@{host}")
        # In UTC, so that no time zone has to be described and every program shows its own.
        for name, moment in {"dtstamp": at, "dtstart": start, "dtend": end}.items():
            event.add(name, moment.astimezone(UTC))
        for name, text in words.items():
            if text:
                event.add(name, _plain(text))
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _shifts(user: User, at: datetime) -> Iterator[Entry]:
    shifts = Shift.objects.between(at - BACK, at + AHEAD).filter(user=user)
    for shift in shifts.select_related("pattern", "place"):
        title = str(shift.pattern or shift.mark)
        words = {"summary": title, "location": shift.place.full_name}
        yield "shift", shift, shift.starts_at, shift.ends_at, words


def _planned(user: User, at: datetime) -> Iterator[Entry]:
    """The orders of `user` that have a planned time and are not off the table."""
    planned = WorkOrder.objects.filter(
        executor=user, planned_from__lt=at + AHEAD, planned_to__gt=at - BACK
    )
    planned = planned.exclude(status__in=(WorkOrder.Status.CANCELLED, WorkOrder.Status.HANDED_BACK))
    for order in planned.select_related("place").order_by("planned_from", "pk"):
        assert order.planned_from is not None
        assert order.planned_to is not None
        words = {"summary": order.title, "location": order.place.full_name}
        words |= {"description": order.number}
        yield "order", order, order.planned_from, order.planned_to, words


def _plain(words: str) -> str:
    """The text without the control characters that a calendar may not hold (RFC 5545, 3.1)."""
    return CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
