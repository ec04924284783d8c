"""Open lists: the lower storey says what an entry is, the app that owns one adds it in its own module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Registered:
    """One entry of an open list: its code in the database, its words, its place among the others."""

    code: str
    label: Text
    order: int = 100


E = TypeVar("E", bound=Registered)


class Registry(Generic[E]):
    """The entries of one list in their order. A code belongs to one entry."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._entries: dict[str, E] = {}

    def register(self, entry: E) -> E:
        """Add `entry`. Raises ImproperlyConfigured when another one has its code."""
        if self._entries.get(entry.code, entry) != entry:
            raise ImproperlyConfigured(f"There are two entries {entry.code} among {self.noun}.")
        self._entries[entry.code] = entry
        return entry

    def remove(self, code: str) -> None:
        """Forget an entry; for tests that added one."""
        del self._entries[code]

    def __iter__(self) -> Iterator[E]:
        return iter(sorted(self._entries.values(), key=lambda entry: entry.order))

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __getitem__(self, code: str) -> E:
        return self._entries[code]

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def codes(self) -> list[str]:
        return [entry.code for entry in self]

    def rank(self, code: str) -> int:
        """Where `code` stands among the others; one that nobody owns any more stands last."""
        return self._entries[code].order if code in self._entries else 10_000

    def choices(self) -> list[tuple[str, Text]]:
        """What a field offers."""
        return [(entry.code, entry.label) for entry in self]

    def label(self, code: str) -> str:
        """The words of `code`; a code that nobody owns any more says itself."""
        return str(self._entries[code].label) if code in self._entries else code
