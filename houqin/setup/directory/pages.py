"""The list of people as the administrators see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import RoleGrant
from houqin.kernel.people.roles import role_choices
from houqin.setup.directory.models import Person, RoleWish
from houqin.setup.permissions import GRANTS_ROLES, RUNS_ACCOUNTS
from houqin.ui.http import PageRequest
from houqin.ui.lists import Filter, Listing, View


def _extra(request: PageRequest) -> dict[str, Any]:
    held = request.user.roles_at(None)
    return {
        "may_edit": bool(held & RUNS_ACCOUNTS),
        "may_grant": bool(held & GRANTS_ROLES),
        "any_chosen": bool(request.GET.get("role")),
        "wishes": RoleWish.objects.count(),
    }


def _roles() -> Sequence[tuple[str, Any]]:
    return role_choices()


NO_PASSWORD = Q(password__startswith="!") | Q(password="")
PEOPLE = Listing(
    model=Person,
    template="directory/people.html",
    row="directory/_person_row.html",
    title=_("人员"),
    columns=(
        ("rows__title", _("姓名")),
        ("rows__who", _("工号")),
        ("rows__place", _("部门")),
        ("rows__said gives-4 hide-phone", _("角色")),
        ("gives-5 hide-phone", _("电话")),
        ("rows__state", _("状态")),
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
    filters=(
        Filter(
            "role",
            _("角色"),
            _roles,
            lambda rows, value: rows.filter(
                pk__in=RoleGrant.objects.filter(role=value).values("user")
            ),
        ),
    ),
    search=("name", "username", "department__name", "phone"),
    extra=_extra,
)
