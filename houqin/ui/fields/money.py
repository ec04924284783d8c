from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms


class YuanField(forms.DecimalField):
    """An amount typed in yuan; cleans to whole fen, 0 when it is left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=11, decimal_places=2, **kwargs)

    def clean(self, value: Any) -> Any:
        yuan: Decimal | None = super().clean(value)
        return 0 if yuan is None else int(yuan * 100)
