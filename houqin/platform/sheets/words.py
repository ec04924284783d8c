"""Words of foreign tables: how a head, a name or a yes may be written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

if TYPE_CHECKING:
    from houqin.platform.sheets.reading import Cell

Thing = TypeVar("Thing")
SEPARATORS: Final = re.compile(r"[\s_\-./:：（）()*＊]+")
SEVERAL: Final = re.compile(r"[、，,;；/|]")
YES: Final = frozenset({"true", "yes", "y", "1", "是", "对", "有", "√", "✓"})
NO: Final = frozenset({"false", "no", "n", "0", "否", "不", "无", "×"})


def plain_head(head: str) -> str:
    """A head without what stands between its words."""
    return SEPARATORS.sub("", head).casefold()


def plain_name(words: str) -> str:
    """Blanks and slashes between the steps of a place do not tell two names apart."""
    return "".join(words.split()).replace("/", "").casefold()


def text_of(cell: Cell) -> str:
    """As a person would write it down: 1024, not 1024.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell)


def several(cell: str) -> list[str]:
    """The words of a cell that holds more than one."""
    return [word.strip() for word in SEVERAL.split(cell) if word.strip()]


def spellings(words: str | Promise) -> set[str]:
    """How `words` are written in each language of the house, small: a sheet may have been made in any."""
    texts = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            texts.add(str(words).casefold())
    return texts


def only_ones(named: Iterable[tuple[str, Thing]]) -> dict[str, Thing]:
    """Things by their plain names; a name that several go by means none of them."""
    pairs = [(plain_name(name), thing) for name, thing in named]
    times = Counter(name for name, _thing in pairs)
    return {name: thing for name, thing in pairs if name and times[name] == 1}
