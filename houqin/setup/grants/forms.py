from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Department, Role
from houqin.kernel.people.roles import role_choices
from houqin.kernel.places.models import Place
from houqin.setup.directory.models import RoleWish
from houqin.ui.fields import HouseForm, MomentField


class RoleForm(HouseForm):
    """A role for `target`; cleans to the keyword arguments of `give_role`."""

    role = forms.ChoiceField(label=_("角色"), choices=lambda: [("", _("请选择")), *role_choices()])
    place = forms.ModelChoiceField(
        label=_("管到哪个地点"),
        queryset=Place.objects.in_use(),
        required=False,
        empty_label=_("全部地点"),
        help_text=_("包括它下面的一切；部门负责人不填这里。"),
    )
    department = forms.ModelChoiceField(
        label=_("管到哪个部门"),
        queryset=Department.objects.order_by("path"),
        required=False,
        empty_label=_("不按部门"),
        help_text=_("只有部门负责人填。"),
    )
    starts_at = MomentField(label=_("从"), required=False, help_text=_("不填就是现在起。"))
    ends_at = MomentField(
        label=_("到"), required=False, help_text=_("不填就是一直；到时自动失效。")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        heads = cleaned.get("role") == Role.HEAD
        if heads and not cleaned.get("department") and "department" not in self.errors:
            self.add_error("department", _now("部门负责人负责哪个部门？请选一个。"))
        if cleaned.get("place") and (heads or cleaned.get("department")):
            self.add_error(
                "place", _now("地点和部门只能按一个管；部门负责人按部门，其他角色按地点。")
            )
        elif cleaned.get("department") and cleaned.get("role") and not heads:
            self.add_error(
                "department", _now("地点和部门只能按一个管；部门负责人按部门，其他角色按地点。")
            )
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _now("结束时间要晚于开始时间。"))
        return cleaned


class WishesForm(HouseForm):
    wishes = forms.ModelMultipleChoiceField(
        queryset=RoleWish.objects.select_related("user", "place", "department"),
        error_messages={"required": _("请至少勾选一行。")},
    )
