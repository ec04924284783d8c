"""Keeping the index: within the transaction of what happened, so that nothing is ever found too late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet

from houqin.kernel.search.models import COLUMNS, Passage
from houqin.kernel.search.registry import KINDS, Indexed, Text, indexed
from houqin.kernel.search.words import number_words, phone_words, words_of
from houqin.kernel.trail.models import Event
from houqin.kernel.trail.vocabulary import SAYINGS

BATCH = 500
KEY = ["target_type", "target_id", "inner"]
WRITTEN = ["number", "open", "at", "stale", "body", "thread", *COLUMNS]
Key = tuple[int, int]


def index_event(event: Event) -> None:
    """The reaction to every event: index what it happened to, and what tells of that in its own thread."""
    target = event.target
    kind = indexed(type(target)) if target else None
    if kind and target:
        index(target)
        for other in kind.also(target):
            index(other)


@transaction.atomic
def index(*things: models.Model) -> None:
    """Write what can be found of `things`, which are all of one kind; what is of no kind is let be."""
    kind = indexed(type(things[0])) if things else None
    if kind is None:
        return
    pks = [thing.pk for thing in things]
    # Locked before the events are read: of two that happen at once, the second then reads the first too.
    held = Passage.objects.of(kind.model).filter(target_id__in=pks).order_by("pk").select_for_update()
    before = {(one.target_id, one.inner): one for one in held}
    found = list(kind.rows().filter(pk__in=pks))
    fresh = list(_passages(kind, found))
    changed = [one for one in fresh if _differs(one, before.get((one.target_id, one.inner)))]
    if changed:
        Passage.objects.bulk_create(changed, update_conflicts=True, unique_fields=KEY, update_fields=WRITTEN)


@transaction.atomic
def mark_stale(rows: QuerySet[Any]) -> None:
    """What is indexed of `rows` names something that has another name now; a sweep indexes it again."""
    Passage.objects.of(rows.model).filter(target_id__in=rows.order_by().values("pk")).update(stale=True)


def index_stale() -> int:
    """Index again some of what is stale, the oldest first; how many passages that were."""
    stale = list(Passage.objects.filter(stale=True).order_by("pk").select_related("target_type")[:BATCH])
    by_type: dict[ContentType, set[int]] = defaultdict(set)
    for passage in stale:
        by_type[passage.target_type].add(passage.target_id)
    for content_type, pks in by_type.items():
        model: Any = content_type.model_class()
        things = list(model._default_manager.filter(pk__in=pks))
        index(*things)
        gone = pks - {thing.pk for thing in things}
        Passage.objects.filter(target_type=content_type, target_id__in=gone).delete()
    return len(stale)


def index_all() -> Iterator[tuple[str, int]]:
    """Index everything anew, batch by batch; yields each kind with how many there were."""
    for kind in KINDS.values():
        if isinstance(kind, Indexed):
            yield kind.kind, _index_kind(kind)


def _index_kind(kind: Indexed) -> int:
    gone = Passage.objects.of(kind.model).exclude(target_id__in=kind.model.objects.values("pk"))
    gone.delete()
    last, done = 0, 0
    while batch := list(kind.model.objects.filter(pk__gt=last).order_by("pk").only("pk")[:BATCH]):
        index(*batch)
        last, done = batch[-1].pk, done + len(batch)
    return done


def _passages(kind: Indexed, things: Sequence[Any]) -> Iterator[Passage]:
    content_type = ContentType.objects.get_for_model(kind.model)
    told = {thing.pk: [_key(one) for one in kind.about(thing)] for thing in things}
    notes = _notes([key for keys in told.values() for key in keys])
    for thing in things:
        said = sorted((one for key in told[thing.pk] for one in notes[key]), reverse=True)
        texts = [[note for _pk, inner, note in said if inner is secret] for secret in (False, True)]
        text = kind.text(thing, *texts)
        yield _passage(content_type, thing.pk, text, inner=False)
        if text.inner:
            yield _passage(content_type, thing.pk, text, inner=True)


def _key(thing: models.Model) -> Key:
    return ContentType.objects.get_for_model(thing).pk, thing.pk


def _notes(keys: Iterable[Key]) -> dict[Key, list[tuple[int, bool, str]]]:
    """What people wrote in the events of those things, as the timeline shows it: (event, inner, note)."""
    by_type: dict[int, list[int]] = defaultdict(list)
    for type_pk, pk in keys:
        by_type[type_pk].append(pk)
    chosen = Q(pk__in=[])
    for type_pk, pks in by_type.items():
        chosen |= Q(target_type=type_pk, target_id__in=pks)
    notes: dict[Key, list[tuple[int, bool, str]]] = defaultdict(list)
    spoken = {name: saying for name, saying in SAYINGS.items() if saying.note and not saying.quiet}
    events = Event.objects.filter(chosen, name__in=spoken)
    for pk, type_pk, target, name, facts in events.values_list(
        "pk", "target_type", "target_id", "name", "facts"
    ):
        if note := str(facts.get(spoken[name].note) or ""):
            notes[type_pk, target].append((pk, spoken[name].inner, note))
    return notes


def _passage(content_type: ContentType, pk: int, text: Text, *, inner: bool) -> Passage:
    thread = "\n".join([*(text.inner if inner else ()), *text.thread])
    return Passage(
        target_type=content_type,
        target_id=pk,
        inner=inner,
        number=text.number,
        open=text.open,
        at=text.at,
        body=text.body,
        thread=thread,
        title_words=f"{number_words(text.number)} {words_of(text.title)}",
        body_words=f"{words_of(text.body)} {phone_words(*text.phones)}",
        thread_words=words_of(thread),
    )


def _differs(one: Passage, before: Passage | None) -> bool:
    return before is None or any(getattr(one, name) != getattr(before, name) for name in WRITTEN)
