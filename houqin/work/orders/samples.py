"""One work order and one fault code, made by the actions for a cast of people."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from houqin.platform.sheets.actions import bring_import
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.registry import IMPORTS
from houqin.work.orders.models import FaultCode, WorkOrder


def offered(cast: Any) -> WorkOrder:
    """A work order that was offered to wang."""
    order: WorkOrder = cast.order(photos=True)
    return order


def codes_file(cast: Any) -> ImportFile:
    upload = SimpleUploadedFile("a.csv", "代码,名称,类别\nx-1,x,现象\n".encode())
    return bring_import(cast.lin, IMPORTS["orders:codes"], upload=upload)


def fault_code(cast: Any) -> FaultCode:
    return FaultCode.objects.create(kind="cause", code="x", name="x")
