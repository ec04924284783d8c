from types import SimpleNamespace

import pytest

from houqin.ui.shell import navigation
from houqin.ui.shell.navigation import NavItem, navigation_for, primary_for, register, tabs_for

pytestmark = pytest.mark.urls("houqin.ui.tests.gallery.urls")


@pytest.fixture(autouse=True)
def empty_menu(monkeypatch):
    monkeypatch.setattr(navigation, "ITEMS", {})


def person(*roles):
    return SimpleNamespace(role_codes=lambda: set(roles))


def test_groups_and_entries_stand_in_order():
    register(NavItem("台账", "库存", "box", "search", order=80))
    register(NavItem("", "首页", "home", "home", order=1))
    register(NavItem("服务台", "队列", "inbox", "form", order=20))
    register(NavItem("服务台", "审核", "check", "signin", order=10))
    groups = navigation_for(person(), "/")
    assert [group.label for group in groups] == ["", "服务台", "台账"]
    assert [item.label for item in groups[1].items] == ["审核", "队列"]


def test_an_entry_opens_only_to_its_roles():
    register(NavItem("", "审核", "check", "form", roles=frozenset({"coordinator"})))
    assert navigation_for(person("technician"), "/") == []
    assert len(navigation_for(person("coordinator"), "/")) == 1


def test_exactly_the_nearest_entry_is_current_and_home_only_at_home():
    register(NavItem("", "首页", "home", "home", order=1))
    register(NavItem("", "表单", "inbox", "form", order=2))
    items = navigation_for(person(), "/form/XQ-1/")[0].items
    assert [item.current for item in items] == [False, True]
    assert [item.current for item in navigation_for(person(), "/elsewhere/")[0].items] == [
        False,
        False,
    ]


def test_the_primary_entry_is_on_the_tabs_and_off_the_rail():
    register(NavItem("", "新需求", "plus", "form", tab=3, rail=False, primary=True))
    register(NavItem("", "首页", "home", "home", tab=1, count=lambda user: 3, hot=True))
    assert [group.label for group in navigation_for(person(), "/")] == [""]
    assert {item.label: item.count for item in tabs_for(person(), "/")} == {"新需求": 0, "首页": 3}
    plus = primary_for(person())
    assert plus
    assert plus.label == "新需求"


def test_of_two_entries_for_one_place_on_the_tabs_the_first_has_it():
    register(NavItem("", "新需求", "plus", "form", tab=3, order=1))
    register(NavItem("", "需求队列", "inbox", "search", tab=2, order=20, tab_label="待办"))
    register(
        NavItem("", "我的工单", "list", "me", tab=2, order=10, roles=frozenset({"technician"}))
    )
    assert [item.label for item in tabs_for(person(), "/")] == ["待办", "新需求"]
    assert [item.label for item in tabs_for(person("technician"), "/")] == ["我的工单", "新需求"]
