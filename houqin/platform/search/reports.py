"""Answering a question: grouped by kind, the best first, and nothing that this person may not see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.safestring import SafeString

from houqin.kernel.people.models import User
from houqin.platform.search.highlighting import excerpt, marked
from houqin.platform.search.models import Passage
from houqin.platform.search.registry import Indexed, Kind, Shown
from houqin.platform.search.tokenizer import SearchQuery


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

    The number of queries depends on the kinds alone, of which it is asked what matches anything.
    """
    groups, matched = [], _matched_types(question)
    for kind in kinds if question.terms else ():
        if isinstance(kind, Indexed):
            is_there = ContentType.objects.get_for_model(kind.model).pk in matched
            hits = _in_index(kind, user, question, most + 1) if is_there else []
        else:
            hits = [_hit(row, question) for row in kind.find(user, question.pieces, most + 1)]
        if hits:
            groups.append(HitGroup(kind, hits[:most], len(hits) > most))
    return groups


def _matched_types(question: SearchQuery) -> set[int]:
    """The content types of which anything matches: what somebody sees is asked of these alone."""
    matching = Passage.objects.matching(question).order_by()
    return set(matching.values_list("target_type", flat=True).distinct())


def _in_index(kind: Indexed, user: User, question: SearchQuery, most: int) -> list[Hit]:
    passages = _seen_passages(kind, user, question)
    best = passages.order_by("-tier", "-open", "-at", "-pk").values_list("pk", "target_id")
    chosen: dict[int, int] = {}  # a thing may be found twice: with its inner notes and without
    for pk, target in best[: 2 * most]:
        chosen.setdefault(target, pk)
    targets = list(chosen)[:most]
    things = kind.rows().in_bulk(targets)
    texts = Passage.objects.only("body", "thread").in_bulk([chosen[target] for target in targets])
    return [
        _hit(kind.shown(things[target], user), question, texts[chosen[target]])
        for target in targets
        if target in things
    ]


def _seen_passages(kind: Indexed, user: User, question: SearchQuery) -> Any:
    """Asked row by row rather than by a list of all that is visible, which for some is everything."""
    seen = Exists(kind.visible_to(user).filter(pk=OuterRef("target_id")))
    inner = Exists(kind.inner_to(user).filter(pk=OuterRef("target_id")))
    return (
        Passage.objects.of(kind.model)
        .matching(question)
        .filter(seen)
        .filter(Q(inner=False) | inner)
    )


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
