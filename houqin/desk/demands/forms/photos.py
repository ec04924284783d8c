from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from houqin.kernel.errors import Refused
from houqin.platform.files.actions import Received, Upload, receive
from houqin.ui.fields import PhotoField


class ReceivedPhotosField(PhotoField):
    """Cleans to `Received` photos: checked and drawn again here, so that no transaction waits for it."""

    def to_python(self, data: Any) -> Any:
        return received(data) if data else None


def received(upload: Upload) -> Received:
    """What `receive` gives; what it refuses is an error of the field."""
    try:
        return receive(upload)
    except Refused as no:
        raise ValidationError(str(no)) from None
