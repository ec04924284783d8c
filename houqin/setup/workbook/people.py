"""Rows of people against what the house knows: where their words point to, and what they change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from houqin.kernel.people.administrators import ADMINISTRATORS, administrators
from houqin.kernel.people.models import OF_PEOPLE, Department, Role, RoleGrant, User
from houqin.kernel.people.roles import ROLES
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.platform.sheets.columns import SheetRow
from houqin.platform.sheets.words import several, spellings
from houqin.setup.directory.models import RoleWish
from houqin.work.teams.models import Member, Skill, Team

PLAIN: Final = ("name", "phone", "email")
Thing = TypeVar("Thing", bound=Model)


def _by(field: str, things: QuerySet[Thing]) -> dict[str, Thing]:
    return {getattr(thing, field).casefold(): thing for thing in things}


def _skills() -> dict[str, Skill]:
    """Each skill by its name and by its code."""
    skills = Skill.objects.all()
    return {word: skill for skill in skills for word in (skill.name.casefold(), skill.code)}


def _held_roles() -> set[tuple[Any, ...]]:
    """Person, role, place and department of what is granted and of what a sheet has asked for."""
    columns = ("user", "role", "place", "department")
    rows = (model.objects.values_list(*columns) for model in (RoleGrant, RoleWish))
    return set(chain(*rows))


def _mastered_skills() -> dict[tuple[int, int], set[int]]:
    """The skills of each member, by team and person."""
    members = Member.objects.prefetch_related("skills")
    return {
        (member.team_id, member.user_id): {skill.pk for skill in member.skills.all()}
        for member in members
    }


@dataclass
class KnownPeople:
    """What there is, by what a cell calls it (small), read once for a workbook."""

    places: dict[str, Place]
    departments: dict[str, Department]
    people: dict[str, User]
    teams: dict[str, Team]
    skills: dict[str, Skill]
    roles: dict[str, str]
    kinds: dict[str, str]
    reserved: set[str]  # numbers of no person: the house itself, the guest, other systems
    guarded: set[int]  # the three administrators, whose addresses no sheet changes
    held: set[
        tuple[int, str, int | None, int | None]
    ]  # person, role, place, department; or asked for
    members: dict[tuple[int, int], set[int]]  # (team, person): skills

    @classmethod
    def read(cls) -> KnownPeople:
        return cls(
            places=_by("code", Place.objects.all()),
            departments=_by("code", Department.objects.all()),
            people=_by("username", User.objects.filter(OF_PEOPLE)),
            teams=_by("name", Team.objects.all()),
            skills=_skills(),
            roles={word: role.code for role in ROLES for word in spellings(role.label)},
            kinds={word: kind.value for kind in Place.Kind for word in spellings(kind.label)},
            reserved=set(_by("username", User.objects.exclude(OF_PEOPLE))),
            guarded=set(administrators(now()).values_list("pk", flat=True)),
            held=_held_roles(),
            members=_mastered_skills(),
        )

    def what_of(self, row: SheetRow, things: Mapping[str, Any]) -> str:
        """new, changed or same. What hangs on something that only comes with this workbook is changed."""
        there = things.get(row[row.sheet.by].casefold())
        if there is None:
            return "new"
        if isinstance(there, User):
            return "changed" if self._person_changes(row, there) else "same"
        return "changed" if self._node_changes(row, there) else "same"

    def _node_changes(self, row: SheetRow, node: Place | Department) -> bool:
        if node.name != row["name"]:
            return True
        if isinstance(node, Place) and (
            node.closed or node.kind != self.kinds[row["kind"].casefold()]
        ):
            return True
        above = type(node).objects.get_parent(node)
        return (
            bool(row["parent"])
            and (above.code.casefold() if above else "") != row["parent"].casefold()
        )

    def _person_changes(self, row: SheetRow, person: User) -> bool:
        return (
            not person.is_active
            or any(row[key] and row[key] != getattr(person, key) for key in PLAIN)
            or self._department_changes(row, person)
            or any(not self.holds(person, *wish) for wish in self.wishes_of(row))
            or self._team_changes(row, person)
        )

    def _department_changes(self, row: SheetRow, person: User) -> bool:
        department = self.departments.get(row["department"].casefold())
        key = department.pk if department else None
        return bool(row["department"]) and (key is None or key != person.department_id)

    def wishes_of(self, row: SheetRow) -> Iterator[tuple[str, Place | None, Department | None]]:
        """Each role that a row asks for, with the place or the department that bounds it."""
        place, over = self.where(row)
        for role in self.roles_of(row):
            yield (role, None, over) if role == Role.HEAD else (role, place, None)

    def holds(
        self, person: User, role: str, place: Place | None, department: Department | None
    ) -> bool:
        """Whether `person` has the role within these bounds, or a sheet has asked for it."""
        bounds = (bound.pk if bound else None for bound in (place, department))
        return (person.pk, role, *bounds) in self.held

    def _team_changes(self, row: SheetRow, person: User) -> bool:
        team = self.teams.get(row["team"].casefold())
        if not row["team"]:
            return False
        mastered = self.members.get((team.pk, person.pk)) if team else None
        wanted = {self.skills[word.casefold()].pk for word in several(row["skills"])}
        return mastered is None or (bool(wanted) and wanted != mastered)

    def where(self, row: SheetRow) -> tuple[Place | None, Department | None]:
        """The place and the department that the cell names; each may be None."""
        code = row["where"].casefold()
        return self.places.get(code), self.departments.get(code)

    def roles_of(self, row: SheetRow) -> Iterator[str]:
        return (self.roles[word.casefold()] for word in several(row["roles"]))


def check_person(
    row: SheetRow, known: KnownPeople, *, places: Set[str], departments: Set[str]
) -> None:
    """Say what points nowhere. `places` and `departments` are all codes that there will be."""
    _check_account(row, known)
    if row["department"] and row["department"].casefold() not in departments:
        values = {"text": row["department"]}
        row.say(
            "department",
            _("没有编码为“%(text)s”的部门；请在“部门”表里加上它，或改正编码。") % values,
        )
    _check_roles(row, known)
    _check_where(row, known, places, departments)
    _check_skills(row, known)
    if row["skills"] and not row["team"]:
        row.say("team", _("写了工种，还要写所在的班组；没有的班组会新建。"))


def _check_account(row: SheetRow, known: KnownPeople) -> None:
    if row["username"].casefold() in known.reserved:
        row.say(
            "username", _("“%(text)s”是系统自己用的，请换一个工号。") % {"text": row["username"]}
        )
    person = known.people.get(row["username"].casefold())
    if person and person.pk in known.guarded and row["email"] not in ("", person.email):
        row.say(
            "email", _("%(name)s 是三员之一，邮箱只由本人在“登录与安全”里改。") % {"name": person}
        )


def _check_skills(row: SheetRow, known: KnownPeople) -> None:
    unknown = [word for word in several(row["skills"]) if word.casefold() not in known.skills]
    if unknown:
        there = _("、").join(dict.fromkeys(skill.name for skill in known.skills.values()))
        values = {"text": _("、").join(unknown), "known": there}
        row.say("skills", _("没有“%(text)s”这个工种；现有：%(known)s。") % values)


def _grantable_roles() -> str:
    """The names of the roles that a sheet may ask for."""
    return _("、").join(str(post.label) for post in ROLES if post.code not in ADMINISTRATORS)


def _check_roles(row: SheetRow, known: KnownPeople) -> None:
    for word in several(row["roles"]):
        role = known.roles.get(word.casefold())
        if role is None:
            values = {"text": word, "labels": _grantable_roles()}
            row.say("roles", _("没有“%(text)s”这个角色；请写 %(labels)s。") % values)
        elif role in ADMINISTRATORS:
            row.say(
                "roles",
                _("“%(text)s”不能从表里来；请安全管理员在“人员”里单独授予。") % {"text": word},
            )


def _check_where(
    row: SheetRow, known: KnownPeople, places: Set[str], departments: Set[str]
) -> None:
    code = row["where"].casefold()
    roles = {known.roles.get(word.casefold()) for word in several(row["roles"])}
    heads = Role.HEAD in roles
    if code and code not in (departments if heads else places):
        _say_unknown_where(row, _("部门") if heads else _("地点"))
    if heads:
        _check_head(row, alone=len(roles) == 1)
    if row["team"] and row["team"].casefold() not in known.teams and (heads or not code):
        row.say(
            "where", _("班组“%(text)s”还没有；请填它的驻地，一个地点编码。") % {"text": row["team"]}
        )


def _say_unknown_where(row: SheetRow, what: str) -> None:
    sentence = _("没有编码为“%(text)s”的%(what)s；请在“%(what)s”表里加上它，或改正编码。")
    row.say("where", sentence % {"text": row["where"], "what": what})


def _check_head(row: SheetRow, *, alone: bool) -> None:
    """The head of a department is bounded by it; `alone` when the row asks for no other role."""
    if not row["where"]:
        row.say("where", _("部门负责人负责哪个部门？请填部门编码。"))
    if not alone:
        row.say(
            "roles",
            _(
                "部门负责人的范围是部门，其他角色的范围是地点；请只留一种，另一种由安全管理员单独授予。"
            ),
        )
