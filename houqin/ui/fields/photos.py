from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.platform.files.actions import Received, Upload, receive

MAX_PHOTOS = 6


class PhotoInput(forms.FileInput):
    """Several pictures, shrunk and shown by the page's script before they go out."""

    allow_multiple_selected = True
    template_name = "ui/widgets/photos.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"accept": "image/*", "multiple": True, "data-shrink": True} | (attrs or {})
        )


class PhotoField(forms.ImageField):
    """Up to `most` pictures of at most MAX_FILE_BYTES each. Cleans to a list of `Received`: checked and drawn
    again here, so that no transaction waits for it."""

    def __init__(self, *, most: int = MAX_PHOTOS, **kwargs: Any) -> None:
        kwargs.setdefault("widget", PhotoInput(attrs={"data-max": most}))
        super().__init__(**kwargs)
        self.most = most

    def to_python(self, data: Any) -> Any:
        return received(data) if data else None

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            super().clean(None, initial)
        if len(files) > self.most:
            raise ValidationError(_("最多 %(most)s 张照片，请去掉几张。") % {"most": self.most})
        for file in files:
            _refuse_large(file)
        return [super(PhotoField, self).clean(file, initial) for file in files]


def _refuse_large(file: Any) -> None:
    if file.size > settings.MAX_FILE_BYTES:
        raise ValidationError(_("照片 %(name)s 太大，请缩小后再传。") % {"name": file.name})


def received(upload: Upload) -> Received:
    """What `receive` gives; what it refuses is an error of the field."""
    try:
        return receive(upload)
    except Refused as no:
        raise ValidationError(str(no)) from None
