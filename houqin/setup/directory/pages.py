"""The list of people as the administrators see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import RoleGrant
from houqin.kernel.people.roles import role_choices
from houqin.setup.directory.models import Person, RoleWish
from houqin.setup.permissions import GRANTS_ROLES, RUNS_ACCOUNTS
from houqin.ui.http import PageRequest
from houqin.ui.lists import PERSON, TITLE, Blank, Column, Filter, Listing, PageAction, View


def _buttons(request: PageRequest) -> Sequence[PageAction]:
    held = request.user.roles_at(None)
    buttons = []
    if held & GRANTS_ROLES and (wishes := RoleWish.objects.count()):
        url = reverse("setup:wishes")
        buttons.append(PageAction(_("待授予"), url, "shield-check", primary=True, count=wishes))
    if not held & RUNS_ACCOUNTS:
        return buttons
    if request.GET.get("view") == "waiting":
        url = reverse("setup:all_links")
        buttons.append(PageAction(_("给他们发链接（Excel）"), url, "download", post=True))
    return [
        *buttons,
        PageAction(_("用 Excel 导入"), reverse("setup:house_import"), "file-import"),
        PageAction(_("添加人员"), reverse("setup:new_person"), "user-plus", primary=True),
    ]


def _grants(person: Person, at: datetime) -> str:
    return render_to_string("directory/_grants.html", {"grants": person.role_grants.all()})


def _role_words(person: Person) -> str:
    return _now("、").join(str(grant.get_role_display()) for grant in person.role_grants.all())


def _sign_in(person: Person) -> tuple[str, str]:
    """The tint and the words of whether the person can sign in."""
    if not person.is_active:
        return "", _now("已停用")
    usable = person.has_usable_password()
    return ("done", _now("可登录")) if usable else ("hold", _now("未设密码"))


def _state(person: Person, at: datetime) -> str:
    tone, words = _sign_in(person)
    return format_html('<span class="state{}">{}</span>', f" state--{tone}" if tone else "", words)


def _of_roles(rows: Any, values: list[str]) -> Any:
    return rows.filter(pk__in=RoleGrant.objects.filter(role__in=values).values("user"))


def _roles() -> Sequence[tuple[str, Any]]:
    return role_choices()


NO_PASSWORD = Q(password__startswith="!") | Q(password="")
PEOPLE = Listing(
    key="people",
    model=Person,
    title=_("人员"),
    about=_("系统管理员管账号，安全管理员管角色，审计管理员只看；每一次改动都有记录。"),
    columns=(
        Column("name", _("姓名"), TITLE, link=True),
        Column("username", _("工号"), PERSON, sort=True),
        Column("department", _("部门"), look="rows__place", filter=True),
        Column(
            "roles",
            _("角色"),
            value=_role_words,
            cell=_grants,
            look="rows__remark hide-phone",
            gives=4,
        ),
        Column("phone", _("电话"), gives=5),
        Column(
            "sign_in",
            _("状态"),
            value=lambda row: _sign_in(row)[1],
            cell=_state,
            look="rows__state",
        ),
    ),
    views=(
        View("active", _("在职"), lambda rows, user: rows.filter(is_active=True), "date_joined"),
        View(
            "waiting",
            _("还没设密码"),
            lambda rows, user: rows.filter(NO_PASSWORD, is_active=True),
            "date_joined",
        ),
        View("closed", _("已停用"), lambda rows, user: rows.filter(is_active=False), "date_joined"),
    ),
    own_filters=(Filter("role", _("角色"), _roles, _of_roles),),
    search=("name", "username", "department__name", "phone"),
    placeholder=_("搜姓名、工号、部门、电话"),
    actions=_buttons,
    blank=Blank(
        _("这里没有人"), _("换个视图或条件再看；添加人员可以逐个，也可以用 Excel 一次导入。")
    ),
)
