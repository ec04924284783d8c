"""Invitations, read by a library that did not write them, and taken in as a calendar would."""

from datetime import UTC

import pytest
import vobject
from django.core import mail

from houqin.kernel.timekeeping import now
from houqin.lines.rooms.actions import (
    book_series,
    cancel_meeting,
    change_meeting,
    move_meeting,
)
from houqin.lines.rooms.actions.booking import Agenda
from houqin.lines.rooms.samples import at, room
from houqin.lines.rooms.tests.test_booking import book
from houqin.lines.rooms.tests.test_series import weekly
from houqin.platform.notices.models import Delivery, Notice
from houqin.platform.notices.sweeps import send_mail

pytestmark = pytest.mark.engine


@pytest.fixture
def people(cast):
    for name in ("wu", "wang"):
        person = getattr(cast, name)
        person.email = f"{name}@house.example"
        person.save()
    return cast


def received(address):
    """The events of the letters to `address` that are new in its box, oldest first."""
    send_mail(now())
    letters = [letter for letter in mail.outbox if letter.to == [address]]
    mail.outbox[:] = [letter for letter in mail.outbox if letter not in letters]
    return [read(letter) for letter in letters]


def read(letter):
    """The calendar of one mail as it is sent over the wire."""
    parts = letter.message().walk()
    (part,) = [each for each in parts if each.get_content_type() == "text/calendar"]
    calendar = vobject.readOne(part.get_payload(decode=True).decode())
    assert part.get_param("method") == calendar.method.value
    return calendar


class Diary:
    """What a calendar program keeps (RFC 5546, 2.1.5): the newest of each UID by its SEQUENCE."""

    def __init__(self):
        self.events = {}

    def take(self, calendars):
        for calendar in calendars:
            event = calendar.vevent
            known = self.events.get(event.uid.value)
            if known and int(known.sequence.value) > int(event.sequence.value):
                continue
            self.events[event.uid.value] = event
            if calendar.method.value == "CANCEL":
                del self.events[event.uid.value]
        return sorted(
            (kept.dtstart.value.astimezone(UTC), kept.summary.value)
            for kept in self.events.values()
        )


def test_an_invitation_is_taken_in_moved_and_taken_out_again(people):
    outside = "guest@elsewhere.example"
    meeting = book(
        people.wu, room(people), 14, 15, subject="评审；第1轮, 终稿",
        attendees=[people.wang], emails=[outside],
    )  # fmt: skip
    diaries = {address: Diary() for address in (outside, "wang@house.example")}
    for address, diary in diaries.items():
        (invitation,) = calendars = received(address)
        event = invitation.vevent
        assert invitation.method.value == "REQUEST"
        assert event.organizer.value == "mailto:wu@house.example"
        assert {attendee.value for attendee in event.attendee_list} == {
            "mailto:wu@house.example", "mailto:wang@house.example", f"mailto:{outside}"
        }  # fmt: skip
        assert event.location.value.startswith("201 会议室")
        assert diary.take(calendars) == [(at(14), "评审；第1轮, 终稿")]
    move_meeting(people.wu, meeting, room=room(people), starts_at=at(16), ends_at=at(17))
    late = received(outside)
    assert diaries[outside].take(late) == [(at(16), "评审；第1轮, 终稿")]
    change_meeting(people.wu, meeting, subject="评审", people=3, attendees=[people.wang])
    assert diaries[outside].take(received(outside)) == []  # no longer invited
    assert diaries["wang@house.example"].take(received("wang@house.example")) == [(at(16), "评审")]
    cancel_meeting(people.wu, meeting)
    assert diaries["wang@house.example"].take(received("wang@house.example")) == []
    assert received(outside) == []


def test_a_letter_that_comes_late_does_not_undo_a_newer_one(people):
    meeting = book(people.wu, room(people), 14, 15, attendees=[people.wang])
    first = received("wang@house.example")
    move_meeting(people.wu, meeting, room=room(people), starts_at=at(16), ends_at=at(17))
    second = received("wang@house.example")
    assert Diary().take(second + first) == [(at(16), "周会")]


def test_each_meeting_of_a_series_is_an_event_of_its_own(people):
    where = room(people)
    recurrence, plan = weekly(where)
    stretches = [(occurrence.starts_at, occurrence.ends_at) for occurrence in plan]
    agenda = Agenda("例会", attendees=[people.wang])
    meetings = book_series(people.wu, where, agenda, recurrence=recurrence, stretches=stretches)
    diary = Diary()
    assert len(diary.take(received("wang@house.example"))) == 4
    cancel_meeting(people.wu, meetings[2])
    assert [when for when, _words in diary.take(received("wang@house.example"))] == [
        at(14, days=days) for days in (1, 8, 22)
    ]


def test_a_colleague_hears_in_the_house_too_and_gets_one_mail(people):
    book(people.wu, room(people), 14, 15, attendees=[people.wang, people.zhao])
    told = Notice.objects.filter(event__name="meeting.invited")
    assert {notice.user for notice in told} == {people.wang, people.zhao}
    assert Delivery.objects.filter(notice__user=people.wang).count() == 0
    assert len(received("wang@house.example")) == 1
