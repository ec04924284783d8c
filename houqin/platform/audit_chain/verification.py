"""Over the seals in their order, holding one at a time against the trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from houqin.platform.audit_chain.digests import UNREADABLE, digests_between, root_of
from houqin.platform.audit_chain.models import LOWEST, Seal


class ChainProblem(NamedTuple):
    """What is wrong, in a word of `vocabulary.PROBLEMS`, with which seal, and with which event in it."""

    kind: str
    seal: int
    event: int = 0


@dataclass
class Walk:
    """Where it is: the seal that it has seen last, its root and the event that it ends with (None when that
    seal cannot be trusted). Memory stays that of one seal, however long the trail is."""

    number: int = 0
    root: str = ""
    last: int | None = LOWEST
    events: int = 0

    def go(self, most: int | None = None) -> Iterator[ChainProblem]:
        """Look at the next `most` seals (None: at all)."""
        numbers = Seal.objects.filter(number__gt=self.number).order_by("number")
        for number in list(numbers.values_list("number", flat=True)[:most]):
            yield from self._look_at(number)

    def _look_at(self, number: int) -> Iterator[ChainProblem]:
        if number != self.number + 1:
            yield ChainProblem("lost", self.number + 1)
            self.last = None
        seal = _sound(number)
        if seal is None:
            yield ChainProblem("forged", number)
            self.number, self.root, self.last = number, "", None
            return
        if self.last is not None and seal.previous != self.root:
            yield ChainProblem("torn", number)
        yield from _events(seal, self.last)
        self.number, self.root, self.last = number, seal.root, seal.last
        self.events += seal.count


def _sound(number: int) -> Seal | None:
    """The seal, if it is what its own root says."""
    try:
        seal = Seal.objects.get(pk=number)
        return seal if seal.root == root_of(seal) else None
    except UNREADABLE:
        return None


def _events(seal: Seal, after: int | None) -> Iterator[ChainProblem]:
    """What differs between the events of `seal` and the trail; `after` is where the seal before ended."""
    sealed = {int(number): digest for number, digest in map(str.split, seal.leaves.splitlines())}
    start = min(sealed, default=seal.last) - 1 if after is None else after
    for number, digest in digests_between(start, seal.last):
        if kind := _difference(digest, sealed.pop(number, None)):
            yield ChainProblem(kind, seal.number, number)
    yield from (ChainProblem("removed", seal.number, number) for number in sealed)


def _difference(digest: str, expected: str | None) -> str:
    """What became of an event since it was sealed; "" when it is as it was."""
    if expected is None:
        return "inserted"
    if not digest:
        return "unreadable"
    return "changed" if digest != expected else ""
