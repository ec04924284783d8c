"""The wall: seen from across the room by anybody, so that it says nothing of anybody."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.cockpit.moments import bring_up_to_date
from houqin.kernel.timekeeping import turned_to
from houqin.kernel.trail.models import Event
from houqin.shared.links.models import Link
from houqin.work.orders.actions import accept_order
from tests.cast import NOW, later


@pytest.fixture
def busy(cast):
    accept_order(
        cast.wang,
        cast.order(title="吴工的手机 13800000000 打不通", grade="urgent", phone="13800000000"),
    )
    cast.submit(cast.meng, title="孟工座位的灯", place=cast.far_room)
    cast.order(at=NOW - timedelta(days=9))
    return cast


def wall_address(client, **answers):
    page = client.post(
        "/wall/links/", {"name": "值班室东墙", "place": ""} | answers, follow=True
    ).content.decode()
    return re.search(r"http://[^/]+(/wall/[\w-]{20,}/)", page)[1]


def test_it_shows_the_load_and_the_burning_clocks_and_nothing_of_a_person(busy, as_user):
    page = as_user(busy.li).get("/wall/").content.decode()
    for words in ("最先到期的", "滨江工程班", 'data-bs-theme="dark"', "紧急 1"):
        assert words in page
    for private in (
        "吴工",
        "孟工",
        "王师傅",
        "李班长",
        "13800000000",
        "座位的灯",
        "打不通",
        'href="/demands',
    ):
        assert private not in page
    numbers = re.findall(r"<dd>([^<]+)</dd>", page)
    assert numbers[:4] == [
        "2",
        "1",
        "0",
        "1",
    ]  # open, over, to review, due today: of the near campus alone


def test_a_screen_without_an_account_shows_what_its_maker_runs_until_it_is_turned_off(
    busy, as_user, client
):
    address = wall_address(as_user(busy.lin))
    far = wall_address(as_user(busy.lin), place=busy.far.pk)
    assert Link.objects.filter(digest__contains=address.split("/")[2]).count() == 0
    client.logout()
    assert re.findall(r"<dd>([^<]+)</dd>", client.get(address).content.decode())[0] == "3"
    assert re.findall(r"<dd>([^<]+)</dd>", client.get(far).content.decode())[0] == "1"
    link = Link.objects.order_by("pk")[0]
    assert as_user(busy.lin).post(f"/wall/links/{link.pk}/revoke/").status_code == 302
    assert as_user(busy.lin).post(f"/wall/links/{link.pk}/revoke/").status_code == 409
    client.logout()
    assert (client.get(address).status_code, client.get(far).status_code) == (404, 200)
    busy.lin.is_active = False
    busy.lin.save()
    assert client.get(far).status_code == 404
    told = (
        Event.objects.filter(name__startswith="wall.").order_by("pk").values_list("name", flat=True)
    )
    assert list(told) == ["wall.linked", "wall.linked", "wall.revoked"]


def test_a_screen_that_looks_again_is_answered_only_when_something_changed(busy, client, as_user):
    address = wall_address(as_user(busy.lin))
    client.logout()
    etag = client.get(address)["ETag"]
    assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 304
    with turned_to(later(minutes=7)):
        assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_only_a_manager_turns_screens_on_and_off(busy, as_user):
    wall_address(as_user(busy.lin))
    link = Link.objects.get()
    for who, status in (("chen", 403), ("wu", 403)):
        client = as_user(getattr(busy, who))
        assert client.get("/wall/links/").status_code == status
        assert client.post(f"/wall/links/{link.pk}/revoke/").status_code == 403
    assert as_user(busy.wu).get("/wall/").status_code == 403
    assert as_user(busy.lin).post("/wall/links/", {"name": ""}).status_code == 422
    assert Link.objects.get().revoked_at is None


def test_the_wall_costs_the_same_with_few_and_with_many_rows(busy, as_user):
    client = as_user(busy.lin)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/wall/").status_code == 200
        return len([each for each in seen if "session" not in each["sql"]])

    queries()
    few = queries()
    for _each in range(3):
        busy.order(place=busy.far_room)
    bring_up_to_date()
    assert queries() == few
