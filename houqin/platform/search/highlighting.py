"""What is found, with the words that were looked for marked. Safe by construction: every piece of text is
escaped on its own, whatever anybody has written into it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

AROUND = 36  # characters of context on each side


def marked(text: str, pieces: Sequence[str]) -> SafeString:
    """`text` with every one of `pieces` in <mark>."""
    cut = _pattern(pieces).split(text) if pieces else [text]
    parts = (
        format_html("<mark>{}</mark>" if nth % 2 else "{}", part) for nth, part in enumerate(cut)
    )
    return SafeString("".join(parts))


def excerpt(texts: Sequence[str], pieces: Sequence[str], shown: str) -> SafeString:
    """The stretch of a line of `texts` around the first of `pieces` that is not in what is `shown` already;
    "" when there is none."""
    hidden = [piece for piece in pieces if piece not in shown.casefold()]
    pattern = _pattern(hidden) if hidden else None
    for line in (line for text in texts for line in text.splitlines() if pattern):
        if pattern and (match := pattern.search(line)):
            return marked(_stretch(line, match), pieces)
    return SafeString("")


def _stretch(line: str, match: re.Match[str]) -> str:
    """The line around `match`, with … where it is cut."""
    start, end = max(match.start() - AROUND, 0), match.end() + AROUND
    words = " ".join(line[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(line) else ''}"


def _pattern(pieces: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(pieces, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, longest_first))})", re.IGNORECASE)
