from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Coded(Protocol):
    """What people name by its words and machines by its code."""

    code: Any


class CodeInput(forms.TextInput):
    """A box that searches in names as one types."""

    template_name = "ui/widgets/code.html"

    def __init__(self, codes: Sequence[Coded] = ()) -> None:
        super().__init__({"autocomplete": "off"})
        self.codes = codes

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = context["widget"]["options_id"] = f"{name}-codes"
        context["widget"]["codes"] = self.codes
        return context


class CodeField(forms.CharField):
    """A row by its name or its code, among `offer`; None when it is left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=60, widget=CodeInput(), **kwargs)
        self.offered: list[Coded] = []

    def offer(self, codes: list[Coded]) -> None:
        self.offered = self.widget.codes = codes

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).casefold()
        if not typed:
            return None
        for code in self.offered:
            if typed in (str(code).casefold(), code.code):
                return code
        raise ValidationError(_("没有这个代码，请从列出的里面选，或者留空。"))
