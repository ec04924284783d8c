"""What can be found. Each app registers its own kinds when it starts; the kernel knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise

from houqin.kernel.people.models import User

Words = str | Promise


@dataclass(frozen=True)
class Text:
    """What is indexed of one thing. `phones` are found by their digits; `thread` and `inner` are what was
    said about it, the newest first; `inner` only reaches whom `Indexed.inner_to` names."""

    number: str
    title: str
    body: str
    at: datetime
    open: bool
    phones: Sequence[str] = ()
    thread: Sequence[str] = ()
    inner: Sequence[str] = ()


@dataclass(frozen=True)
class Shown:
    """How a thing looks when it is found; `thing` may carry a status, which is drawn in words."""

    url: str
    title: str
    number: str = ""
    facts: Sequence[Words] = ()
    thing: Any = None


@dataclass(frozen=True)
class Indexed:
    """A kind of which there are many, found through the index.

    `rows()` reads what `text` and `shown` need; `about(obj)` are the things whose events are told about it,
    and `also(obj)` those that have to be indexed with it.
    """

    kind: str
    label: Words
    icon: str
    model: Any
    rows: Callable[[], Any]
    text: Callable[[Any, Sequence[str], Sequence[str]], Text]
    shown: Callable[[Any, User], Shown]
    inner_to: Callable[[User], Any]
    about: Callable[[Any], Iterable[models.Model]] = field(default=lambda obj: [obj])
    also: Callable[[Any], Iterable[models.Model]] = field(default=lambda obj: [])
    order: int = 100

    def visible_to(self, user: User) -> Any:
        return self.model.objects.visible_to(user)


@dataclass(frozen=True)
class ListedKind:
    """A kind of which there are few, looked at as they are, so that nothing can be out of date.

    `find(user, words, most)` returns the best first; every one of `words` has to be found. `personal` kinds
    are open to the three administrators too.
    """

    kind: str
    label: Words
    icon: str
    find: Callable[[User, Sequence[str], int], Sequence[Shown]]
    personal: bool = False
    order: int = 100


Kind = Indexed | ListedKind
KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; the same name registered again replaces it."""
    KINDS[kind.kind] = kind


def indexed(model: type[models.Model]) -> Indexed | None:
    """The kind that `model` is indexed as, if it is."""
    matches = (kind for kind in KINDS.values() if isinstance(kind, Indexed) and kind.model is model)
    return next(matches, None)
