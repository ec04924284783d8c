from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

YEARS = range(2000, 2200)


class MomentField(forms.DateTimeField):
    """A date and time by the browser's own picker; cleans to an aware datetime in the house's zone.

    Years beyond YEARS are mistyped; the first and the last that exist cannot even be kept in UTC.
    """

    def __init__(self, **kwargs: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("widget", picker)
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        at = super().to_python(value)
        if at is not None and at.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return at
