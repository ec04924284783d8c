"""One workbook of places and people, brought for a cast of people."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from houqin.platform.sheets.actions import bring_import
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.registry import IMPORTS
from houqin.platform.sheets.template import template_book


def book(cast: Any) -> ImportFile:
    kind = IMPORTS["setup:house"]
    upload = SimpleUploadedFile("a.xlsx", template_book(kind, filled=True))
    return bring_import(cast.sys, kind, upload=upload)
