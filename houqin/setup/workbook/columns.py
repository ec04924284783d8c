"""The three sheets of the workbook that a house is set up with, column by column."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import OF_PEOPLE, Department
from houqin.kernel.people.roles import ROLES
from houqin.kernel.places.models import Place
from houqin.platform.sheets.columns import ImportColumn, ImportSheet
from houqin.setup.directory.models import Person
from houqin.work.teams.models import Member

BETWEEN: Final = "、"  # between several roles or trades in one cell


CODE_LETTERS: Final = re.compile(r"[\w.\-]+")
PHONE: Final = re.compile(r"[0-9+\-() 转]*")


def _wrong_code(text: str) -> str:
    if CODE_LETTERS.fullmatch(text):
        return ""
    words = _now("“%(text)s”里有空格或符号；只用字母、数字、汉字、点、横线和下划线。")
    return words % {"text": text}


def _wrong_phone(text: str) -> str:
    if PHONE.fullmatch(text):
        return ""
    return _now("电话“%(text)s”不对；只写数字、空格、横线和“转”字。") % {"text": text}


def _wrong_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return _now("邮箱“%(text)s”不对，应像 wang@example.org；不用邮箱就留空。") % {"text": text}
    return ""


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
PLACES: Final = ImportSheet(
    "places",
    _("地点"),
    (
        ImportColumn(
            "code",
            _("编码"),
            CODE,
            required=True,
            example="BJ-2-502",
            most=30,
            wrong=_wrong_code,
            shown=attrgetter("code"),
        ),
        ImportColumn(
            "name",
            _("名称"),
            _("本级名称，不写上级。"),
            required=True,
            example="502 室",
            width=20,
            most=60,
            shown=attrgetter("name"),
        ),
        ImportColumn(
            "kind",
            _("类别"),
            _("园区、楼栋、楼层、房间、室外之一。"),
            required=True,
            example="房间",
            width=8,
            most=60,
            shown=lambda place: str(place.get_kind_display()),
            choices=lambda: [str(kind.label) for kind in Place.Kind],
        ),
        ImportColumn(
            "parent",
            _("上级编码"),
            _("它在哪个地点里面；园区留空。"),
            example="BJ-2-5",
            most=30,
            shown=_parent,
        ),
    ),
    by="code",
    rows=Place.objects.in_use,
)
DEPARTMENTS: Final = ImportSheet(
    "departments",
    _("部门"),
    (
        ImportColumn(
            "code",
            _("编码"),
            CODE,
            required=True,
            example="RD1",
            most=30,
            wrong=_wrong_code,
            shown=attrgetter("code"),
        ),
        ImportColumn(
            "name",
            _("名称"),
            _("部门名称。"),
            required=True,
            example="研发一部",
            width=20,
            most=60,
            shown=attrgetter("name"),
        ),
        ImportColumn(
            "parent",
            _("上级编码"),
            _("属于哪个部门；最上级留空。"),
            example="GROUP",
            most=30,
            shown=_parent,
        ),
    ),
    by="code",
    rows=lambda: Department.objects.order_by("path"),
)
PEOPLE: Final = ImportSheet(
    "people",
    _("人员"),
    (
        ImportColumn(
            "username",
            _("工号"),
            _("登录用，全表唯一；以后更新就靠它认。"),
            required=True,
            example="1024",
            most=60,
            wrong=_wrong_code,
            shown=attrgetter("username"),
        ),
        ImportColumn(
            "name",
            _("姓名"),
            _("显示给大家看的名字。"),
            required=True,
            example="王师傅",
            most=40,
            shown=attrgetter("name"),
        ),
        ImportColumn(
            "department",
            _("部门编码"),
            _("“部门”表里的编码。"),
            example="RD1",
            most=30,
            shown=lambda person: person.department.code if person.department else "",
        ),
        ImportColumn(
            "phone",
            _("电话"),
            _("分机或手机。"),
            example="6821",
            most=30,
            wrong=_wrong_phone,
            shown=attrgetter("phone"),
        ),
        ImportColumn(
            "email",
            _("邮箱"),
            _("消息会发到这里；可以不填。"),
            example="wang@example.org",
            width=24,
            most=254,
            wrong=_wrong_email,
            shown=attrgetter("email"),
        ),
        ImportColumn(
            "roles", _("角色"), ROLES_HELP, example="维修技师", width=20, most=120, shown=_roles
        ),
        ImportColumn("where", _("任职范围编码"), WHERE, example="BJ", most=30, shown=_where),
        ImportColumn(
            "team",
            _("班组"),
            _("班组名称；没有的会新建。"),
            example="滨江工程班",
            width=18,
            most=40,
            shown=_team,
        ),
        ImportColumn(
            "skills",
            _("工种"),
            _("会什么；用顿号隔开。"),
            example="水暖、电工",
            width=20,
            most=120,
            shown=_skills,
        ),
    ),
    by="username",
    rows=_people,
)
SHEETS: Final = (PLACES, DEPARTMENTS, PEOPLE)
