"""Keeping the index: once for each thing when the transaction of what happened to it is committed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet

from houqin.kernel.trail.messages import SAYINGS
from houqin.kernel.trail.models import Event
from houqin.platform.search.models import COLUMNS, Passage
from houqin.platform.search.registry import KINDS, Indexed, Text, indexed
from houqin.platform.search.tokenizer import number_words, phone_words, words_of

BATCH = 500
ON_CONFLICT: Any = {
    "update_conflicts": True,
    "unique_fields": ["target_type", "target_id", "inner"],
}
WRITTEN = ["number", "open", "at", "stale", "body", "thread", *COLUMNS]
Key = tuple[int, int]


class Due:
    """What happened to in a transaction, to be indexed when it has been committed. Until then it is marked as
    stale, so that whatever is not come to is left to the sweep."""

    def __init__(self) -> None:
        self.things: dict[ContentType, set[int]] = defaultdict(set)

    def add(self, things: Iterable[models.Model], at: datetime) -> None:
        marks = [
            Passage(target_type=_type_of(thing), target_id=thing.pk, at=at, stale=True)
            for thing in things
        ]
        Passage.objects.bulk_create(marks, **ON_CONFLICT, update_fields=["stale"])
        for mark in marks:
            self.things[mark.target_type].add(mark.target_id)

    def settle(self) -> None:
        for content_type, pks in self.things.items():
            stale = Passage.objects.filter(target_type=content_type, target_id__in=pks, stale=True)
            _index_again(content_type, set(stale.values_list("target_id", flat=True)))

    def __call__(self) -> None:
        self.settle()
        self.things.clear()  # it is called as often as it was added to


def index_event(event: Event) -> None:
    """The reaction to every event: what it happened to is due, and what tells of that in its own thread."""
    target = event.target
    kind = indexed(type(target)) if target else None
    if kind and target:
        due = _due() or Due()
        due.add([thing for thing in (target, *kind.also(target)) if indexed(type(thing))], event.at)
        transaction.on_commit(
            due, robust=True
        )  # each time: a savepoint that is undone takes its own with it


def index_due() -> None:
    """Index what is due in the transaction that one is in, if any."""
    if due := _due():
        due.settle()


def _due() -> Due | None:
    hooks = (
        hook for _savepoints, hook, _robust in reversed(transaction.get_connection().run_on_commit)
    )
    return next((hook for hook in hooks if isinstance(hook, Due)), None)


def index(*things: models.Model) -> None:
    """Write what can be found of `things`, which are all of one kind; what is of no kind is let be."""
    if things and (kind := indexed(type(things[0]))):
        _write(kind, [thing.pk for thing in things])


@transaction.atomic
def _write(kind: Indexed, pks: Sequence[int]) -> set[int]:
    """Write what can be found of those of `kind` with these keys; the keys that there are."""
    # Locked before the events are read: of two that happen at once, the second then reads the first too.
    held = (
        Passage.objects.of(kind.model).filter(target_id__in=pks).order_by("pk").select_for_update()
    )
    before = {(passage.target_id, passage.inner): passage for passage in held}
    things = list(kind.rows().filter(pk__in=pks))
    fresh = list(_passages(kind, things))
    changed = [
        passage
        for passage in fresh
        if _differs(passage, before.get((passage.target_id, passage.inner)))
    ]
    if changed:
        Passage.objects.bulk_create(changed, **ON_CONFLICT, update_fields=WRITTEN)
    return {passage.pk for passage in things}


@transaction.atomic
def mark_stale(rows: QuerySet[Any]) -> None:
    """What is indexed of `rows` names something that has another name now; a sweep indexes it again."""
    Passage.objects.of(rows.model).filter(target_id__in=rows.order_by().values("pk")).update(
        stale=True
    )


def index_stale() -> int:
    """Index again some of what is stale, the oldest first; how many passages that were."""
    stale = list(
        Passage.objects.filter(stale=True).order_by("pk").select_related("target_type")[:BATCH]
    )
    by_type: dict[ContentType, set[int]] = defaultdict(set)
    for passage in stale:
        by_type[passage.target_type].add(passage.target_id)
    for content_type, pks in by_type.items():
        _index_again(content_type, pks)
    return len(stale)


def _index_again(content_type: ContentType, pks: set[int]) -> None:
    """Index those; what is there no longer is found no longer."""
    kind, keys = indexed(cast("type[models.Model]", content_type.model_class())), sorted(pks)
    written = (
        _write(kind, keys[start : start + BATCH]) for start in range(0, len(keys), BATCH) if kind
    )
    if gone := pks.difference(*written):
        Passage.objects.filter(target_type=content_type, target_id__in=gone).delete()


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
    told = {thing.pk: [_key(line) for line in kind.about(thing)] for thing in things}
    notes = _notes([key for keys in told.values() for key in keys])
    for thing in things:
        lines = sorted((line for key in told[thing.pk] for line in notes[key]), reverse=True)
        texts = [
            [note for _pk, inner, note in lines if inner is secret] for secret in (False, True)
        ]
        text = kind.text(thing, *texts)
        yield _passage(content_type, thing.pk, text, inner=False)
        if text.inner:
            yield _passage(content_type, thing.pk, text, inner=True)


def _type_of(thing: models.Model) -> ContentType:
    return ContentType.objects.get_for_model(thing)


def _key(thing: models.Model) -> Key:
    return _type_of(thing).pk, thing.pk


def _notes(keys: Iterable[Key]) -> dict[Key, list[tuple[int, bool, str]]]:
    """What people wrote in the events of those things, as the timeline shows it: (event, inner, note)."""
    chosen = _about(keys)
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


def _differs(passage: Passage, before: Passage | None) -> bool:
    return before is None or any(
        getattr(passage, name) != getattr(before, name) for name in WRITTEN
    )


def _about(keys: Iterable[Key]) -> Q:
    """The events of the things with these keys."""
    by_type: dict[int, list[int]] = defaultdict(list)
    for type_pk, pk in keys:
        by_type[type_pk].append(pk)
    chosen = Q(pk__in=[])
    for type_pk, pks in by_type.items():
        chosen |= Q(target_type=type_pk, target_id__in=pks)
    return chosen
