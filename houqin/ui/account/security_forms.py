"""What is asked of somebody at the door beside number and password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.roles import role_choices
from houqin.ui.fields import HouseForm

CODE = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}


class CodeForm(HouseForm):
    """A code of the app, or a recovery code."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        widget=forms.TextInput(CODE | {"autofocus": True}),
        help_text=_("验证器里现在显示的 6 位数字；手机不在身边，用一个备用码。"),
    )


class FirstCodeForm(HouseForm):
    code = forms.CharField(
        label=_("验证器显示的 6 位数字"),
        max_length=10,
        widget=forms.TextInput(CODE | {"inputmode": "numeric"}),
    )


class SureForm(HouseForm):
    """Whoever sits at a session that was left open does not know the password; who comes in by the identity
    provider has none."""

    password = forms.CharField(
        label=_("现在的密码"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.actor.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.actor.check_password(password):
            raise ValidationError(_now("现在的密码不对。"))
        return password


class EmailForm(SureForm):
    email = forms.EmailField(label=_("邮箱"), max_length=254, required=False)
    field_order = ["email", "password"]


class RolesForm(HouseForm):
    roles = forms.MultipleChoiceField(
        label=_("须用两步验证的角色"),
        choices=role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("从下一次登录起，有这些角色的人要先设好两步验证。"),
    )
