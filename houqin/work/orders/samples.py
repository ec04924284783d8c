"""One work order and one fault code, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.work.orders.models import FaultCode, WorkOrder


def offered(cast: Any) -> WorkOrder:
    """A work order that was offered to wang."""
    order: WorkOrder = cast.order(photos=True)
    return order


def fault_code(cast: Any) -> FaultCode:
    return FaultCode.objects.get_or_create(kind="cause", code="x", name="x")[0]
