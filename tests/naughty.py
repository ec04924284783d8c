"""The Big List of Naughty Strings, in pieces that fit a field, and the forms that they are put through."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.html import escape

NAUGHTY: list[str] = json.loads((Path(__file__).parent / "data" / "blns.json").read_text())
BETWEEN = " ¦ "


@dataclass(frozen=True)
class Case:
    """One form: who posts what to which address, and on which page it can be read afterwards.

    `texts` are the fields with the longest text that each takes; `rest` is what the form needs besides.
    """

    who: str
    url: str
    texts: dict[str, int]
    rest: dict[str, object] = field(default_factory=dict)
    shown: str = ""
    reader: str = ""

    def posts(self) -> Iterator[dict[str, str]]:
        """As many as the fullest field needs to have taken every string. No two fields of a post
        have the same text."""
        parts = {name: pieces(limit) for name, limit in self.texts.items()}
        for turn in range(max(map(len, parts.values()))):
            yield {name: texts[(turn + nth) % len(texts)] for nth, (name, texts) in enumerate(parts.items())}


def pieces(limit: int) -> list[str]:
    """The strings of at most `limit` characters, joined as long as they fit; each is in one of them."""
    packed: list[str] = []
    for text in (one for one in NAUGHTY if one.strip() and len(one) <= limit):
        joined = f"{packed[-1]}{BETWEEN}{text}" if packed else ""
        if joined and len(joined) <= limit:
            packed[-1] = joined
        else:
            packed.append(text)
    return packed


def shows(page: str, text: str) -> bool:
    """Whether the page shows exactly that text, as the form keeps it: without white space at its ends."""
    return escape(text.strip()) in page
