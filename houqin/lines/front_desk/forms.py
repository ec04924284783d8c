"""What the front desk asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from houqin.lines.front_desk.models import LostThing, Parcel
from houqin.ui.fields import (
    HouseForm,
    PersonField,
    PhotoField,
    Signature,
    SignatureField,
    record_form,
    redrawn,
)

ReceiveForm = record_form(
    Parcel,
    ("recipient", "outsider", "carrier", "tracking_number", "place", "note", "photos"),
    photos=PhotoField(label=_("照片"), required=False),
)
KeepForm = record_form(
    LostThing,
    ("title", "marks", "found_in", "finder", "place", "photos"),
    photos=PhotoField(label=_("照片"), required=False),
)


class SignedForm(HouseForm):
    """Who signs at the desk, by a drawing and a name, which the action takes apart."""

    signature = SignatureField(label=_("签名"), required=False)

    def clean_signature(self) -> Signature:
        signature: Signature = self.cleaned_data["signature"] or Signature("", b"")
        self.drawn = redrawn(signature.drawing)
        return signature

    def clean(self) -> dict[str, Any]:
        signature = self.cleaned_data.get("signature", Signature("", b""))
        drawn = getattr(self, "drawn", None)
        return self.cleaned_data | {"name": signature.name, "signature": drawn}


class HandOutForm(SignedForm):
    """A code or a signature, and who fetches it for whom."""

    code = forms.CharField(
        label=_("取件码"), max_length=6, required=False, help_text=_("收件人点开通知就看得到")
    )
    collector = PersonField(
        label=_("代领的同事"), required=False, help_text=_("不是本人来领时填写；收件人会收到通知")
    )
    field_order = ("code", "collector", "signature")


class DeskReasonForm(HouseForm):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class ClaimForm(HouseForm):
    """By what one knows that it is one's own."""

    note = forms.CharField(
        label=_("怎么看出是您的"), max_length=200, help_text=_("例如里面有什么、哪里有划痕")
    )
