"""Links open one thing for one purpose, until they expire, are revoked, or what they opened is gone."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache

from houqin.desk.catalogue.models import Entry
from houqin.desk.channels.actions import GUEST_LINK, report_as_guest
from houqin.kernel.people.models import the_guest
from houqin.kernel.trail.models import Event
from houqin.shared.links.actions import draw_link, open_link, revoke_link, revoke_links
from houqin.shared.links.guarding import BAD_LINKS, SENT_BY_LINK
from houqin.shared.links.models import Link, Purpose
from tests.cast import NOW
from tests.racing import race

VISIT = Purpose("visit", lasts=timedelta(days=2))
BADGE = Purpose("badge", single=False)


@pytest.fixture(autouse=True)
def nobody_has_tried():
    cache.clear()


def test_a_link_opens_its_thing_for_its_purpose_until_it_expires(cast):
    _link, token = draw_link(cast.chen, VISIT, cast.room, at=NOW)
    link = open_link(VISIT, token, NOW)
    assert (link.target, link.maker) == (cast.room, cast.chen)
    assert open_link(BADGE, token, NOW) is None
    assert open_link(VISIT, token + "x", NOW) is None
    assert open_link(VISIT, token, NOW + timedelta(days=2)) is None
    assert token not in str(list(Link.objects.values()))


def test_a_single_purpose_has_one_good_link_for_each_thing_and_keeps_the_others_to_read(cast):
    first, second = (draw_link(cast.chen, VISIT, cast.room, at=NOW)[1] for _nth in range(2))
    elsewhere = draw_link(cast.chen, VISIT, cast.far_room, at=NOW)[1]
    badges = [draw_link(cast.chen, BADGE, cast.room, at=NOW)[1] for _nth in range(2)]
    assert open_link(VISIT, first, NOW) is None
    assert open_link(VISIT, second, NOW)
    assert open_link(VISIT, elsewhere, NOW)
    assert all(open_link(BADGE, token, NOW) for token in badges)
    assert revoke_links(VISIT, cast.room, NOW) == 1
    assert open_link(VISIT, second, NOW) is None
    assert Link.objects.of(VISIT, cast.room).count() == 2


def test_a_link_to_what_is_gone_opens_nothing(cast):
    other = cast.person("sun", "孙师傅", cast.hq)
    _link, token = draw_link(cast.chen, VISIT, other, at=NOW)
    other.delete()
    assert open_link(VISIT, token, NOW) is None


def test_the_last_use_is_written_once_an_hour(cast, django_assert_num_queries):
    _link, token = draw_link(cast.chen, VISIT, cast.room, at=NOW)
    open_link(VISIT, token, NOW)
    with django_assert_num_queries(2):
        open_link(VISIT, token, NOW + timedelta(minutes=59))
    assert Link.objects.get().used_at == NOW
    open_link(VISIT, token, NOW + timedelta(hours=1))
    assert Link.objects.get().used_at == NOW + timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_many_who_use_a_link_up_one_does(cast):
    link, _token = draw_link(cast.chen, VISIT, cast.room, at=NOW)
    assert race(24, lambda _nth: revoke_link(link, NOW)).count(True) == 1


def test_who_tries_too_many_links_waits_but_a_good_one_goes_on_opening(cast, client):
    _link, token = draw_link(cast.chen, GUEST_LINK, cast.submit(), at=NOW)
    for _nth in range(BAD_LINKS.most):
        assert client.get("/follow/guessed/").status_code == 404
    assert client.get("/follow/guessed/").status_code == 429
    assert client.get("/roster/calendar/guessed.ics").status_code == 429
    assert client.get(f"/follow/{token}/").status_code == 200


def reported(cast):
    """The token of somebody without an account who has asked for something."""
    entry = Entry.objects.get(code="electrical")
    answers = {"caller": "沈工", "phone": "13800135127", "title": "灯不亮"}
    return report_as_guest(cast.room, entry, **answers)[1]


def test_by_one_link_only_so_much_is_sent(cast, client):
    token = reported(cast)
    for _nth in range(SENT_BY_LINK.most):
        assert client.post(f"/follow/{token}/comment/").status_code == 422
    assert client.post(f"/follow/{token}/comment/").status_code == 429


def test_the_actor_of_a_link_is_the_guest_whoever_is_signed_in(cast, as_user):
    token = reported(cast)
    client = as_user(cast.chen)
    assert client.post(f"/follow/{token}/comment/", {"text": "还在漏"}).status_code == 302
    event = Event.objects.get(name="demand.commented")
    assert event.actor == the_guest()
    assert get_user(client) == cast.chen
