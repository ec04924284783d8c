"""The form of one paper; `kinds` are those that the holder may have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.shared.credentials.kinds import KINDS, CredentialKind
from houqin.ui.fields import HouseForm, PhotoField


class CredentialForm(HouseForm):
    kind = forms.ChoiceField(label=_("证照"))
    number = forms.CharField(label=_("证号"), max_length=60)
    issuer = forms.CharField(label=_("发证机关"), max_length=80, required=False)
    valid_from = forms.DateField(
        label=_("有效期自"), required=False, widget=forms.DateInput({"type": "date"})
    )
    valid_until = forms.DateField(
        label=_("有效期至"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("长期有效的不填。"),
    )
    photos = PhotoField(label=_("照片"), required=False)

    def __init__(self, *args: Any, kinds: Iterable[CredentialKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.key, kind.label) for kind in kinds]

    def clean_kind(self) -> CredentialKind:
        return KINDS[self.cleaned_data["kind"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _now("结束要晚于开始。"))
        return cleaned
