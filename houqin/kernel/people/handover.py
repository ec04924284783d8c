"""What somebody has in hand and another can take over: every app registers its kinds, so that whoever leaves
leaves nothing behind that nobody looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from houqin.kernel.people.models import User

Words = str | Promise


@dataclass(frozen=True)
class Handing:
    """One kind of things in hand. `of(person)` are theirs, in order; `reach(actor)` narrows those of another
    to what `actor` runs; `pass_on(actor, thing, to=…, reason=…)` gives one to a successor as it stands, by
    its own rules; `unfit(to)` says why somebody cannot take any, "" when they can. `line(thing)` is what a
    list shows of one: an address or "", and words."""

    key: str
    title: Words
    asks: Words  # the label of the field for the successor
    of: Callable[[User], QuerySet[Any]]
    reach: Callable[[User], Q]
    pass_on: Callable[..., None]
    line: Callable[[Any], tuple[str, str]]
    unfit: Callable[[User], str] = lambda to: ""


HANDINGS: dict[str, Handing] = {}


def hand(kind: Handing) -> Handing:
    HANDINGS[kind.key] = kind
    return kind
