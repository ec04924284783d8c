from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict

from houqin.ui.shell import menu, navigation
from houqin.ui.shell.menu import FEW, Menu
from houqin.ui.shell.navigation import NavItem, register

pytestmark = pytest.mark.urls("houqin.ui.tests.gallery.urls")
PLACES = ("home", "form", "search", "signin", "me", "notices", "set_theme", "signout")


@pytest.fixture(autouse=True)
def empty_menu(monkeypatch):
    monkeypatch.setattr(navigation, "ITEMS", {})

    def numbers_of(user, waiting):
        """The numbers themselves, as no rows are at hand."""
        return {number: number(user) for number in waiting}

    monkeypatch.setattr(menu, "numbers_of", numbers_of)


def person(*roles, **menu):
    return SimpleNamespace(role_codes=lambda: set(roles), menu=menu)


def labels(menu):
    return {group.key: [item.label for item in group.items] for group in menu.groups}


def a_long_menu(**more):
    """More entries than a short menu has, in 我的, and one in 分析."""
    for nth in range(FEW):
        register(NavItem("own", f"第 {nth} 项", "box", "home", query=f"n={nth}"))
    register(NavItem("insight", "看板", "chart-bar", "form", **more))


def test_groups_stand_in_the_order_of_the_house_and_entries_in_their_own():
    register(NavItem("resources", "库存", "box", "search", order=80))
    register(NavItem("own", "首页", "home", "home", order=1))
    register(NavItem("desk", "队列", "inbox", "form", order=20))
    register(NavItem("desk", "审核", "check", "signin", order=10))
    expected = {"own": ["首页"], "desk": ["审核", "队列"], "resources": ["库存"]}
    assert labels(Menu(person())) == expected
    assert list(labels(Menu(person()))) == list(expected)


def test_an_entry_of_a_group_that_the_menu_does_not_have_is_refused():
    with pytest.raises(ImproperlyConfigured):
        register(NavItem("服务台", "队列", "inbox", "form"))


def test_an_entry_opens_only_to_its_roles():
    register(NavItem("desk", "审核", "check", "form", roles=frozenset({"coordinator"})))
    assert Menu(person("technician")).groups == []
    assert len(Menu(person("coordinator")).groups) == 1


def test_exactly_the_nearest_entry_is_current_and_home_only_at_home():
    register(NavItem("own", "首页", "home", "home", order=1))
    register(NavItem("own", "表单", "inbox", "form", order=2))
    register(NavItem("own", "我的表单", "inbox", "form", query="view=mine", order=3))

    def current(path, query=""):
        items = Menu(person(), path, QueryDict(query)).groups[0].items
        return [item.label for item in items if item.current]

    assert current("/form/XQ-1/") == ["表单"]
    assert current("/form/") == ["表单"]
    assert current("/form/", "view=mine&q=a") == ["我的表单"]
    assert current("/elsewhere/") == []


def test_the_primary_entry_is_on_the_tabs_and_off_the_rail():
    register(NavItem("own", "新需求", "plus", "form", tab=3, rail=False, primary=True))
    register(NavItem("own", "首页", "home", "home", tab=1, waiting=lambda user: 3, hot=True))
    menu = Menu(person())
    assert labels(menu) == {"own": ["首页"]}
    assert {item.label: item.count for item in menu.tabs} == {"新需求": 0, "首页": 3}
    assert menu.primary
    assert menu.primary.label == "新需求"


def test_of_two_entries_for_one_place_on_the_tabs_the_daily_one_has_it():
    register(NavItem("own", "新需求", "plus", "form", tab=3, order=1))
    register(NavItem("own", "我的需求", "ticket", "me", tab=2, order=20))
    register(
        NavItem(
            "desk", "队列", "inbox", "search", tab=2, tab_label="待办", daily=frozenset({"lead"})
        )
    )
    assert [item.label for item in Menu(person()).tabs] == ["我的需求", "新需求"]
    assert [item.label for item in Menu(person("lead")).tabs] == ["待办", "新需求"]


def test_of_a_long_menu_the_groups_that_are_not_daily_work_start_folded():
    a_long_menu(daily=frozenset({"manager"}))
    assert [group.open for group in Menu(person()).groups] == [True, False]
    assert all(group.open for group in Menu(person("manager")).groups)
    assert all(group.open for group in Menu(person(folded={"insight": False})).groups)


def test_the_group_of_the_page_is_open_however_it_was_left():
    a_long_menu()
    left = person(folded={"insight": True})
    assert [group.open for group in Menu(left, "/form/").groups] == [True, True]
    assert [group.open for group in Menu(left, "/notices/").groups] == [True, False]


def test_a_number_is_asked_for_once_and_in_a_folded_group_only_where_somebody_must_act():
    asked = []

    def count(user):
        asked.append(user)
        return 2

    a_long_menu(waiting=count)
    register(NavItem("own", "首页", "home", "search", tab=1, waiting=count))
    menu = Menu(person())
    assert [item.count for item in menu.groups[0].items][-1] == menu.tabs[0].count == 2
    assert (menu.groups[1].items[0].count, menu.groups[1].waiting) == (0, 0)
    assert len(asked) == 1
    navigation.ITEMS.clear()
    a_long_menu(waiting=count, hot=True)
    assert Menu(person()).groups[1].waiting == 2


def test_pinned_entries_stand_at_the_top_in_their_own_order_and_no_longer_in_their_group():
    for nth, name in enumerate(PLACES[:4]):
        register(NavItem("desk" if nth else "own", name, "box", name, order=nth))
    menu = Menu(person(pinned=["search", "form", "gone"], order={"desk": ["signin"]}))
    assert labels(menu) == {"own": ["home"], "pinned": ["search", "form"], "desk": ["signin"]}
    assert list(labels(menu)) == ["own", "pinned", "desk"]


def test_what_is_new_in_an_ordered_group_comes_last():
    for name in ("form", "search", "signin"):
        register(NavItem("desk", name, "box", name))
    assert labels(Menu(person(order={"desk": ["signin", "form"]}))) == {
        "desk": ["signin", "form", "search"]
    }
