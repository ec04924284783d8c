"""What a person does to their own menu. It is kept on the account, so that a page asks nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from houqin.kernel.people.models import User
from houqin.ui.shell.menu import PINNED, Menu


def pin_entry(actor: User, key: str) -> None:
    """Put the entry `key` last among the pinned ones at the top of the menu."""
    _keep(actor, "pinned", [*_pinned(actor, besides=key), key])


def unpin_entry(actor: User, key: str) -> None:
    """Put the entry `key` back into its group."""
    _keep(actor, "pinned", _pinned(actor, besides=key))


def move_entry(actor: User, key: str, *, by: int) -> None:
    """Move the entry `key` by so many places within its group, or among the pinned ones."""
    groups = Menu(actor).keys
    group = next((group for group, keys in groups.items() if key in keys), None)
    if group is None:
        return
    keys = _moved(groups[group], key, by)
    if group == PINNED:
        _keep(actor, "pinned", keys)
    else:
        _keep(actor, "order", actor.menu.get("order", {}) | {group: keys})


def move_group(actor: User, group: str, *, by: int) -> None:
    """Move the group by so many places among those that the person has."""
    mine = [key for key in Menu(actor).keys if key not in ("own", PINNED)]
    if group in mine:
        _keep(actor, "order", actor.menu.get("order", {}) | {"groups": _moved(mine, group, by)})


def fold_group(actor: User, group: str, *, folded: bool) -> None:
    """Leave the group folded or open from now on."""
    _keep(actor, "folded", actor.menu.get("folded", {}) | {group: folded})


def reset_menu(actor: User) -> None:
    """Give the person the menu of the house again."""
    actor.menu = {}
    actor.save(update_fields=["menu"])


def _keep(actor: User, part: str, value: Any) -> None:
    actor.menu = actor.menu | {part: value}
    actor.save(update_fields=["menu"])


def _pinned(actor: User, *, besides: str) -> list[str]:
    return [key for key in actor.menu.get(PINNED, []) if key != besides]


def _moved(keys: Sequence[str], key: str, by: int) -> list[str]:
    """`keys` with `key` that many places further, at the end at most."""
    rest = [other for other in keys if other != key]
    place = min(max(list(keys).index(key) + by, 0), len(rest))
    return [*rest[:place], key, *rest[place:]]
