"""One file to import, brought for a cast of people."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from houqin.platform.sheets.actions import bring_import
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.registry import IMPORTS


def uploaded(cast: Any) -> ImportFile:
    upload = SimpleUploadedFile("a.csv", "内容,地点\n漏水,502\n".encode())
    return bring_import(cast.lin, IMPORTS["intake:demands"], upload=upload)
