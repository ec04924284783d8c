"""What a service line is. A line registers itself from its own app; no file of the desk names one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from houqin.desk.demands.models import Demand


@dataclass(frozen=True)
class Question:
    """One typed question of a catalogue entry. `kind`: text, number, yesno or choice (with `choices`)."""

    code: str
    label: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    required: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "label": self.label,
            "kind": self.kind,
            "choices": list(self.choices),
            "required": self.required,
        }


@dataclass(frozen=True)
class EntryDefault:
    """A catalogue entry as the line delivers it; the organisation may edit the row made from it."""

    code: str
    name: str
    icon: str
    hint: str = ""
    skill: str = ""
    grade: str = "routine"
    photos_needed: bool = False
    questions: tuple[Question, ...] = ()
    steps: tuple[str, ...] = ()  # what doing it takes, in order
    needs_approval: bool = False  # before it is accepted
    met_signs: bool = False  # whoever is met at the place signs when it is done


@dataclass(frozen=True)
class CategoryDefault:
    code: str
    name: str
    entries: tuple[EntryDefault, ...]


@dataclass(frozen=True)
class Fact:
    """Something the reviewer should know; `verdict` is one word, `tone` ok, warn or bad."""

    icon: str
    label: str | Promise
    text: str | Promise
    verdict: str | Promise = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class ServiceLine:
    """Everything the desk needs to know of a line.

    `facts(demand)` answers the review desk; `candidates(demand, proposals)` may reorder or replace who is
    proposed; `acceptance(demand)` returns sentences that the requester confirms by signing. `guests` opens
    the line to people without an account who scan the code of a place.
    """

    code: str
    name: str | Promise
    icon: str
    categories: tuple[CategoryDefault, ...]
    facts: Callable[[Demand], Sequence[Fact]] = field(default=lambda demand: ())
    candidates: Callable[[Demand, list[Any]], list[Any]] = field(
        default=lambda demand, proposals: proposals
    )
    acceptance: Callable[[Demand], Sequence[str]] = field(default=lambda demand: ())
    guests: bool = False


FactProvider = Callable[["Demand"], Sequence[Fact]]
LINES: dict[str, ServiceLine] = {}
FACTS: list[FactProvider] = []  # asked about every demand, whatever its line


def register(line: ServiceLine) -> None:
    """Add a line to the desk. Raises ValueError when the code is taken by another one."""
    if LINES.setdefault(line.code, line) is not line:
        raise ValueError(f"service line {line.code!r} is registered already")


def provide_facts(provider: FactProvider) -> FactProvider:
    """Let `provider` tell the review desk what it knows of any demand; a decorator."""
    FACTS.append(provider)
    return provider
