"""The numbers of the menu, whose SQL is kept, are those of a count made now: whatever has happened since."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.desk.demands.actions import grade_demand
from houqin.kernel.counting import COUNTED
from houqin.kernel.people.models import Absence, RoleGrant, User
from houqin.kernel.timekeeping import now, turned_to
from houqin.kernel.trail.models import Event
from houqin.lines.front_desk.samples import parcel
from houqin.platform.notices.models import Notice
from houqin.ui.shell.navigation import ITEMS
from houqin.ui.shell.numbers import numbers_of
from tests.cast import NOW, as_user, cast

__all__ = ["as_user", "cast"]

pytestmark = pytest.mark.engine
WAITING = [item.waiting for item in ITEMS.values() if item.waiting]


def the_numbers_are_right() -> dict[str, list[int]]:
    """By who looks; each is somebody who has just come to the page."""
    seen = {}
    for username in User.objects.filter(is_active=True).values_list("username", flat=True):
        kept = numbers_of(User.objects.get(username=username), WAITING)
        user = User.objects.get(username=username)
        seen[username] = [rows(user).count() for rows in WAITING]
        assert list(kept.values()) == seen[username], username
    return seen


def test_each_number_is_that_of_a_count_made_now(cast):
    told = [the_numbers_are_right()]

    def happens(step):
        step()
        told.append(the_numbers_are_right())

    happens(cast.submit)
    demand = cast.submit()
    happens(lambda: grade_demand(cast.chen, demand, grade="urgent"))
    happens(cast.order)
    happens(lambda: parcel(cast))
    happens(lambda: RoleGrant.objects.create(user=cast.wu, role="coordinator", place=cast.near))
    until = now() + timedelta(hours=30)
    away = Absence(user=cast.wang, substitute=cast.meng, starts_at=now(), ends_at=until)
    happens(away.save)
    happens(RoleGrant.objects.filter(user=cast.wu).delete)
    with turned_to(NOW + timedelta(days=400)):
        told.append(the_numbers_are_right())
    changed = [before != after for before, after in pairwise(told)]
    assert all(changed), changed


def test_who_comes_again_asks_one_query_that_is_written_already(cast):
    numbers_of(User.objects.get(pk=cast.chen.pk), WAITING)
    chen = User.objects.get(pk=cast.chen.pk)
    assert chen.grants
    cast.submit()
    with CaptureQueriesContext(connection) as queries:
        numbers = numbers_of(chen, WAITING)
    assert len(queries) == 1
    assert sum(numbers.values()) > 0


def test_a_thousand_are_999_and_more(cast, as_user):
    demand = cast.submit()
    told = [
        Event(at=NOW, name="commented", actor=cast.chen, target=demand, facts={"text": str(nth)})
        for nth in range(COUNTED + 1)
    ]
    events = Event.objects.bulk_create(told)
    Notice.objects.filter(user=cast.chen).delete()
    Notice.objects.bulk_create(
        Notice(user=cast.chen, event=event, created_at=NOW) for event in events[:COUNTED]
    )
    assert "消息，999 条未读" in as_user(cast.chen).get("/").content.decode()
    Notice.objects.create(user=cast.chen, event=events[-1], created_at=NOW)
    page = as_user(cast.chen).get("/").content.decode()
    assert "消息，999+ 条未读" in page
    assert "1000" not in page
