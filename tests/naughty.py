"""The Big List of Naughty Strings, in pieces that fit a field, and the forms that they are put through."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from django.utils.html import escape

from tests.effort import EFFORT, times

NAUGHTY: list[str] = json.loads((Path(__file__).parent / "data" / "blns.json").read_text())
BETWEEN = " ¦ "
ENOUGH = times(2)  # posts of one form: each takes others, so that among them they take many strings


@dataclass(frozen=True)
class Case:
    """One form: who ("": without an account) posts what to which address, and on which page it
    can be read afterwards.

    `texts` are the fields with the longest text that each takes; `rest` is what the form needs besides;
    `answer` is the status when it was done.
    """

    who: str
    url: str
    texts: dict[str, int]
    rest: dict[str, object] = field(default_factory=dict)
    shown: str = ""
    reader: str = ""
    answer: int = 302

    def posts(self) -> Iterator[dict[str, str]]:
        """As many as the fullest field needs to have taken every string, where rows of one table share them;
        or ENOUGH of them. No two fields of a post have the same text."""
        fields = self._fields()
        turns = max(-(-len(texts) // len(names)) for names, texts in fields)
        for turn in some(range(turns), ENOUGH, seed=self.url):
            yield {
                name: texts[(turn * len(names) + nth + shift) % len(texts)]
                for shift, (names, texts) in enumerate(fields)
                for nth, name in enumerate(names)
            }

    def _fields(self) -> list[tuple[list[str], list[str]]]:
        """(names, pieces): names that differ in a number only are rows of one table and one field."""
        alike = defaultdict(list)
        for name in self.texts:
            alike[re.sub(r"\d+", "#", name)].append(name)
        return [(names, pieces(self.texts[names[0]])) for names in alike.values()]


def some(many: Sequence[Any], enough: int, *, seed: str = "") -> Sequence[Any]:
    """About `enough` of `many`, evenly spread from where `seed` says on; all of them with EFFORT=100."""
    step = 1 if EFFORT >= 100 else max(1, len(many) // enough)
    return many[crc32(seed.encode()) % step :: step]


def pieces(limit: int) -> list[str]:
    """The strings of at most `limit` characters, joined as long as they fit; each is in one of them."""
    packed: list[str] = []
    for text in (each for each in NAUGHTY if each.strip() and len(each) <= limit):
        joined = f"{packed[-1]}{BETWEEN}{text}" if packed else ""
        if joined and len(joined) <= limit:
            packed[-1] = joined
        else:
            packed.append(text)
    return packed


def shows(page: str, text: str) -> bool:
    """Whether the page shows exactly that text, as the form keeps it: without white space at its ends."""
    return escape(text.strip()) in page
