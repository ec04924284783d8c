"""The menu of real people: what they do to it, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from houqin.ui.shell.menu import Menu
from houqin.ui.shell.navigation import ITEMS

ADDRESS = "/me/menu/"


def keys(person, group):
    person.refresh_from_db()
    return Menu(person).keys[group]


def post(client, verb, key="", **options):
    return client.post(ADDRESS, {"verb": verb, "key": key}, **options)


def test_each_entry_has_an_icon_and_a_name_of_its_own(db):
    for field in ("icon", "label"):
        values = [str(getattr(item, field)) for item in ITEMS.values()]
        assert sorted(set(values)) == sorted(values)


def test_a_person_pins_orders_and_unpins_by_plain_buttons(cast, as_user):
    client = as_user(cast.chen)
    for key in ("roster:roster", "dashboard", "board:board"):
        assert post(client, "pin", key).url == ADDRESS
    assert keys(cast.chen, "pinned") == ["roster:roster", "dashboard", "board:board"]
    post(client, "up", "board:board")
    post(client, "down", "roster:roster")
    post(client, "down", "roster:roster")
    assert keys(cast.chen, "pinned") == ["board:board", "dashboard", "roster:roster"]
    post(client, "unpin", "dashboard")
    assert keys(cast.chen, "insight") == ["dashboard"]
    before = keys(cast.chen, "desk")
    post(client, "down", before[0])
    assert keys(cast.chen, "desk")[:2] == [before[1], before[0]]
    page = client.get("/").content.decode()
    assert page.index('title="派工调度"') < page.index('title="需求队列"')
    post(client, "reset")
    assert keys(cast.chen, "desk")[:2] == before[:2]
    assert cast.chen.menu == {}


def test_groups_are_folded_opened_and_moved(cast, as_user):
    client = as_user(cast.chen)
    post(client, "fold", "desk")
    post(client, "open", "setup")
    post(client, "group_up", "setup")
    menu = Menu(cast.chen.__class__.objects.get(pk=cast.chen.pk))
    state = {group.key: group.open for group in menu.groups}
    assert state == {
        "own": True,
        "desk": False,
        "resources": False,
        "setup": True,
        "lines": False,
        "insight": False,
    }
    assert list(state) == ["own", "desk", "resources", "lines", "setup", "insight"]


@pytest.mark.parametrize(
    ("verb", "key"), [("pin", "setup:people"), ("pin", ""), ("fold", "dashboard"), ("eat", "home")]
)
def test_what_is_not_in_the_own_menu_is_refused(cast, as_user, verb, key):
    assert post(as_user(cast.chen), verb, key).status_code == 422
    cast.chen.refresh_from_db()
    assert cast.chen.menu == {}


def test_with_a_script_the_changed_part_and_the_rail_come_back(cast, as_user):
    answer = post(as_user(cast.chen), "pin", "dashboard", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert 'id="rail"' in page
    assert "hx-swap-oob" in page
    assert "常用" in page


def test_the_shell_asks_the_database_no_more_however_the_menu_is_arranged(cast, as_user):
    client = as_user(cast.chen)
    client.get(ADDRESS)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    before = asked()
    # Session, person, roles (2), seven counts of open groups, one hot one of a folded group, health, unread.
    assert before <= 14
    for verb, key in (("pin", "roster:roster"), ("up", "orders:orders"), ("fold", "insight")):
        post(client, verb, key)
    assert asked() == before


def test_a_requester_begins_with_the_own_demands(cast, as_user):
    cast.submit(title="自己的事")
    cast.submit(cast.meng, title="同事的事")
    client = as_user(cast.wu)
    page = client.get("/demands/").content.decode()
    assert "自己的事" in page
    assert "同事的事" not in page
    assert '<a class="rail__item" href="/demands/?view=mine" title="我的需求" aria-current' in page
    assert [tab.label for tab in Menu(cast.wu).tabs] == [
        "首页",
        "我的需求",
        "新需求",
        "消息",
        "我的",
    ]
    assert [tab.label for tab in Menu(cast.chen).tabs] == ["首页", "待办", "新需求", "消息", "我的"]
    assert [tab.label for tab in Menu(cast.wang).tabs][1] == "我的工单"
