"""What one person has in hand, how much of it another may hand over, and what was handed over lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from houqin.desk.handover.policies import TAKEN_BACK_WITHIN
from houqin.kernel.people.handover import HANDINGS, Handing
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.models import Event

SHOWN = 5


@dataclass(frozen=True)
class InHand:
    """The things of one kind that may be handed over; `beyond` counts those that lie elsewhere."""

    kind: Handing
    things: list[Any]
    beyond: int

    def lines(self) -> list[tuple[int, Any, str, str]]:
        """Key, thing, address and words of each."""
        return [(thing.pk, thing, *self.kind.line(thing)) for thing in self.things]


@dataclass(frozen=True)
class OpenWork:
    """The open work of one person, as far as whoever asks may hand it over."""

    parts: list[InHand]

    @property
    def total(self) -> int:
        return sum(len(part.things) for part in self.parts)

    @property
    def beyond(self) -> int:
        return sum(part.beyond for part in self.parts)


def open_work(actor: User, person: User) -> OpenWork:
    """One's own may all be handed over, that of others where one runs the work."""
    parts = []
    for kind in HANDINGS.values():
        every = kind.of(person)
        things = list(every if actor.pk == person.pk else every.filter(kind.reach(actor)))
        parts.append(InHand(kind, things, every.count() - len(things)))
    return OpenWork([part for part in parts if part.things or part.beyond])


def lately(person: User) -> list[Event]:
    """What was handed over of `person` and can still be taken back, the latest first."""
    events, at = Event.objects.about(person), now()
    gone = events.filter(name="user.taken_back").values_list("facts__of", flat=True)
    handed_over = events.filter(name="user.handed_over", at__gt=at - TAKEN_BACK_WITHIN.span(at))
    latest = handed_over.exclude(facts__things=None).order_by("-pk")[: SHOWN + len(gone)]
    undone = set(gone)
    return [event for event in latest if event.pk not in undone and event.facts.get("things")][
        :SHOWN
    ]
