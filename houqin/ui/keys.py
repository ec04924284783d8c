"""What single keys do, for the page that `?` opens. An app adds the keys of its own pages in `pages`."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from houqin.kernel.registry import Text

Keys = tuple[tuple[str, ...], Text]

EVERYWHERE: tuple[Keys, ...] = (
    (("?",), _("看这张表")),
    (("/",), _("搜索")),
    (("j", "k"), _("下一行、上一行")),
    (("Enter",), _("打开光标所在的一行")),
    (("Esc",), _("关掉对话框或菜单；在一个事项上，回到列表")),
    (("x",), _("勾选光标所在的一行；Shift 加点击勾选一段")),
)
_of_apps: dict[str, tuple[Keys, ...]] = {}


def register_keys(page: str, *keys: Keys) -> None:
    """Say what keys do on `page`, a name that is used once; saying it again replaces it."""
    _of_apps[page] = keys


def all_keys() -> Iterator[Keys]:
    """Those of every page, then those of particular ones."""
    yield from EVERYWHERE
    for keys in _of_apps.values():
        yield from keys
