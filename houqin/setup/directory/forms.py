from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import Department, User
from houqin.kernel.places.models import Place
from houqin.setup.directory.actions.trees import misplaced
from houqin.setup.directory.fields import PHONE, code_field, refuse_taken, username_field
from houqin.ui.fields import HouseForm


class PersonForm(HouseForm):
    """An account; cleans to the keyword arguments of `save_person`. `target` is the one that is changed."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    username = username_field(help_text=_("登录用，全单位唯一。"))
    department = forms.ModelChoiceField(
        label=_("部门"),
        queryset=Department.objects.order_by("path"),
        required=False,
        empty_label=_("不属于任何部门"),
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=30,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput({"type": "tel"}),
    )
    email = forms.EmailField(label=_("邮箱"), max_length=254, required=False)

    def clean_username(self) -> str:
        return refuse_taken(User, "username", self.cleaned_data["username"], self.target)


class NodeForm(HouseForm):
    """A place or department, `target` where one is changed."""

    model: type[Place | Department]
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("本级名称，不用写上级。"))
    code = code_field(help_text=_("全单位唯一；Excel 更新时靠它认。"))

    def clean_code(self) -> str:
        return refuse_taken(self.model, "code", self.cleaned_data["code"], self.target)


class PlaceForm(NodeForm):
    """Cleans to the keyword arguments of `save_place`."""

    model = Place
    kind = forms.ChoiceField(label=_("类别"), choices=Place.Kind.choices)
    parent = forms.ModelChoiceField(
        label=_("属于"),
        queryset=Place.objects.all(),
        required=False,
        empty_label=_("没有上级（园区）"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, parent = cleaned.get("kind", ""), cleaned.get("parent")
        if kind and "parent" not in self.errors and (kind == Place.Kind.CAMPUS) != (parent is None):
            self.add_error("parent", misplaced(kind))
        return cleaned


class DepartmentForm(NodeForm):
    """Cleans to the keyword arguments of `save_department`."""

    model = Department
    parent = forms.ModelChoiceField(
        label=_("属于"),
        queryset=Department.objects.order_by("path"),
        required=False,
        empty_label=_("没有上级"),
    )
