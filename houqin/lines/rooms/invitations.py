"""Invitations that calendars take in and bring up to date (iTIP, RFC 5546)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from houqin.lines.rooms.models import Attendee, Meeting

REQUEST: Final = "REQUEST"
CANCEL: Final = "CANCEL"


def written_invitation(
    method: str, meeting: Meeting, attendees: Iterable[Attendee], at: datetime
) -> str:
    """The calendar file that says `method` of `meeting` to `attendees`.

    The UID stays for good, and SEQUENCE is the version of the meeting: it grows with each step, so that a
    calendar takes the newest, in whatever order letters arrive.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Houqin//Rooms//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(method, meeting, attendees, at))
    content: bytes = calendar.to_ical()
    return content.decode()


def _event(method: str, meeting: Meeting, attendees: Iterable[Attendee], at: datetime) -> Event:
    event = Event()
    event.add("uid", uid_of(meeting))
    event.add("sequence", meeting.version)
    moments = {"dtstamp": at, "dtstart": meeting.starts_at, "dtend": meeting.ends_at}
    for name, moment in moments.items():
        event.add(name, moment.astimezone(UTC))
    event.add("summary", meeting.subject)
    event.add("location", f"{meeting.room} {meeting.room.place.full_name}")
    event.add("description", meeting.note or meeting.number)
    event.add("url", settings.SITE_URL + meeting.get_absolute_url())
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", _organiser(meeting))
    for address in _invited(meeting, attendees):
        event.add("attendee", address, encode=False)
    return event


def _invited(meeting: Meeting, attendees: Iterable[Attendee]) -> Iterator[vCalAddress]:
    """Everybody who has an address, the organiser first."""
    if meeting.organiser.email:
        yield _organiser(meeting, ROLE="CHAIR", PARTSTAT="ACCEPTED")
    for attendee in attendees:
        if attendee.address:
            yield _attendee(attendee)


def uid_of(meeting: Meeting) -> str:
    return f"meeting-{meeting.number}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}"


def _organiser(meeting: Meeting, **parameters: str) -> vCalAddress:
    """Whoever called it; without an address of their own, the house."""
    address = meeting.organiser.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return _address(address, CN=meeting.organiser.name, **parameters)


def _attendee(attendee: Attendee) -> vCalAddress:
    return _address(
        attendee.address,
        CN=str(attendee),
        ROLE="REQ-PARTICIPANT",
        PARTSTAT="NEEDS-ACTION",
        RSVP="TRUE",
    )


def _address(address: str, **parameters: str) -> vCalAddress:
    caller = vCalAddress(f"mailto:{address}")
    for name, value in parameters.items():
        caller.params[name] = value
    return caller
