"""Who and what the house knows, looked up by the words of a foreign table. Read once for each file."""

from __future__ import annotations

from functools import cached_property

from houqin.desk.catalogue.models import Entry
from houqin.desk.intake.models import ImportedRow
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import OF_PEOPLE, Role, User
from houqin.kernel.places.models import Place
from houqin.platform.sheets.words import only_ones, plain_name
from houqin.work.teams.models import Team

IMPORTERS = frozenset({Role.COORDINATOR, Role.MANAGER})
GRADES = {
    Grade.URGENT: "urgent critical emergency 紧急 特急 加急",
    Grade.IMPORTANT: "important high 重要 高",
    Grade.ROUTINE: "routine normal medium moderate low 常规 普通 一般 中 低",
}
GRADE_WORDS = {word: grade for grade, words in GRADES.items() for word in words.split()}


class Directory:
    """What `actor` may name in a file. Every lookup answers None for words that nothing or several things
    go by."""

    def __init__(self, actor: User) -> None:
        self.actor = actor

    def entry(self, words: str) -> Entry | None:
        return self._entries.get(plain_name(words))

    def place(self, words: str) -> Place | None:
        return self._places.get(plain_name(words))

    def person(self, words: str) -> User | None:
        return self._people.get(plain_name(words))

    def team(self, words: str) -> Team | None:
        return self._teams.get(plain_name(words))

    def team_of(self, key: int) -> Team | None:
        return next((team for team in self._teams.values() if team.pk == key), None)

    def grade(self, words: str) -> Grade | None:
        """The grade by its word; numbers around it, as in “2 - High”, do not count."""
        return GRADE_WORDS.get(plain_name(words).strip("0123456789-、.()（） "))

    def may_import_at(self, place: Place) -> bool:
        """Whether the actor runs the service at `place`."""
        return any(place.path.startswith(path) for path in self._reach)

    def taken(self, external: str) -> bool:
        """Whether a demand with this external number came in before."""
        return external in self._externals

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        active = list(Entry.objects.filter(active=True).select_related("category"))
        return only_ones((entry.name, entry) for entry in active) | {
            plain_name(active_entry.code): active_entry for active_entry in active
        }

    @cached_property
    def _places(self) -> dict[str, Place]:
        places = list(Place.objects.all())
        named = only_ones((place.name, place) for place in places)
        named |= only_ones((place.full_name, place) for place in places)
        return named | {plain_name(place.code): place for place in places}

    @cached_property
    def _people(self) -> dict[str, User]:
        people = list(User.objects.filter(OF_PEOPLE, is_active=True).select_related("department"))
        return only_ones((person.name, person) for person in people) | {
            plain_name(person.username): person for person in people
        }

    @cached_property
    def _teams(self) -> dict[str, Team]:
        return only_ones((team.name, team) for team in Team.objects.all())

    @cached_property
    def _reach(self) -> list[str]:
        grants = [
            held
            for held in self.actor.grants
            if held.role in IMPORTERS and held.department_path is None
        ]
        return [grant.place_path or "" for grant in grants]

    @cached_property
    def _externals(self) -> set[str]:
        return set(ImportedRow.objects.exclude(external="").values_list("external", flat=True))
