"""Answering a question: grouped by kind, the best first, and nothing that this person may not see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.safestring import SafeString

from houqin.kernel.counting import count_each
from houqin.kernel.people.models import User
from houqin.platform.search.highlighting import excerpt, marked
from houqin.platform.search.models import NUMBER, Passage, PassageQuerySet
from houqin.platform.search.registry import KINDS, Indexed, Kind, Shown
from houqin.platform.search.tokenizer import SearchQuery

BEST_FIRST: Final = ("-tier", "-open", "-at", "-pk")
# Of a word that stands in very many things only what is open and the newest are ranked: reading all of them
# takes longer than anybody waits, and nobody looks further; more of the newest where too few may be seen.
# Where fewer than FEW of the first window match, the word is rare enough to look at everything.
WINDOWS: Final = (10_000, 40_000)
CANDIDATES: Final = 2_000
FEW: Final = 30


class Candidate(NamedTuple):
    """A passage that matches, and the thing it tells of."""

    target: int
    pk: int
    inner: bool


Candidates = dict[int, list[Candidate]]  # by the type of the thing


@dataclass(frozen=True)
class Hit:
    """One thing that was found, with the words that were looked for marked."""

    shown: Shown
    number: SafeString
    title: SafeString
    facts: list[SafeString]
    excerpt: SafeString


@dataclass(frozen=True)
class HitGroup:
    """What was found of one kind; `more` when there is more than was asked for."""

    kind: Kind
    hits: list[Hit]
    more: bool


def search(
    user: User, question: SearchQuery, kinds: Sequence[Kind], *, most: int
) -> list[HitGroup]:
    """At most `most` hits of each of `kinds`, the kinds that have none left out.

    The number of queries depends on the kinds and on how frequent the words are, not on the number of hits.
    """
    groups, index = [], _Index(user, question)
    for kind in kinds if question.terms else ():
        if isinstance(kind, Indexed):
            hits = index.hits(kind, most + 1)
        else:
            hits = [_hit(row, question) for row in kind.find(user, question.pieces, most + 1)]
        if hits:
            groups.append(HitGroup(kind, hits[:most], len(hits) > most))
    return groups


class _Index:
    """The passages that match one question, as one person may see them."""

    def __init__(self, user: User, question: SearchQuery) -> None:
        self.user, self.question = user, question
        self._windows: dict[int | None, Candidates] = {}

    @property
    def matching(self) -> PassageQuerySet:
        return Passage.objects.matching(self.question).order_by(*BEST_FIRST)

    def hits(self, kind: Indexed, most: int) -> list[Hit]:
        chosen: dict[int, int] = {}
        for size in self._sizes(kind):
            if len(chosen) < most:
                chosen = self._seen(kind, self._window(size)[_type_of(kind)], most)
        if len(chosen) < most and not self._is_complete:
            chosen = self._best(kind, most)
        things = kind.rows().in_bulk(chosen) if chosen else {}
        texts = Passage.objects.only("body", "thread").in_bulk(chosen.values()) if chosen else {}
        return [
            _hit(kind.shown(things[target], self.user), self.question, texts[pk])
            for target, pk in chosen.items()
            if target in things
        ]

    def _sizes(self, kind: Indexed) -> Sequence[int | None]:
        """The windows to look into for `kind`, one after the other."""
        if not self._is_frequent:
            return [None]
        return WINDOWS if _type_of(kind) in self._large else ()

    @cached_property
    def _is_frequent(self) -> bool:
        return _size(self._window(WINDOWS[0])) >= FEW

    @cached_property
    def _is_complete(self) -> bool:
        """Whether the window on everything holds all that match."""
        return not self._is_frequent and _size(self._window(None)) < CANDIDATES

    @cached_property
    def _large(self) -> set[int]:
        """The types of which there are so many that a frequent word is not looked up in all."""
        kinds = [kind for kind in KINDS.values() if isinstance(kind, Indexed)]
        counts = count_each([Passage.objects.of(kind.model) for kind in kinds], most=WINDOWS[0])
        return {
            _type_of(kind) for kind, count in zip(kinds, counts, strict=True) if count > WINDOWS[0]
        }

    def _window(self, size: int | None) -> Candidates:
        if size not in self._windows:
            self._windows[size] = self._read_window(size)
        return self._windows[size]

    def _read_window(self, size: int | None) -> Candidates:
        """The best CANDIDATES of what is open, bears the number or is among the newest `size`, of all for
        None; by the type of the thing. Nothing where there are no more than `size` in all."""
        rows: Any = self.matching.values_list("target_type", "target_id", "pk", "inner")
        by_type: Candidates = defaultdict(list)
        numbered = []
        if size is not None:
            newest = Passage.objects.order_by("-at").values_list("at", flat=True)
            oldest = newest[size : size + 1].first()
            if oldest is None:
                return by_type
            numbered = list(rows.filter(tier=NUMBER)[:CANDIDATES]) if self.question.number else []
            rows = rows.filter(Q(open=True) | Q(at__gte=oldest))
        for type_pk, target, pk, inner in dict.fromkeys([*numbered, *rows[:CANDIDATES]]):
            by_type[type_pk].append(Candidate(target, pk, inner))
        return by_type

    def _seen(self, kind: Indexed, candidates: Sequence[Candidate], most: int) -> dict[int, int]:
        """The first `most` things of `candidates` that may be seen, each with the passage that found it."""
        chosen: dict[int, int] = {}
        for part in (candidates[: 2 * most], candidates[2 * most :]):
            if part and len(chosen) < most:
                self._choose(kind, part, chosen, most)
        return chosen

    def _choose(
        self, kind: Indexed, part: Sequence[Candidate], chosen: dict[int, int], most: int
    ) -> None:
        """Add those of `part` that may be seen to `chosen`, up to `most`."""
        seen = _among(kind.visible_to(self.user), {each.target for each in part})
        inner = _among(kind.inner_to(self.user), {each.target for each in part if each.inner})
        for each in part:
            may_see = each.target in seen and (not each.inner or each.target in inner)
            if may_see and len(chosen) < most:
                chosen.setdefault(each.target, each.pk)

    def _best(self, kind: Indexed, most: int) -> dict[int, int]:
        """The first `most` things of all that match and may be seen. Asked row by row rather than by a list
        of all that is visible, which for some is everything."""
        seen = Exists(kind.visible_to(self.user).filter(pk=OuterRef("target_id")))
        inner = Exists(kind.inner_to(self.user).filter(pk=OuterRef("target_id")))
        rows = self.matching.of(kind.model).filter(seen).filter(Q(inner=False) | inner)
        chosen: dict[int, int] = {}  # found twice: with its inner notes and without
        for target, pk in rows.values_list("target_id", "pk")[: 2 * most]:
            if len(chosen) < most:
                chosen.setdefault(target, pk)
        return chosen


def _among(rows: Any, keys: set[int]) -> set[int]:
    """Which of `keys` are those of `rows`."""
    return set(rows.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def _size(candidates: Candidates) -> int:
    return sum(map(len, candidates.values()))


def _type_of(kind: Indexed) -> int:
    return ContentType.objects.get_for_model(kind.model).pk


def _hit(shown: Shown, question: SearchQuery, passage: Passage | None = None) -> Hit:
    pieces, facts = question.pieces, [str(fact) for fact in shown.facts if fact]
    seen = "\n".join([shown.number, shown.title, *facts])
    return Hit(
        shown,
        marked(shown.number, pieces),
        marked(shown.title, pieces),
        [marked(fact, pieces) for fact in facts],
        excerpt((passage.body, passage.thread), pieces, seen) if passage else SafeString(""),
    )
