"""The menu of one person on one page: groups, order, pins and folds as they have arranged them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from houqin.kernel.people.models import User
from houqin.ui.shell.navigation import GROUPS, NavItem, Waiting, open_to
from houqin.ui.shell.numbers import numbers_of

PINNED: Final = "pinned"
ALWAYS_OPEN: Final = frozenset({"own", PINNED})
FEW: Final = 10  # of a menu that is no longer than this nothing starts folded
BELL: Final = "notices"  # the route that the bell leads to


@dataclass(frozen=True)
class MenuEntry:
    """A NavItem as one person sees it on one page."""

    key: str
    label: str
    icon: str
    url: str
    count: int = 0
    hot: bool = False
    current: bool = False
    primary: bool = False


@dataclass(frozen=True)
class MenuGroup:
    """Entries under one heading. `waiting` is the number of things in it, while it is folded, that somebody
    must act on."""

    key: str
    label: str
    items: list[MenuEntry]
    open: bool = True
    waiting: int = 0

    @property
    def folds(self) -> bool:
        return self.key not in ALWAYS_OPEN


class Menu:
    """What the shell draws for `user`; each number is counted once, and only where it is drawn."""

    def __init__(self, user: User, path: str = "", query: QueryDict | None = None) -> None:
        self.user = user
        self.path = path
        self.query = query or QueryDict()

    @cached_property
    def items(self) -> list[NavItem]:
        return open_to(self.user)

    @cached_property
    def keys(self) -> dict[str, list[str]]:
        """The keys of the entries of the rail by group, pins apart, as the person has arranged them."""
        rail = [item for item in self.items if item.rail]
        known = {item.key for item in rail}
        keys: dict[str, list[str]] = {
            "own": [],
            PINNED: [key for key in self._chosen(PINNED) if key in known],
        }
        loose = [item for item in rail if item.key not in keys[PINNED]]
        for group in arranged(GROUPS, self._order("groups")):
            entries = [item.key for item in loose if item.group == group]
            keys[group] = arranged(entries, self._order(group))
        return {group: entries for group, entries in keys.items() if entries}

    @cached_property
    def groups(self) -> list[MenuGroup]:
        """The rail; the entry that fits the address best is current."""
        by_key = {item.key: item for item in self.items}
        return [
            self._group(group, [by_key[key] for key in entries])
            for group, entries in self.keys.items()
        ]

    @cached_property
    def _here(self) -> NavItem | None:
        """The entry of the rail that fits the address best."""
        return self._current(item for item in self.items if item.rail)

    @cached_property
    def tabs(self) -> list[MenuEntry]:
        """The phone's bottom bar, one entry for each place that anything of theirs claims."""
        bar = self._bar()
        current = self._current(bar)
        return [
            replace(self._entry(item, current), label=str(item.tab_label or item.label))
            for item in bar
        ]

    def _bar(self) -> list[NavItem]:
        """The item of each place of the bottom bar, before others one that is their daily work."""
        roles, places = self.user.role_codes(), dict[int, NavItem]()
        for item in sorted(self.items, key=lambda item: not item.daily & roles):
            if item.tab:
                places.setdefault(item.tab, item)
        return [places[place] for place in sorted(places)]

    @cached_property
    def primary(self) -> MenuEntry | None:
        """The ＋, if an app has registered one."""
        return next((self._entry(item) for item in self.items if item.primary), None)

    @property
    def unread(self) -> int:
        """The number on the bell."""
        bell = next((item for item in self.items if item.url_name == BELL), None)
        return self.number(bell) if bell else 0

    def number(self, item: NavItem) -> int:
        """How much waits behind `item`, one of those whose number is drawn."""
        return self._numbers[item.waiting] if item.waiting else 0

    @cached_property
    def _numbers(self) -> dict[Waiting, int]:
        """All numbers that are drawn, in one query: none of an entry in a folded group that is not hot."""
        folded = {
            key
            for group, keys in self.keys.items()
            if not self._stays_open(group, keys)
            for key in keys
        }
        drawn = (item for item in self.items if item.hot or item.tab or item.key not in folded)
        asked = list(dict.fromkeys(item.waiting for item in drawn if item.waiting))
        return numbers_of(self.user, asked)

    def _group(self, key: str, items: list[NavItem]) -> MenuGroup:
        stays_open = self._stays_open(key, [item.key for item in items])
        hot = sum(self.number(item) for item in items if item.hot and not stays_open)
        return MenuGroup(
            key,
            str(GROUPS.get(key, _("常用"))),
            [self._entry(item, self._here, counted=stays_open) for item in items],
            open=stays_open,
            waiting=hot,
        )

    def _stays_open(self, group: str, keys: Sequence[str]) -> bool:
        here = self._here is not None and self._here.key in keys
        return group in ALWAYS_OPEN or here or not self.is_folded(group)

    def is_folded(self, group: str) -> bool:
        """As the person left it; a group that is not their daily work starts folded in a long menu."""
        folded: Any = self._chosen("folded", {})
        if group in folded:
            return bool(folded[group])
        roles = self.user.role_codes()
        daily = any(item.daily & roles for item in self.items if item.group == group)
        return not daily and sum(item.rail for item in self.items) > FEW

    def _entry(
        self, item: NavItem, current: NavItem | None = None, *, counted: bool = True
    ) -> MenuEntry:
        return MenuEntry(
            key=item.key,
            label=str(item.label),
            icon=item.icon,
            url=item.url,
            count=self.number(item) if counted else 0,
            hot=item.hot,
            current=item is current,
            primary=item.primary,
        )

    def _current(self, items: Iterable[NavItem]) -> NavItem | None:
        fitting = [item for item in items if self._fits(item)]
        return max(fitting, key=lambda item: len(item.url), default=None)

    def _fits(self, item: NavItem) -> bool:
        if item.query:
            asked = QueryDict(item.query).items()
            fits = all(self.query.get(key) == value for key, value in asked)
            return self.path == item.page and fits
        return self.path == item.page or (item.page != "/" and self.path.startswith(item.page))

    def _chosen(self, name: str, otherwise: Any = ()) -> Any:
        return (self.user.menu or {}).get(name, otherwise)

    def _order(self, group: str) -> Sequence[str]:
        order: Sequence[str] = self._chosen("order", {}).get(group, ())
        return order


def arranged(keys: Iterable[str], order: Sequence[str]) -> list[str]:
    """`keys` in the person's `order`; what is not in it comes after, as it was."""
    places = {key: place for place, key in enumerate(order)}
    return sorted(keys, key=lambda key: places.get(key, len(places)))
