"""The shell's menu. Each app registers its own entries when it starts; the kernel knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.urls import reverse
from django.utils.functional import Promise

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User


@dataclass(frozen=True)
class NavItem:
    """One entry. `roles` empty means everyone; `count` is the number beside it and `hot` says that somebody
    must act on it; `rail=False` leaves it off the desktop rail. `tab` is its place on the phone's bottom bar,
    counted from 1 (0: not there), and `tab_label` the shorter word it has there; where two entries claim one
    place, the one that stands first has it.
    The one `primary` entry is the ＋: a button in the top bar, the round one at the foot of a phone. A
    `personal` one is open to the three administrators too, who are shown nothing else that is open to all."""

    group: str | Promise
    label: str | Promise
    icon: str
    url_name: str
    roles: frozenset[str] = frozenset()
    order: int = 100
    count: Callable[[User], int] | None = None
    tab: int = 0
    tab_label: str | Promise = ""
    hot: bool = False
    rail: bool = True
    primary: bool = False
    personal: bool = False


@dataclass(frozen=True)
class Entry:
    """A NavItem as one person sees it on one page."""

    label: str
    icon: str
    url: str
    count: int
    hot: bool
    current: bool
    primary: bool


@dataclass(frozen=True)
class Group:
    label: str
    items: list[Entry]


ITEMS: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add `item` to the menu; the same url name registered again replaces it."""
    ITEMS[item.url_name] = item


def navigation_for(user: User, path: str) -> list[Group]:
    """The rail of `user`, grouped; the entry with the longest address that `path` starts with is current."""
    open_items = [item for item in _open_to(user) if item.rail]
    current = _current(open_items, path)
    groups = groupby(open_items, key=lambda item: str(item.group))
    return [
        Group(label, [_entry(item, user, current) for item in items]) for label, items in groups
    ]


def tabs_for(user: User, path: str) -> list[Entry]:
    """The phone's bottom bar of `user`, one entry for each place that anything of theirs claims."""
    places: dict[int, NavItem] = {}
    for item in _open_to(user):
        if item.tab:
            places.setdefault(item.tab, item)
    bar = [places[place] for place in sorted(places)]
    current = _current(bar, path)
    return [
        replace(_entry(item, user, current), label=str(item.tab_label or item.label))
        for item in bar
    ]


def primary_for(user: User) -> Entry | None:
    """The ＋ of `user`, if an app has registered one."""
    return next((_entry(item, user, None) for item in _open_to(user) if item.primary), None)


def named(user: User, words: Sequence[str]) -> list[NavItem]:
    """What is open to `user` and has every one of `words` in its name; nothing is counted for it."""
    return [
        item for item in _open_to(user) if all(word in str(item.label).casefold() for word in words)
    ]


def _open_to(user: User) -> list[NavItem]:
    roles = user.role_codes()
    apart = bool(roles & ADMINISTRATORS)
    mine = [
        item
        for item in ITEMS.values()
        if (item.roles & roles if item.roles else item.personal or not apart)
    ]
    first = {str(item.group): 0 for item in mine}
    for group in first:
        first[group] = min(item.order for item in mine if str(item.group) == group)
    return sorted(mine, key=lambda item: (first[str(item.group)], str(item.group), item.order))


def _current(items: list[NavItem], path: str) -> NavItem | None:
    root = reverse("home")
    fitting = [item for item in items if _covers(reverse(item.url_name), path, root)]
    return max(fitting, key=lambda item: len(reverse(item.url_name)), default=None)


def _covers(url: str, path: str, root: str) -> bool:
    return path == url or (url != root and path.startswith(url))


def _entry(item: NavItem, user: User, current: NavItem | None) -> Entry:
    return Entry(
        label=str(item.label),
        icon=item.icon,
        url=reverse(item.url_name),
        count=item.count(user) if item.count else 0,
        hot=item.hot,
        current=item is current,
        primary=item.primary,
    )
