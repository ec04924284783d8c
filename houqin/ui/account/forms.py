"""Signing in, and what a person changes about the own account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.ui.account.preferences import substitutes_for
from houqin.ui.fields import HouseForm, MomentField


class SignInForm(HouseForm):
    """Cleans to an account that may sign in, in `user`. What is wrong is never said more closely than
    "number or password", so that nobody learns which accounts exist. While somebody is `blocked_until` a
    moment no password is tried at all."""

    username = forms.CharField(
        label=_("工号"),
        max_length=150,
        widget=forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
        error_messages={"required": _("请填写工号。")},
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("请填写密码。")},
    )
    stay = forms.BooleanField(label=_("在这台设备上保持登录 7 天"), required=False)

    user: User | None = None

    def __init__(self, *args: Any, blocked_until: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocked_until = blocked_until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.blocked_until:
            whole_minute = localtime(self.blocked_until + timedelta(seconds=59))
            at = {"at": whole_minute.strftime("%H:%M")}
            raise ValidationError(
                _now("输错次数太多，请在 %(at)s 以后再试，或请安全管理员解除。") % at
            )
        if not self.errors:
            account = authenticate(username=cleaned["username"], password=cleaned["password"])
            if not isinstance(account, User) or not account.is_person:
                raise ValidationError(
                    _("工号或密码不对，请检查后再试。忘记密码请找系统管理员重设。")
                )
            self.user = account
        return cleaned


class PhoneForm(HouseForm):
    phone = forms.CharField(
        label=_("电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        validators=[RegexValidator(r"^[0-9+\-() 转]*$", _("电话只写数字、空格、横线和“转”字。"))],
    )


class AwayForm(HouseForm):
    """Who stands in for `actor`, from when to when. `now` is the moment of the request."""

    substitute = forms.ModelChoiceField(
        label=_("代理人"),
        queryset=User.objects.none(),
        empty_label=_("请选择"),
        help_text=_("同部门或同角色的同事；代理期间由其代行您的角色，并收到您的消息。"),
    )
    starts_at = MomentField(label=_("从"))
    ends_at = MomentField(label=_("到"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        chosen: Any = self.fields["substitute"]
        chosen.queryset = substitutes_for(self.actor)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _now("结束时间要晚于开始时间。"))
        elif ends and ends <= self.now:
            self.add_error("ends_at", _now("结束时间已经过去了。"))
        return cleaned


class NewPasswordForm(HouseForm):
    """A new password by the rules of the house, typed twice."""

    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=format_lazy(
            _("至少 {least} 个字符，不能全是数字、太常见或与姓名工号相近，也不能是最近用过的。"),
            least=settings.PASSWORD_MIN_LENGTH,
        ),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_new(self) -> str:
        password: str = self.cleaned_data["new"]
        validate_password(password, self.actor)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _now("两次输入的新密码不一样。"))
        return cleaned


class PasswordForm(NewPasswordForm):
    """The same by somebody who shows that they know the present one."""

    field_order = ["old", "new", "again"]
    old = forms.CharField(
        label=_("现在的密码"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def clean_old(self) -> str:
        password: str = self.cleaned_data["old"]
        if not self.actor.check_password(password):
            raise ValidationError(_now("现在的密码不对。"))
        return password
