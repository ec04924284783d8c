"""Who comes, who does not, and who gets the room then."""

from datetime import timedelta

import pytest

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.people.handover import HANDINGS
from houqin.kernel.timekeeping import now, turned_to
from houqin.kernel.trail.models import Event
from houqin.lines.rooms.actions import (
    Agenda,
    approve_meeting,
    cancel_meeting,
    check_in,
    confirm_meeting,
    end_early,
    wait_for_room,
)
from houqin.lines.rooms.models import Meeting
from houqin.lines.rooms.samples import at, room
from houqin.lines.rooms.sweeps import finish_meetings, lapse_waiting, release_no_shows
from houqin.lines.rooms.tests.test_booking import book
from houqin.platform.notices.models import Notice
from houqin.shared.bookings.sweeps import free_lapsed
from houqin.ui.worklist import waiting_for
from tests.racing import kinds, race

S = Meeting.Status
MINUTE = timedelta(minutes=1)


def wait(actor, where, start, end, subject="面谈"):
    return wait_for_room(actor, where, Agenda(subject), starts_at=at(start), ends_at=at(end))


def state(meeting):
    return Meeting.objects.get(pk=meeting.pk).status


def sweep_all():
    return [
        release_no_shows(now()),
        finish_meetings(now()),
        free_lapsed(now()),
        lapse_waiting(now()),
    ]


# start 14:00, release after 15 minutes: book-070, 072, 074 of LibreBooking (GPL-3.0, facts only)
@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-11, "签到从 11-23 13:50 开始"), (-10, ""), (14, ""), (60, "会议时间已过")],
)
def test_one_checks_in_from_ten_minutes_before_until_the_end(cast, minutes, words):
    meeting = book(cast.wu, room(cast), 14, 15, attendees=[cast.wang])
    with turned_to(at(14) + minutes * MINUTE):
        if words:
            with pytest.raises(Refused, match=words):
                check_in(cast.wu, meeting)
        else:
            check_in(cast.wang, meeting)  # whoever is invited may
    assert state(meeting) == (S.BOOKED if words else S.RUNNING)


def test_a_stranger_checks_nobody_in(cast):
    meeting = book(cast.wu, room(cast), 14, 15)
    with turned_to(at(14)), pytest.raises(NotAllowed):
        check_in(cast.meng, meeting)


def test_nobody_comes_and_whoever_waits_longest_is_asked(cast):
    where = room(cast)
    missed = book(cast.wu, where, 14, 16)
    first, second = wait(cast.meng, where, 14, 15), wait(cast.xu, where, 14.5, 15.5)
    with turned_to(at(14) + 14 * MINUTE):
        assert sweep_all()[0] == 0
    with turned_to(at(14) + 15 * MINUTE):
        assert sweep_all()[0] == 1
        assert [state(each) for each in (missed, first, second)] == [
            S.RELEASED,
            S.OFFERED,
            S.WAITING,
        ]
        told = Notice.objects.get(user=cast.meng)
        assert (told.event.name, told.urgent) == ("meeting.offered", True)
        first.refresh_from_db()
        assert first.starts_at == at(14) + 15 * MINUTE  # what has passed is left out
        confirm_meeting(cast.meng, first)
    assert state(first) == S.BOOKED
    with turned_to(at(14) + 29 * MINUTE):
        assert sweep_all()[0] == 0  # they have their own quarter of an hour to come
    with turned_to(at(14) + 30 * MINUTE):
        sweep_all()
    assert [state(each) for each in (first, second)] == [S.RELEASED, S.OFFERED]


def test_an_offer_that_nobody_takes_goes_to_the_next(cast):
    where = room(cast)
    meeting = book(cast.wu, where, 14, 15)
    first, second = wait(cast.meng, where, 14, 15), wait(cast.xu, where, 14, 15)
    cancel_meeting(cast.wu, meeting)
    assert [state(each) for each in (first, second)] == [S.OFFERED, S.WAITING]
    with pytest.raises(Refused):
        book(cast.lin, where, 14, 15)
    with turned_to(now() + 15 * MINUTE):
        sweep_all()
    assert [state(each) for each in (first, second)] == [S.LAPSED, S.OFFERED]
    with pytest.raises(Refused, match="已过期"):
        confirm_meeting(cast.meng, Meeting.objects.get(pk=first.pk))


def test_a_room_that_is_given_back_early_goes_to_whoever_waits_for_the_rest(cast):
    where = room(cast)
    meeting = book(cast.wu, where, 14, 16)
    waiting = wait(cast.meng, where, 15, 16)
    with turned_to(at(14)):
        check_in(cast.wu, meeting)
    with turned_to(at(14.5)):
        end_early(cast.wu, meeting)
        book(cast.xu, where, 14.5, 15)
    assert [state(each) for each in (meeting, waiting)] == [S.ENDED, S.OFFERED]


def test_waiting_is_for_rooms_that_are_taken_and_ends_when_it_is_too_late(cast):
    where = room(cast)
    with pytest.raises(Refused, match="直接预订"):
        wait(cast.meng, where, 14, 15)
    meeting = book(cast.wu, where, 14, 15)
    waiting = wait(cast.meng, where, 14, 15)
    with turned_to(at(14)):
        check_in(cast.wu, meeting)
    with turned_to(at(15)):
        sweep_all()
    assert [state(each) for each in (meeting, waiting)] == [S.ENDED, S.LAPSED]


def test_a_room_without_check_in_is_never_taken_away(cast):
    meeting = book(cast.wu, room(cast, "茶室", needs_check_in=False), 14, 15)
    with turned_to(at(15)):
        assert sweep_all()[:2] == [0, 1]
    assert state(meeting) == S.ENDED


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_a_check_in_and_a_release_at_one_moment_one_counts(cast):
    where = room(cast)
    for nth in range(4):
        meeting = book(cast.wu, where, 11 + nth, 11.5 + nth)
        with turned_to(meeting.release_at):
            own = Meeting.objects.get(pk=meeting.pk)
            outcomes = race(
                2,
                lambda turn, own=own: release_no_shows(now()) if turn else check_in(cast.wu, own),
            )
        assert kinds(outcomes) <= {Refused}
        held = bool(meeting.holds.held())
        assert (state(meeting), held) in {(S.RUNNING, True), (S.RELEASED, False)}


def test_the_meetings_of_whoever_leaves_pass_to_a_successor(cast):
    meeting = book(cast.wu, room(cast), 14, 15, attendees=[cast.meng])
    (kind,) = [handing for handing in HANDINGS.values() if handing.key == "meetings"]
    assert list(kind.of(cast.wu)) == [meeting]
    kind.pass_on(cast.lin, meeting, to=cast.meng, reason="离职")
    assert list(kind.of(cast.meng)) == [meeting]
    cancel_meeting(cast.meng, Meeting.objects.get())
    event = Event.objects.about(meeting).get(name="meeting.passed_on")
    assert (event.actor, event.facts["to"]) == (cast.lin, "孟工")


def test_what_waits_is_on_the_worklist_of_whom_it_waits_for(cast):
    asked = book(cast.wu, room(cast, "董事会议室", needs_approval=True), 14, 15, subject="接待")
    book(cast.wu, room(cast), 11, 12, subject="周会", attendees=[cast.wang])

    def tasks(user):
        return [(task.verb, task.title) for task in waiting_for(user, now()).tasks]

    assert tasks(cast.chen) == [("批准", "接待")]
    assert tasks(cast.wang) == []
    with turned_to(at(11)):
        assert tasks(cast.wang) == tasks(cast.wu) == [("签到", "周会")]
    approve_meeting(cast.chen, asked)
    assert tasks(cast.chen) == []
