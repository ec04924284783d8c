"""One dispatch rule."""

from __future__ import annotations

from typing import Any

from houqin.desk.rules.models import DispatchRule


def switched_off(cast: Any) -> DispatchRule:
    return DispatchRule.objects.get_or_create(name="规则", gives="best", active=False)[0]
