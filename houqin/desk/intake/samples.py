"""One file to import, brought for a cast of people."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from houqin.desk.intake.actions import upload_import
from houqin.desk.intake.models import ImportFile


def uploaded(cast: Any) -> ImportFile:
    upload = SimpleUploadedFile("a.csv", "内容,地点\n漏水,502\n".encode())
    return upload_import(cast.lin, upload=upload)
