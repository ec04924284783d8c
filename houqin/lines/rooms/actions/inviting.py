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
    there = list(meeting.attendees.select_related("user"))
    gone = [
        attendee
        for attendee in there
        if (
            attendee.user_id not in colleagues
            if attendee.user_id
            else attendee.email not in outside
        )
    ]
    meeting.attendees.filter(pk__in=[attendee.pk for attendee in gone]).delete()
    known = {attendee.user_id or attendee.email for attendee in there}
    Attendee.objects.bulk_create(
        Attendee(meeting=meeting, user=person)
        for key, person in colleagues.items()
        if key not in known
    )
    Attendee.objects.bulk_create(
        Attendee(meeting=meeting, email=email) for email in sorted(outside) if email not in known
    )
    return gone


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
            words = _("会议邀请：%(subject)s") if method == REQUEST else _("会议取消：%(subject)s")
            subject = words % {"subject": meeting.subject}
            lines = [
                meeting.subject,
                meeting.when,
                f"{meeting.room} · {meeting.place}",
                meeting.note,
            ]
        body = "\n".join(line for line in lines if line)
        post_letter(
            event, to=to, subject=subject, body=body, calendar=calendar, method=method, now=event.at
        )


def _addresses(method: str, meeting: Meeting, attendees: list[Attendee]) -> list[tuple[str, str]]:
    """Where the letters go and in which language; the organiser's own calendar learns of the meeting too."""
    organiser = meeting.organiser
    whole = method == REQUEST or meeting.status == Meeting.Status.CANCELLED
    languages = {organiser.email: organiser.language} if whole and organiser.email else {}
    for attendee in attendees:
        if attendee.address:
            languages.setdefault(
                attendee.address, attendee.user.language if attendee.user else organiser.language
            )
    return list(languages.items())
