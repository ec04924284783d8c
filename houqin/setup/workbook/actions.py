"""Taking in what a workbook says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.trail.actions import record
from houqin.platform.sheets.columns import SheetRow
from houqin.platform.sheets.importer import RowRefused
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.words import several
from houqin.setup.directory.actions import (
    close_place,
    restore_person,
    save_department,
    save_person,
    save_place,
)
from houqin.setup.directory.models import RoleWish
from houqin.setup.workbook.columns import SHEETS
from houqin.setup.workbook.people import KnownPeople
from houqin.work.teams.models import Member, Team


@transaction.atomic
def take_rows(actor: User, file: ImportFile, *, rows: Sequence[SheetRow], at: datetime) -> None:
    """Write what the good rows of a workbook say, in their order.

    Roles are only asked for: the security administrator grants them.
    """
    _Taking(actor, KnownPeople.read(), at).take(rows)
    changed = Counter(row.sheet.key for row in rows if row.what != "same")
    counts = {sheet.key: changed[sheet.key] for sheet in SHEETS}
    record(actor, "book.taken", file, at=at, name=file.name, **counts)


class _Taking:
    """Writes rows in order; `known` grows with what is written."""

    def __init__(self, actor: User, known: KnownPeople, at: datetime) -> None:
        self.actor, self.known, self.at = actor, known, at

    def take(self, rows: Sequence[SheetRow]) -> None:
        writers = {"places": self.place, "departments": self.department, "people": self.person}
        for row in rows:
            if row.what == "same":
                continue
            try:
                writers[row.sheet.key](row)
            except Refused as error:
                raise RowRefused(row, str(error)) from error

    def place(self, row: SheetRow) -> None:
        code = row["code"].casefold()
        there = self.known.places.get(code)
        if there:
            there.refresh_from_db()
            if there.closed:
                close_place(self.actor, there, closed=False)
        kind = self.known.kinds[row["kind"].casefold()]
        values = {"name": row["name"], "code": there.code if there else row["code"], "kind": kind}
        parent = self._above(row, there, self.known.places)
        self.known.places[code] = save_place(self.actor, there, parent=parent, **values)

    def department(self, row: SheetRow) -> None:
        code = row["code"].casefold()
        there = self.known.departments.get(code)
        if there:
            there.refresh_from_db()
        parent = self._above(row, there, self.known.departments)
        values = {"name": row["name"], "code": there.code if there else row["code"]}
        self.known.departments[code] = save_department(self.actor, there, parent=parent, **values)

    def _above(self, row: SheetRow, there: Any, nodes: dict[str, Any]) -> Any:
        """The parent that the row names, else the one that the node has."""
        return (
            nodes[row["parent"].casefold()]
            if row["parent"]
            else there and type(there).objects.get_parent(there)
        )

    def _team(self, row: SheetRow) -> Team:
        """The team of that name; a new one where there is none."""
        key = row["team"].casefold()
        if key not in self.known.teams:
            place, _over = self.known.where(row)
            assert place  # check_person has asked for one
            self.known.teams[key] = Team.objects.create(name=row["team"], place=place)
        return self.known.teams[key]

    def person(self, row: SheetRow) -> None:
        there = self.known.people.get(row["username"].casefold())
        department = self.known.departments.get(row["department"].casefold())
        values = _values_of(row, there) | {
            "department": department or (there.department if there else None)
        }
        person = save_person(self.actor, there, **values)
        if not person.is_active:
            restore_person(self.actor, person)
        self._ask_for_roles(row, person)
        self._put_in_team(row, person)

    def _ask_for_roles(self, row: SheetRow, person: User) -> None:
        for role, place, department in self.known.wishes_of(row):
            if not self.known.holds(person, role, place, department):
                wish = RoleWish(user=person, role=role, place=place, department=department)
                wish.asked_by, wish.asked_at = self.actor, self.at
                wish.save(force_insert=True)

    def _put_in_team(self, row: SheetRow, person: User) -> None:
        if not row["team"]:
            return
        member, _made = Member.objects.get_or_create(team=self._team(row), user=person)
        if wanted := [self.known.skills[word.casefold()] for word in several(row["skills"])]:
            member.skills.set(wanted)


def _values_of(row: SheetRow, there: User | None) -> dict[str, Any]:
    """What the row says of somebody; an empty cell leaves what is there."""
    values = {key: row[key] or getattr(there, key, "") for key in ("phone", "email")}
    username = there.username if there else row["username"]
    return values | {"name": row["name"], "username": username}
