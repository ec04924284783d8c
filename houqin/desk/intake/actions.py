"""What a person does with a file of demands: bring it, say what its columns mean, have it taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.intake.directory import IMPORTERS, Directory
from houqin.desk.intake.drafts import Draft, Problem
from houqin.desk.intake.mapping import NEEDED, Choices, suggest
from houqin.desk.intake.models import ImportFile
from houqin.desk.intake.rows import Reader
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.platform.files.names import clean_name
from houqin.platform.sheets.reading import MAX_BYTES, Table, Unreadable, read_table

Status = ImportFile.Status
NOTHING_WRONG: dict[str, Any] = {"errors": [], "wrong": 0, "handled": 0}


@transaction.atomic
def upload_import(actor: User, *, upload: UploadedFile[bytes]) -> ImportFile:
    """Keep a file and propose what its columns mean. Raises Unreadable with what is wrong with it."""
    require(actor, IMPORTERS)
    if (upload.size or 0) > MAX_BYTES:
        raise Unreadable(_("文件超过 20 MB，请拆成几个再导入。"))
    data = upload.read()
    table = read_table(data)
    file = ImportFile(
        uploaded_by=actor,
        name=clean_name(upload.name or ""),
        content=data,
        columns=table.columns,
        digest=hashlib.sha256(data).hexdigest(),
        mapping=suggest(table.columns),
        total=len(table.rows),
        at=now(),
    )
    file.save(force_insert=True)
    record(actor, "import.uploaded", file, at=file.at, file=file.name, rows=file.total)
    return file


@transaction.atomic
def map_import(
    actor: User, file: ImportFile, *, mapping: Mapping[str, str], settings: Mapping[str, Any]
) -> None:
    """Say which column holds which of our fields, and what to do with rows that lack something."""
    require(actor, IMPORTERS)
    if not mapping.get(NEEDED):
        raise Refused(_("请指出哪一列是提交时间。"))
    if not mapping.get("title") and not mapping.get("body"):
        raise Refused(_("请指出哪一列是标题或内容。"))
    meant = {key: column for key, column in mapping.items() if column in file.columns}
    kept = {"teams": file.settings.get("teams", {})}
    changed = {
        "mapping": meant,
        "settings": kept | dict(settings),
        "status": Status.READY,
        **NOTHING_WRONG,
    }
    _move(file, {Status.UPLOADED, Status.READY, Status.FAILED}, changed)


@transaction.atomic
def map_teams(actor: User, file: ImportFile, *, teams: Mapping[str, int]) -> None:
    """Say which of our teams had what the file calls otherwise; 0 for none of them."""
    require(actor, IMPORTERS)
    known = file.settings.get("teams", {})
    _move(file, {Status.READY}, {"settings": file.settings | {"teams": known | dict(teams)}})


@transaction.atomic
def start_import(actor: User, file: ImportFile) -> None:
    """Hand the file to the worker, which takes it in whole or not at all."""
    require(actor, IMPORTERS)
    _move(
        file,
        {Status.READY, Status.FAILED},
        {"status": Status.CHECKING, **NOTHING_WRONG},
    )
    record(actor, "import.started", file, at=now(), file=file.name, rows=file.total)


def read_rows(
    file: ImportFile, actor: User, at: datetime
) -> tuple[Table, Iterator[tuple[Draft | None, list[Problem]]]]:
    """The table, and each row of it as it would come in at `at`; reads, writes nothing."""
    table = read_table(bytes(file.content))
    reader = Reader(table, file.mapping, Choices.read(file.settings), Directory(actor), at)
    return table, reader.read()


def _move(file: ImportFile, sources: set[Status], changes: dict[str, Any]) -> None:
    """One compare-and-set step; Refused when somebody was faster or the file is past it."""
    unmoved = ImportFile.objects.filter(pk=file.pk, status=file.status, status__in=sources)
    if not unmoved.update(**changes):
        raise Refused(
            _("这个文件目前是“%(state)s”，不能执行此操作。") % {"state": file.get_status_display()}
        )
    for name, value in changes.items():
        setattr(file, name, value)
