"""How text is cut into words for the index, and a question into terms; the same for both databases.

Chinese has no blanks, so a run of it is cut into pairs that overlap (漏水了 → 漏水 水了 了): two characters
are found wherever they stand, and one character is found as the beginning of a pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

CJK: Final = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
PIECES: Final = re.compile(rf"([{CJK}]+)|([^\W_{CJK}]+)")
NUMBER: Final = re.compile(r"(?:([A-Za-z]{2})[- ]?)?(?:(\d{4})-(\d{1,6})|(\d{4})(\d{6})|(\d{1,6}))")
TELEPHONE: Final = re.compile(r"\+?(?:[\s()-]*\d){11,}")
SERIAL_DIGITS: Final = 6
LONGEST_WORD, LONGEST_TEXT, LONGEST_QUESTION, MOST_TERMS = 40, 20_000, 100, 8  # characters, terms


def words_of(text: str) -> str:
    """The words of `text` for the index, with blanks between; of a very long text its beginning."""
    return " ".join(_words(text[:LONGEST_TEXT]))


def _words(text: str) -> Iterator[str]:
    for chinese, word in PIECES.findall(_plain(text)):
        if chinese:
            yield from _pairs(chinese)
            yield chinese[-1]
        else:
            yield word[:LONGEST_WORD]
            if word.isdigit() and word.startswith("0"):
                yield word.lstrip("0")[:LONGEST_WORD]


def number_words(number: str) -> str:
    """The words of a number such as XQ-2026-000123: its parts, with and without zeros, and the whole."""
    whole = "".join(re.findall(r"\w+", number))
    return f"{words_of(number)} {words_of(whole)} {words_of(whole.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ'))}"


def phone_words(*phones: str) -> str:
    """The words of phone numbers: as written, without anything between the digits, and the last four."""
    words = []
    for phone in filter(None, phones):
        digits = re.sub(r"\D", "", phone)
        words += [words_of(phone), digits, digits[-4:]]
    return " ".join(words)


@dataclass(frozen=True)
class Term:
    """Words that stand side by side; with `prefix` the one word only has to begin so."""

    words: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True)
class SearchQuery:
    """What somebody typed: `terms` that all have to be found, and for each the piece to mark. `number`,
    where it reads as one, is (kind, year, serial) with "" for what was not said."""

    text: str
    terms: tuple[Term, ...]
    pieces: tuple[str, ...]
    number: tuple[str, str, int] | None

    @classmethod
    def read(cls, text: str) -> SearchQuery:
        """Anything may have been typed; what holds no letter and no digit is a question without terms."""
        asked = text.strip()[:LONGEST_QUESTION]
        if TELEPHONE.fullmatch(asked):  # rather than a list of numbers
            asked = re.sub(r"\D", "", asked)
        matches = PIECES.findall(_plain(asked))[:MOST_TERMS]
        pieces = tuple(dict.fromkeys(chinese or word for chinese, word in matches))
        number, last = _number(asked), len(pieces) - 1
        terms = [
            _term(
                piece,
                whole=bool(number) and (nth < last or (nth > 0 and len(piece) >= SERIAL_DIGITS)),
            )
            for nth, piece in enumerate(pieces)
        ]
        return cls(text, tuple(terms), pieces, number)


def _plain(text: str) -> str:
    """Wide letters narrow, capitals small."""
    return normalize("NFKC", text).casefold()


def _pairs(chinese: str) -> list[str]:
    return [chinese[start : start + 2] for start in range(len(chinese) - 1)]


def _term(piece: str, *, whole: bool) -> Term:
    """What `piece` looks for; of a number what is `whole` is looked up as it is: nobody still types it, and
    very many words begin so."""
    if PIECES.match(piece)[1]:  # type: ignore[index]  # every piece was cut by it
        return Term(tuple(_pairs(piece)), False) if len(piece) > 1 else Term((piece,), True)
    if piece.isdigit():
        piece = piece.lstrip("0") or piece
    return Term((piece[:LONGEST_WORD],), not whole)


def _number(asked: str) -> tuple[str, str, int] | None:
    match = NUMBER.fullmatch(asked)
    if not match:
        return None
    kind, year, serial, whole_year, whole_serial, alone = match.groups()
    return (kind or "").upper(), year or whole_year or "", int(serial or whole_serial or alone)
