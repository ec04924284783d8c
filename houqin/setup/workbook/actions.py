"""Bringing a workbook, and taking in what it says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require_everywhere
from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.platform.files.names import clean_name
from houqin.setup.directory.actions import (
    close_place,
    restore_person,
    save_department,
    save_person,
    save_place,
)
from houqin.setup.directory.models import RoleWish
from houqin.setup.permissions import RUNS_ACCOUNTS
from houqin.setup.workbook.models import Book
from houqin.setup.workbook.people import Known, several
from houqin.setup.workbook.plan import Plan, make_plan
from houqin.setup.workbook.rows import Row
from houqin.work.teams.models import Member, Team


@transaction.atomic
def bring_book(actor: User, *, upload: UploadedFile[bytes]) -> Book:
    """Keep a workbook until it is taken in; nothing else is written. Raises NotAllowed, and Refused for one
    that cannot be read."""
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    content = upload.read()
    make_plan(content)
    book = Book(
        name=clean_name(upload.name or ""), content=content, uploaded_by=actor, uploaded_at=at
    )
    book.save()
    record(actor, "book.brought", book, at=at, name=book.name)
    return book


@transaction.atomic
def take_book(actor: User, book: Book, *, leave_out: bool) -> Plan:
    """Write what a workbook says, all of it or nothing; `leave_out` leaves out the rows with problems.

    Roles are only asked for: the security administrator grants them. Raises NotAllowed, and Refused for a
    workbook that was taken in already, or has problems that nobody has agreed to leave out.
    """
    at = now()
    require_everywhere(actor, RUNS_ACCOUNTS)
    if not Book.objects.filter(pk=book.pk, done_at=None).update(done_at=at):
        raise Refused(_("这个文件已经导入过了；要再更新，请重新上传。"))
    plan = make_plan(bytes(book.content))
    if plan.wrong and not leave_out:
        raise Refused(
            _("还有 %(count)d 行有错，请改好再上传，或选择跳过这些行。") % {"count": plan.wrong}
        )
    _Taking(actor, plan.known, at).take(plan)
    book.done_at, book.outcome, book.content = at, plan.counts(), b""
    book.save(update_fields=["outcome", "content"])
    said = {key: counts["new"] + counts["changed"] for key, counts in book.outcome.items()}
    record(actor, "book.taken", book, at=at, name=book.name, **said)
    return plan


class _Taking:
    """Writes the rows of a plan in order; `known` grows with what is written."""

    def __init__(self, actor: User, known: Known, at: datetime) -> None:
        self.actor, self.known, self.at = actor, known, at

    def take(self, plan: Plan) -> None:
        for key, write in (
            ("places", self.place),
            ("departments", self.department),
            ("people", self.person),
        ):
            for row in plan.good(key):
                if plan.what[id(row)] != "same":
                    write(row)

    def place(self, row: Row) -> None:
        code = row["code"].casefold()
        there = self.known.places.get(code)
        if there:
            there.refresh_from_db()
            if there.closed:
                close_place(self.actor, there, closed=False)
        kind = self.known.kinds[row["kind"].casefold()]
        said = {"name": row["name"], "code": there.code if there else row["code"], "kind": kind}
        parent = self._above(row, there, self.known.places)
        self.known.places[code] = save_place(self.actor, there, parent=parent, **said)

    def department(self, row: Row) -> None:
        code = row["code"].casefold()
        there = self.known.departments.get(code)
        if there:
            there.refresh_from_db()
        parent = self._above(row, there, self.known.departments)
        said = {"name": row["name"], "code": there.code if there else row["code"]}
        self.known.departments[code] = save_department(self.actor, there, parent=parent, **said)

    def _above(self, row: Row, there: Any, nodes: dict[str, Any]) -> Any:
        """The parent that the row names, else the one that the node has."""
        return (
            nodes[row["parent"].casefold()]
            if row["parent"]
            else there and type(there).objects.get_parent(there)
        )

    def person(self, row: Row) -> None:
        there = self.known.people.get(row["username"].casefold())
        department = self.known.departments.get(row["department"].casefold())
        said: dict[str, Any] = {
            "name": row["name"],
            "phone": row["phone"] or (there.phone if there else ""),
            "email": row["email"] or (there.email if there else ""),
            "department": department or (there.department if there else None),
            "username": there.username if there else row["username"],
        }
        person = save_person(self.actor, there, **said)
        if not person.is_active:
            restore_person(self.actor, person)
        self._ask_for_roles(row, person)
        self._put_in_team(row, person)

    def _ask_for_roles(self, row: Row, person: User) -> None:
        place, over = self.known.where(row)
        for role in self.known.roles_of(row):
            at = (None, over) if role == Role.HEAD else (place, None)
            if (
                person.pk,
                role,
                *(one.pk if one else None for one in at),
            ) not in self.known.held:
                RoleWish.objects.create(
                    user=person,
                    role=role,
                    place=at[0],
                    department=at[1],
                    asked_by=self.actor,
                    asked_at=self.at,
                )

    def _put_in_team(self, row: Row, person: User) -> None:
        if not row["team"]:
            return
        key = row["team"].casefold()
        team = self.known.teams.get(key)
        if team is None:
            place, _over = self.known.where(row)
            assert place  # check_person has asked for one
            team = self.known.teams[key] = Team.objects.create(name=row["team"], place=place)
        member, _made = Member.objects.get_or_create(team=team, user=person)
        if wanted := [self.known.skills[word.casefold()] for word in several(row["skills"])]:
            member.skills.set(wanted)
