"""Who gets a room, and what the house has against it."""

import pytest

from houqin.kernel.errors import NotAllowed, Refused
from houqin.kernel.timekeeping import now, turned_to
from houqin.kernel.trail.models import Event
from houqin.lines.rooms.actions import (
    Agenda,
    approve_meeting,
    book_meeting,
    cancel_meeting,
    decline_meeting,
    move_meeting,
    save_closure,
    save_room,
)
from houqin.lines.rooms.models import Meeting, Room, RoomHold
from houqin.lines.rooms.policies import TIDYING
from houqin.lines.rooms.samples import at, room
from houqin.shared.bookings.sweeps import free_lapsed
from tests.policies import put
from tests.racing import errors, kinds, race

S = Meeting.Status


def book(actor, where, start, end, *, days=0, people=4, subject="周会", **more):
    """The meeting, from `start` to `end` o'clock."""
    agenda = Agenda(subject, people=people, **more)
    return book_meeting(
        actor, where, agenda, starts_at=at(start, days=days), ends_at=at(end, days=days)
    )


def hall_of(cast):
    """A hall for 80 that divides in two."""
    hall = room(cast, "多功能厅", capacity=80)
    return (
        hall,
        room(cast, "东厅", capacity=40, whole=hall),
        room(cast, "西厅", capacity=40, whole=hall),
    )


# existing 14–16 o'clock, wanted, whether they are in each other's way: book-001 to 007 of indico (MIT)
@pytest.mark.engine
@pytest.mark.parametrize(
    ("start", "end", "conflict"),
    [(12, 13, False), (13, 15, True), (14, 16, True), (16, 17, False), (14.5, 15, True)],
)
def test_meetings_that_touch_are_not_in_each_other_s_way(cast, start, end, conflict):
    book(cast.wu, room(cast), 14, 16)
    if conflict:
        with pytest.raises(Refused, match=r"201 会议室已有 11-23 14:00–16:00 吴工的会议"):
            book(cast.meng, room(cast), start, end)
    else:
        book(cast.meng, room(cast), start, end)


# book-065 of LibreBooking (GPL-3.0, facts only): a gap as long as the buffer is enough, a shorter one is not
def test_the_room_is_kept_for_tidying_after_each_meeting(cast):
    put(TIDYING, 60)
    book(cast.wu, room(cast), 14, 15)
    with pytest.raises(Refused, match="时间重叠"):
        book(cast.meng, room(cast), 15.5, 16.5)
    book(cast.meng, room(cast), 16, 17)


@pytest.mark.parametrize(
    ("start", "end", "days", "words"),
    [
        (15, 14, 0, "结束时间要晚于开始时间"),
        (9, 10, 0, "开始时间已过"),
        (14, 14.1, 0, "会议最短 15 分钟"),
        (8, 19, 1, "会议最长 600 分钟"),
        (7, 9, 1, "开放时间是 08:00–20:00"),
        (19.5, 20.5, 1, "开放时间是"),
        (9, 10, 5, "11-28 是休息日"),  # Saturday
        (9, 10, 100, "最早提前 90 天"),
    ],
)
def test_times_against_the_rules_are_refused_with_the_reason(cast, start, end, days, words):
    with pytest.raises(Refused, match=words):
        book(cast.wu, room(cast), start, end, days=days)


def test_whoever_walks_in_books_the_slot_that_has_begun(cast):
    book(cast.wu, room(cast), 10, 11)  # it is 10:24


def test_a_room_that_is_too_small_or_retired_is_refused(cast):
    with pytest.raises(Refused, match="坐 12 人"):
        book(cast.wu, room(cast), 14, 15, people=13)
    closed = room(cast, "旧会议室", active=False)
    with pytest.raises(Refused, match="已停用"):
        book(cast.wu, closed, 14, 15)


@pytest.mark.engine
def test_a_hall_and_its_parts_keep_each_other_out(cast):
    hall, east, west = hall_of(cast)
    book(cast.wu, east, 14, 15)
    with pytest.raises(Refused, match="东厅已有"):
        book(cast.meng, hall, 14, 15, people=60)
    book(cast.meng, west, 14, 15)  # the parts do not
    book(cast.meng, hall, 15, 16, people=60)
    with pytest.raises(Refused, match="西厅已有"):
        book(cast.wu, west, 15.5, 16)
    free = Room.objects.free(at(15), at(16))
    assert not free.filter(pk__in=[hall.pk, east.pk, west.pk]).exists()
    assert set(Room.objects.free(at(16), at(17))) == {hall, east, west}


@pytest.mark.engine
def test_a_hall_that_is_divided_later_keeps_what_was_booked(cast):
    hall = room(cast, "多功能厅", capacity=80)
    book(cast.wu, hall, 14, 15)
    fields = {"code": "E", "name": "东厅", "place": cast.room, "capacity": 40, "whole": hall}
    east = save_room(cast.lin, None, changes=fields)
    with pytest.raises(Refused, match="东厅已有"):
        book(cast.meng, east, 14, 15)
    taken = room(cast, "小厅", capacity=10)
    book(cast.meng, taken, 14, 15)
    with pytest.raises(Refused, match="小厅已有"):
        save_room(cast.lin, taken, changes={"whole": hall})
    assert Room.objects.get(pk=taken.pk).whole is None
    with pytest.raises(NotAllowed):
        save_room(cast.wu, taken, changes={"name": "我的"})


def test_a_room_that_has_to_be_approved_is_kept_until_somebody_decides(cast):
    boardroom = room(cast, "董事会议室", needs_approval=True)
    asked = book(cast.wu, boardroom, 14, 15)
    assert asked.status == S.ASKED
    with pytest.raises(Refused):
        book(cast.meng, boardroom, 14, 15)
    with pytest.raises(NotAllowed):
        approve_meeting(cast.wu, asked)
    approve_meeting(cast.chen, asked)
    assert (asked.status, asked.holds.get().hold) == (S.BOOKED, "confirmed")
    assert book(cast.lin, boardroom, 16, 17).status == S.BOOKED  # who runs it asks nobody


def test_what_nobody_decides_in_time_or_is_declined_frees_the_room(cast):
    boardroom = room(cast, "董事会议室", needs_approval=True)
    first, second = book(cast.wu, boardroom, 14, 15), book(cast.wu, boardroom, 16, 17)
    decline_meeting(cast.chen, second, reason="接待外宾")
    with turned_to(at(14)):
        free_lapsed(now())
    first.refresh_from_db()
    assert (first.status, second.status) == (S.LAPSED, S.DECLINED)
    assert not RoomHold.objects.held().exists()


@pytest.mark.engine
def test_a_meeting_moves_whole_or_not_at_all(cast):
    hall, east, _west = hall_of(cast)
    meeting = book(cast.wu, east, 14, 15)
    book(cast.meng, hall, 16, 17, people=60)
    with pytest.raises(Refused, match="已有"):
        move_meeting(cast.wu, meeting, room=hall, starts_at=at(15.5), ends_at=at(16.5))
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert [hold.room for hold in meeting.holds.held()] == [east]
    move_meeting(cast.wu, meeting, room=hall, starts_at=at(14.5), ends_at=at(15.5))
    assert {hold.room.name for hold in meeting.holds.held()} == {"东厅", "西厅"}
    event = Event.objects.about(meeting).get(name="meeting.moved")
    assert event.facts["now"] == "多功能厅 2026-11-23 14:30–15:30"


def test_a_room_that_is_closed_for_a_while_lets_nobody_in(cast):
    hall, east, _west = hall_of(cast)
    meeting = book(cast.wu, east, 14, 15)
    closed = {"room": hall, "starts_at": at(13), "ends_at": at(18), "reason": "换地毯"}
    with pytest.raises(Refused, match="东厅已有"):
        save_closure(cast.lin, None, changes=closed)
    cancel_meeting(cast.wu, meeting, reason="改期")
    closure = save_closure(cast.lin, None, changes=closed)
    with pytest.raises(Refused, match="停用（换地毯）"):
        book(cast.wu, east, 14, 15)
    save_closure(cast.lin, closure, changes={"active": False})
    book(cast.wu, east, 14, 15)
    with pytest.raises(Refused):  # nor does it come back while somebody is there
        save_closure(cast.lin, closure, changes={"active": True})
    with pytest.raises(NotAllowed):
        save_closure(cast.wu, None, changes=closed)


def test_a_room_with_meetings_ahead_is_not_retired(cast):
    where = room(cast)
    meeting = book(cast.wu, where, 14, 15)
    with pytest.raises(Refused, match=meeting.number):
        save_room(cast.lin, where, changes={"active": False})
    cancel_meeting(cast.wu, meeting)
    save_room(cast.lin, where, changes={"active": False})
    assert where not in Room.objects.visible_to(cast.wu)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_two_hundred_who_book_one_slot_at_once_one_gets_it(cast):
    hall, east, _west = hall_of(cast)
    people = [cast.person(f"p{nth}", f"员工{nth}", cast.lab) for nth in range(20)]

    def attempt(nth):
        return book(people[nth % 20], hall if nth % 2 else east, 14, 14.5 + nth % 3 / 2)

    outcomes = race(200, attempt)
    assert kinds(outcomes) == {Refused}
    assert len(errors(outcomes)) == 199
    winner = Meeting.objects.get()
    assert {hold.meeting_id for hold in RoomHold.objects.held()} == {winner.pk}
    assert RoomHold.objects.count() == len(winner.room.elementary())


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_many_who_move_into_one_slot_at_once_one_does(cast):
    where = room(cast)
    meetings = [book(cast.wu, where, 11 + nth / 2, 11.5 + nth / 2) for nth in range(8)]
    outcomes = race(
        8,
        lambda nth: move_meeting(
            cast.wu, meetings[nth], room=where, starts_at=at(16), ends_at=at(17)
        ),
    )
    assert (kinds(outcomes), outcomes.count(None)) == ({Refused}, 1)
    assert RoomHold.objects.held().count() == 8
    assert Meeting.objects.filter(starts_at=at(16)).count() == 1
