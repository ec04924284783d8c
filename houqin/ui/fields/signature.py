from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from houqin.platform.files.actions import Received
from houqin.ui.fields.photos import received

PNG_PREFIX = "data:image/png;base64,"
MAX_SIGNATURE = 300_000  # bytes of the data URL


@dataclass(frozen=True)
class Signature:
    """Who signed: the typed name, and the drawing as PNG bytes (empty where there was no pad)."""

    name: str
    drawing: bytes


class SignatureInput(forms.MultiWidget):
    """A typed name, always there, and a pad that shows only where the script runs."""

    template_name = "ui/widgets/signature.html"

    def __init__(self) -> None:
        super().__init__(
            {
                "name": forms.TextInput({"autocomplete": "name", "class": "form-control"}),
                "drawing": forms.HiddenInput(),
            }
        )

    def decompress(self, value: Any) -> Sequence[Any]:
        return [value.name, ""] if isinstance(value, Signature) else [value, ""]


class SignatureField(forms.MultiValueField):
    """Cleans to a Signature. `initial` is the name to offer."""

    def __init__(self, **kwargs: Any) -> None:
        parts = (
            forms.CharField(max_length=40),
            forms.CharField(max_length=MAX_SIGNATURE, required=False),
        )
        super().__init__(fields=parts, require_all_fields=False, widget=SignatureInput(), **kwargs)

    def compress(self, data_list: Sequence[Any]) -> Signature | None:
        if not data_list:
            return None
        name, drawn = data_list
        return Signature(name, _png(drawn))


def _png(drawn: str) -> bytes:
    if not drawn:
        return b""
    try:
        return base64.b64decode(drawn.removeprefix(PNG_PREFIX), validate=True)
    except binascii.Error:
        raise ValidationError(_("签名没有传完整，请重写。")) from None


def redrawn(drawing: bytes) -> Received | None:
    """A signature as it is kept; None where nothing was drawn. Raises ValidationError for no picture."""
    if not drawing:
        return None
    drawn = received(ContentFile(drawing, "signature.png"))
    if not drawn.thumb:
        raise ValidationError(_("签名没有传完整，请重写。"))
    return drawn
