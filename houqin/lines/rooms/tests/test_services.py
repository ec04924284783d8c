"""Tea, name cards and cleaning are demands that follow their meeting."""

from datetime import timedelta

import pytest

from houqin.desk.catalogue.models import Entry
from houqin.desk.demands.actions import dispatch_demand, grade_demand
from houqin.desk.demands.models import Demand
from houqin.kernel.timekeeping import now, turned_to
from houqin.kernel.trail.models import Event
from houqin.lines.rooms.actions import (
    approve_meeting,
    cancel_meeting,
    change_meeting,
    check_in,
    end_early,
    move_meeting,
)
from houqin.lines.rooms.samples import at, room
from houqin.lines.rooms.sweeps import raise_near_services, release_no_shows
from houqin.lines.rooms.tests.test_booking import book
from houqin.platform.notices.models import Notice

MINUTE = timedelta(minutes=1)


def entries(*codes):
    return list(Entry.objects.filter(code__in=codes))


def wanted():
    """When each service is wanted, by its code."""
    return dict(Demand.objects.values_list("entry__code", "wanted_at"))


def test_services_are_due_by_the_meeting_and_move_with_it(cast):
    services = entries("tea", "name_cards", "meeting_cleaning")
    meeting = book(cast.wu, room(cast), 14, 15, days=1, people=8, services=services)
    tea = Demand.objects.get(entry__code="tea")
    assert (tea.title, tea.requester, tea.answers["people"]) == ("茶歇 · 周会", cast.wu, 8)
    assert wanted() == {
        "tea": at(13.75, days=1),
        "name_cards": at(13.5, days=1),
        "meeting_cleaning": at(15.5, days=1),
    }
    grade_demand(cast.chen, tea, grade="routine")
    dispatch_demand(cast.chen, tea, executor=cast.wang)
    there = room(cast, "305 会议室", place=cast.far_room)
    move_meeting(cast.wu, meeting, room=there, starts_at=at(16, days=2), ends_at=at(18, days=2))
    assert wanted() == {
        "tea": at(15.75, days=2),
        "name_cards": at(15.5, days=2),
        "meeting_cleaning": at(18.5, days=2),
    }
    event = Event.objects.about(tea).get(name="demand.retimed")
    assert (event.actor, event.facts["why"]) == (cast.wu, meeting.number)
    assert Notice.objects.filter(event=event, user=cast.wang).exists()
    assert Demand.objects.get(pk=tea.pk).place == cast.far_room


@pytest.mark.parametrize("given_out", [False, True])
def test_services_are_called_off_with_the_meeting_however_far_they_are(cast, given_out):
    meeting = book(cast.wu, room(cast), 14, 15, days=1, services=entries("tea"))
    tea = Demand.objects.get()
    if given_out:
        grade_demand(cast.chen, tea, grade="routine")
        dispatch_demand(cast.chen, tea, executor=cast.wang)
    cancel_meeting(cast.wu, meeting, reason="客户不来了")
    assert Demand.objects.get().status == "cancelled"


def test_a_meeting_far_ahead_asks_the_desk_when_it_is_near(cast):
    book(cast.wu, room(cast), 14, 15, days=10, services=entries("tea"))
    assert raise_near_services(now()) == 0
    with turned_to(at(14, days=7)):
        assert [raise_near_services(now()), raise_near_services(now())] == [1, 0]
    assert wanted() == {"tea": at(13.75, days=10)}


def test_a_meeting_that_is_not_certain_asks_for_nothing(cast):
    boardroom = room(cast, "董事会议室", needs_approval=True)
    meeting = book(cast.wu, boardroom, 14, 15, services=entries("tea"))
    assert not wanted()
    approve_meeting(cast.chen, meeting)
    assert wanted() == {"tea": at(13.75)}


def test_what_is_added_or_left_out_later_is_asked_for_or_called_off(cast):
    meeting = book(cast.wu, room(cast), 14, 15, services=entries("tea"))
    change_meeting(cast.wu, meeting, subject="周会", people=4, services=entries("name_cards"))
    states = dict(Demand.objects.values_list("entry__code", "status"))
    assert states == {"tea": "cancelled", "name_cards": "submitted"}


def test_cleaning_comes_earlier_when_the_meeting_ends_and_nobody_cleans_where_nobody_came(cast):
    services = entries("meeting_cleaning")
    ends_early = book(cast.wu, room(cast), 14, 16, services=services)
    missed = book(cast.wu, room(cast, "305 会议室"), 14, 16, services=services)
    with turned_to(at(14)):
        check_in(cast.wu, ends_early)
    with turned_to(at(14.5)):
        end_early(cast.wu, ends_early)
        release_no_shows(now())
    first, second = (each.services.get().demand for each in (ends_early, missed))
    assert (first.wanted_at, first.status) == (at(15), "submitted")
    assert second.status == "cancelled"
