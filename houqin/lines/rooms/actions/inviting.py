"""Who is invited, and the letters by which their calendars learn of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from houqin.kernel.people.models import User
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.models import Event
from houqin.lines.rooms.invitations import CANCEL, REQUEST, written_invitation
from houqin.lines.rooms.models import Attendee, Meeting
from houqin.platform.notices.actions import notify, post_letter


def write_attendees(
    meeting: Meeting, people: Iterable[User], emails: Iterable[str]
) -> list[Attendee]:
    """Let these be invited, and nobody else; those who are no longer."""
    colleagues = {person.pk: person for person in people if person.pk != meeting.organiser_id}
    outside = {email.strip().lower() for email in emails} - {""}
    there = {_key(attendee): attendee for attendee in meeting.attendees.select_related("user")}
    gone = [row for key, row in there.items() if key not in colleagues and key not in outside]
    meeting.attendees.filter(pk__in=[attendee.pk for attendee in gone]).delete()
    people_to_add = [person for key, person in colleagues.items() if key not in there]
    _add(meeting, people_to_add, sorted(outside - there.keys()))
    return gone


def _add(meeting: Meeting, people: Iterable[User], emails: Iterable[str]) -> None:
    Attendee.objects.bulk_create(Attendee(meeting=meeting, user=person) for person in people)
    Attendee.objects.bulk_create(Attendee(meeting=meeting, email=email) for email in emails)


def _key(attendee: Attendee) -> int | str:
    """The account of a colleague, the address of somebody outside."""
    return attendee.user_id or attendee.email


@transaction.atomic
def invite(actor: User, meetings: Sequence[Meeting], at: datetime) -> None:
    """Tell everybody who is invited of the meetings as they are now; a calendar replaces what it had."""
    for meeting in meetings:
        attendees = list(meeting.attendees.select_related("user"))
        event = record(actor, "meeting.invited", meeting, at=at, **_facts(meeting))
        _send(REQUEST, meeting, attendees, event)


@transaction.atomic
def call_off(actor: User, meeting: Meeting, attendees: Iterable[Attendee], at: datetime) -> None:
    """Tell those who are not invited any more, or everybody when there is no meeting."""
    attendees = list(attendees)
    if attendees or meeting.status == Meeting.Status.CANCELLED:
        event = record(actor, "meeting.called_off", meeting, at=at, **_facts(meeting))
        _send(CANCEL, meeting, attendees, event)


def _facts(meeting: Meeting) -> dict[str, str]:
    return {"room": str(meeting.room), "when": meeting.when, "subject": meeting.subject}


def _send(method: str, meeting: Meeting, attendees: list[Attendee], event: Event) -> None:
    """A letter with the calendar file to each address; a notice in the house to each colleague."""
    colleagues = [attendee.user for attendee in attendees if attendee.user]
    notify(colleagues, event, url=meeting.get_absolute_url(), now=event.at, mail=False)
    calendar = written_invitation(method, meeting, attendees, event.at)
    for to, language in _addresses(method, meeting, attendees):
        with override(language):
            words = {"subject": _subject(method, meeting), "body": _body(meeting)}
        post_letter(event, to=to, **words, calendar=calendar, method=method, now=event.at)


def _subject(method: str, meeting: Meeting) -> str:
    words = _("会议邀请：%(subject)s") if method == REQUEST else _("会议取消：%(subject)s")
    return words % {"subject": meeting.subject}


def _body(meeting: Meeting) -> str:
    place = f"{meeting.room} · {meeting.place}"
    return "\n".join(filter(None, [meeting.subject, meeting.when, place, meeting.note]))


def _addresses(method: str, meeting: Meeting, attendees: list[Attendee]) -> list[tuple[str, str]]:
    """Where the letters go and in which language; the organiser's own calendar learns of the meeting too."""
    organiser = meeting.organiser
    whole = method == REQUEST or meeting.status == Meeting.Status.CANCELLED
    languages = {organiser.email: organiser.language} if whole and organiser.email else {}
    for attendee in attendees:
        if attendee.address:
            reader = attendee.user or organiser
            languages.setdefault(attendee.address, reader.language)
    return list(languages.items())
