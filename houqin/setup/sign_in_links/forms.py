from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.ui.fields import HouseForm


class FirstPasswordForm(HouseForm):
    """`target` is the person who chooses."""

    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "new-password", "autofocus": True}),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = " ".join(map(str, password_validators_help_texts()))

    def clean_new(self) -> str:
        password: str = self.cleaned_data["new"]
        validate_password(password, self.target)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _now("两次输入的新密码不一样。"))
        return cleaned
