from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.platform.tokens.actions import scopes_open_to, service_roles
from houqin.platform.tokens.scopes import SCOPES
from houqin.ui.fields import HouseForm, RadioTiles

PLAIN = r"\A[a-z][a-z0-9-]{1,39}\Z"
DAYS = (30, 90, 180, 365)


class TokenForm(HouseForm):
    """What a new token of `target` is for, what it may do and for how long. Cleans to the arguments of
    `make_token`."""

    name = forms.CharField(
        label=_("用途"),
        max_length=60,
        help_text=_("哪台机器、哪个系统在用，出事时好找。"),
        error_messages={"required": _("请写明这个令牌给谁用。")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("权限"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只勾选用得上的。"),
        error_messages={"required": _("请至少选一项权限。")},
    )
    days = forms.TypedChoiceField(
        label=_("有效期"), coerce=int, widget=RadioTiles(look="fill"), initial=90
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes, days = self.fields["scopes"], self.fields["days"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        assert isinstance(days, forms.TypedChoiceField)
        scopes.choices = [
            (scope, f"{SCOPES.label(scope)} {scope}") for scope in scopes_open_to(self.target)
        ]
        days.choices = [(number, ngettext("%d 天", "%d 天", number) % number) for number in DAYS]


class ServiceForm(HouseForm):
    """Another system as a user of the house. Cleans to the arguments of `make_service`."""

    name = forms.CharField(
        label=_("名称"), max_length=40, help_text=_("处理记录里会显示，例如“水浸传感器网关”。")
    )
    username = forms.CharField(
        label=_("账号"),
        max_length=40,
        help_text=_("小写字母、数字和 -，例如 svc-sensors；以后不能改。"),
        validators=[RegexValidator(PLAIN, _("请以小写字母开头，只用小写字母、数字和 -。"))],
    )
    purpose = forms.CharField(label=_("用途"), max_length=200, widget=forms.Textarea({"rows": 2}))
    roles = forms.MultipleChoiceField(
        label=_("角色"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(role.code, role.label) for role in service_roles()],
        help_text=_("不选就只是需求人：能提交需求，看自己的需求。"),
    )
    place = forms.ModelChoiceField(
        label=_("在哪里担任"),
        queryset=Place.objects.filter(kind__in=("campus", "building")),
        required=False,
        empty_label=_("全部地点"),
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise ValidationError(_now("已有这个账号，请换一个。"))
        return username
