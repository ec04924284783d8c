"""The three sheets of the workbook that a house is set up with, column by column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import OF_PEOPLE, Department
from houqin.kernel.people.roles import ROLES
from houqin.kernel.places.models import Place
from houqin.setup.directory.models import Person
from houqin.work.teams.models import Member

BETWEEN: Final = "、"  # between several roles or trades in one cell


def spellings(words: str | Promise) -> set[str]:
    """How `words` are written in each language of the house, small: a sheet may have been made in any."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(str(words).casefold())
    return found


@dataclass(frozen=True)
class Column:
    """`key` is ours, `title` stands in the first row. `shown(thing)` is the cell of what is there already."""

    key: str
    title: str | Promise
    hint: str | Promise
    example: str
    needed: bool = False
    width: int = 14
    most: int = 60  # characters
    shown: Callable[[Any], str] = lambda thing: ""


@dataclass(frozen=True)
class Sheet:
    key: str
    title: str | Promise
    columns: tuple[Column, ...]
    rows: Callable[[], Any]  # what is there already


def _parent(node: Any) -> str:
    above = type(node).objects.get_parent(node)
    return above.code if above else ""


def _roles(person: Person) -> str:
    held = [grant.role for grant in person.role_grants.all() if grant.role not in ADMINISTRATORS]
    return BETWEEN.join(dict.fromkeys(ROLES.label(role) for role in held))


def _where(person: Person) -> str:
    """The place or department of the first role, and the team's home where there is no role."""
    for grant in person.role_grants.all():
        if at := grant.place or grant.department:
            return at.code
    return ""


def _team(person: Person) -> str:
    member = Member.objects.filter(user=person).select_related("team").order_by("pk").first()
    return member.team.name if member else ""


def _skills(person: Person) -> str:
    member = Member.objects.filter(user=person).order_by("pk").first()
    return (
        BETWEEN.join(member.skills.order_by("pk").values_list("name", flat=True)) if member else ""
    )


def _people() -> Any:
    return Person.objects.filter(OF_PEOPLE, is_active=True).with_all().order_by("username")


CODE = _("自己定的编码，全表唯一；以后更新就靠它认。")


def _roles_help() -> str:
    """The posts that a sheet may ask for, as they are today."""
    labels = [str(role.label) for role in ROLES if role.code not in ADMINISTRATORS]
    return _now("%(roles)s；几个之间用顿号，没有就留空。由安全管理员授予。") % {
        "roles": _now("、").join(labels)
    }


ROLES_HELP = lazy(_roles_help, str)()
WHERE = _("角色管到哪里：地点编码；部门负责人填部门编码；留空就是全部。新班组也以它为驻地。")
PLACES: Final = Sheet(
    "places",
    _("地点"),
    (
        Column("code", _("编码"), CODE, "BJ-2-502", True, most=30, shown=attrgetter("code")),
        Column(
            "name",
            _("名称"),
            _("本级名称，不写上级。"),
            "502 室",
            True,
            20,
            shown=attrgetter("name"),
        ),
        Column(
            "kind",
            _("类别"),
            _("园区、楼栋、楼层、房间、室外之一。"),
            "房间",
            True,
            8,
            shown=lambda place: str(place.get_kind_display()),
        ),
        Column(
            "parent",
            _("上级编码"),
            _("它在哪个地点里面；园区留空。"),
            "BJ-2-5",
            most=30,
            shown=_parent,
        ),
    ),
    Place.objects.in_use,
)
DEPARTMENTS: Final = Sheet(
    "departments",
    _("部门"),
    (
        Column("code", _("编码"), CODE, "RD1", True, most=30, shown=attrgetter("code")),
        Column("name", _("名称"), _("部门名称。"), "研发一部", True, 20, shown=attrgetter("name")),
        Column(
            "parent",
            _("上级编码"),
            _("属于哪个部门；最上级留空。"),
            "GROUP",
            most=30,
            shown=_parent,
        ),
    ),
    lambda: Department.objects.order_by("path"),
)
PEOPLE: Final = Sheet(
    "people",
    _("人员"),
    (
        Column(
            "username",
            _("工号"),
            _("登录用，全表唯一；以后更新就靠它认。"),
            "1024",
            True,
            shown=attrgetter("username"),
        ),
        Column(
            "name",
            _("姓名"),
            _("显示给大家看的名字。"),
            "王师傅",
            True,
            most=40,
            shown=attrgetter("name"),
        ),
        Column(
            "department",
            _("部门编码"),
            _("“部门”表里的编码。"),
            "RD1",
            most=30,
            shown=lambda person: person.department.code if person.department else "",
        ),
        Column("phone", _("电话"), _("分机或手机。"), "6821", most=30, shown=attrgetter("phone")),
        Column(
            "email",
            _("邮箱"),
            _("消息会发到这里；可以不填。"),
            "wang@example.org",
            width=24,
            most=254,
            shown=attrgetter("email"),
        ),
        Column("roles", _("角色"), ROLES_HELP, "维修技师", width=20, most=120, shown=_roles),
        Column("where", _("任职范围编码"), WHERE, "BJ", most=30, shown=_where),
        Column(
            "team",
            _("班组"),
            _("班组名称；没有的会新建。"),
            "滨江工程班",
            width=18,
            most=40,
            shown=_team,
        ),
        Column(
            "skills",
            _("工种"),
            _("会什么；用顿号隔开。"),
            "水暖、电工",
            width=20,
            most=120,
            shown=_skills,
        ),
    ),
    _people,
)
SHEETS: Final = (PLACES, DEPARTMENTS, PEOPLE)
