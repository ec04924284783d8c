"""One person's shifts and planned orders as a calendar file (RFC 5545), for the program on their phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.shared.links.actions import draw_link, revoke_links
from houqin.shared.links.models import Purpose
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import Shift

CALENDAR_LINK = Purpose("calendar")
BACK, AHEAD = timedelta(days=30), timedelta(days=180)
LINE = 75  # octets, without the line break (RFC 5545, 3.1)
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@transaction.atomic
def make_link(actor: User) -> str:
    """A new secret for the calendar of `actor`; an older one is worth nothing from then on."""
    return draw_link(actor, CALENDAR_LINK, actor, at=now())[1]


@transaction.atomic
def drop_link(actor: User) -> None:
    revoke_links(CALENDAR_LINK, actor, now())


def feed(user: User, host: str, at: datetime) -> str:
    """The calendar of `user`, from 30 days back to 180 ahead. `host` makes the UIDs unique in the world."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Houqin//Roster//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(_('%(name)s的排班') % {'name': user})}"]
    shifts = Shift.objects.between(at - BACK, at + AHEAD).filter(user=user)
    for shift in shifts.select_related("pattern", "place"):
        title = str(shift.pattern) if shift.pattern else shift.mark
        uid = f"shift-{shift.pk}@{host}"
        lines += _event(
            uid, shift.starts_at, shift.ends_at, at, summary=title, location=shift.place.full_name
        )
    planned = WorkOrder.objects.filter(
        executor=user, planned_from__lt=at + AHEAD, planned_to__gt=at - BACK
    )
    planned = planned.exclude(status__in=(WorkOrder.Status.CANCELLED, WorkOrder.Status.HANDED_BACK))
    for order in planned.select_related("place").order_by("planned_from", "pk"):
        assert order.planned_from is not None
        assert order.planned_to is not None
        lines += _event(
            f"order-{order.pk}@{host}",
            order.planned_from,
            order.planned_to,
            at,
            summary=order.title,
            location=order.place.full_name,
            description=order.number,
        )
    return "".join(
        f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line)
    )


def _event(uid: str, start: datetime, end: datetime, at: datetime, **words: str) -> list[str]:
    """Times in UTC, so that no time zone has to be described and every program shows its own."""
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_moment(at)}",
        f"DTSTART:{_moment(start)}",
        f"DTEND:{_moment(end)}",
        *(f"{name.upper()}:{_text(text)}" for name, text in words.items() if text),
        "TRANSP:OPAQUE",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): backslash, semicolon, comma and line breaks are escaped."""
    plain = CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    for letter in "\\;,":
        plain = plain.replace(letter, f"\\{letter}")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, never cut inside a character; each further piece begins with
    a blank, which counts."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
