"""The entries of the menu. Each app registers its own when it starts; the shell knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import User

# What one does, in the order in which the menu shows it.
GROUPS: Final[Mapping[str, str | Promise]] = {
    "own": _("我的"), "desk": _("服务台"), "resources": _("资源"), "lines": _("各条线"),
    "governance": _("治理"), "insight": _("分析"), "setup": pgettext_lazy("in the menu", "设置"),
}  # fmt: skip

Waiting = Callable[[User], QuerySet[Any]]


@dataclass(frozen=True)
class NavItem:
    """One entry of the menu, in the group of that key of GROUPS.

    `roles` empty means everyone; `daily` are those whose daily work it is: for them its group starts open.
    The number of the `waiting` rows stands beside it, and `hot` says that somebody must act on them. Which
    rows they are depends on nothing but who the user is and stands in for, what they hold, and the day.
    `query` narrows the page of `url_name`. `rail=False` leaves it off the rail. `tab` is its place on the
    phone's bottom bar, counted from 1 (0: not there), and `tab_label` the shorter word it has there; of two
    entries for one place the daily one has it, else the one that stands first. The one `primary` entry is the
    ＋. A `personal` one is open to the three administrators too, who are shown nothing else that is open to
    all.
    """

    group: str
    label: str | Promise
    icon: str
    url_name: str
    roles: frozenset[str] = frozenset()
    order: int = 100
    waiting: Waiting | None = None
    daily: frozenset[str] = frozenset()
    query: str = ""
    tab: int = 0
    tab_label: str | Promise = ""
    hot: bool = False
    rail: bool = True
    primary: bool = False
    personal: bool = False

    @property
    def key(self) -> str:
        """The name under which a person pins and orders it."""
        return f"{self.url_name}?{self.query}" if self.query else self.url_name

    @cached_property
    def page(self) -> str:
        """The address of its page, without what narrows it."""
        return reverse(self.url_name)

    @property
    def url(self) -> str:
        return f"{self.page}?{self.query}" if self.query else self.page


ITEMS: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add `item` to the menu; the same key registered again replaces it.

    Raises ImproperlyConfigured for a group that the menu does not have.
    """
    if item.group not in GROUPS:
        raise ImproperlyConfigured(f"The menu has no group {item.group!r}: {item.url_name}.")
    ITEMS[item.key] = item


def open_to(user: User) -> list[NavItem]:
    """The entries that `user` may open, in the order of the house."""
    roles = user.role_codes()
    apart = bool(roles & ADMINISTRATORS)
    places = {group: place for place, group in enumerate(GROUPS)}
    items = [
        item
        for item in ITEMS.values()
        if (item.roles & roles if item.roles else item.personal or not apart)
    ]
    return sorted(items, key=lambda item: (places[item.group], item.order))


def named(user: User, words: Sequence[str]) -> list[NavItem]:
    """What is open to `user` and has every one of `words` in its name; nothing is counted for it."""
    return [
        item for item in open_to(user) if all(word in str(item.label).casefold() for word in words)
    ]
