"""What a person does with a file: bring it, say what its columns mean, have it taken in, take it back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.platform.files.names import clean_name
from houqin.platform.sheets.columns import suggest
from houqin.platform.sheets.importer import Importer
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.reading import MAX_BYTES, Unreadable, find_head, read_table
from houqin.platform.sheets.rows import find_sheets

Status = ImportFile.Status
NOTHING_WRONG: dict[str, Any] = {"errors": [], "wrong": 0, "handled": 0}
REMEMBERED = 20  # files of one person among which the same heads are looked for


@transaction.atomic
def bring_import(
    actor: User,
    kind: Importer,
    *,
    upload: UploadedFile[bytes],
    about: Mapping[str, Any] | None = None,
) -> ImportFile:
    """Keep a file and propose what its columns mean. Raises NotAllowed, and Unreadable with what is wrong."""
    kind.allow(actor, about or {})
    if (upload.size or 0) > MAX_BYTES:
        raise Unreadable(_("文件超过 20 MB，请拆成几个再导入。"))
    data = upload.read()
    file = ImportFile(
        kind=kind.key,
        about=dict(about or {}),
        uploaded_by=actor,
        name=clean_name(upload.name or ""),
        content=data,
        digest=hashlib.sha256(data).hexdigest(),
        at=now(),
    )
    _look_into(file, kind)
    file.save(force_insert=True)
    record(actor, "import.uploaded", file, at=file.at, file=file.name, rows=file.total)
    return file


def _look_into(file: ImportFile, kind: Importer) -> None:
    """Find the heads and what they mean, as the last file with the same heads was matched."""
    if not kind.matched:
        _look_into_sheets(file, kind)
        return
    names = {name for column in kind.columns for name in column.names()}
    file.sheet, file.head = find_head(bytes(file.content), names)
    _take_heads(file, kind)
    before = _like(file)
    if before is not None:
        file.mapping, file.settings = before.mapping, before.settings
    kind.look(file)
    with suppress(Refused):  # then they are asked for
        if not kind.asks:
            kind.check_mapping(file.mapping)
            file.status = Status.READY


def _look_into_sheets(file: ImportFile, kind: Importer) -> None:
    data = bytes(file.content)
    if not data.strip():
        raise Unreadable(_("文件是空的，请选择有内容的表格。"))
    file.total = sum(len(table.rows) for _name, table in find_sheets(kind, data).values())
    file.status = Status.READY
    list(kind.read(file, file.at))


def _take_heads(file: ImportFile, kind: Importer) -> None:
    table = read_table(bytes(file.content), sheet=file.sheet, head=file.head)
    file.columns, file.total = table.columns, len(table.rows)
    file.mapping = suggest(table.columns, kind.columns)


def _refuse_wrong(rows: int) -> None:
    if rows:
        words = _("还有 %(count)d 行有错，请改好再上传，或选择跳过这些行。")
        raise Refused(words % {"count": rows})


def _like(file: ImportFile) -> ImportFile | None:
    """The last file with the same heads that this person has matched."""
    own = ImportFile.objects.visible_to(file.uploaded_by).filter(kind=file.kind)
    matched = own.exclude(status=Status.UPLOADED).without_content().order_by("-pk")[:REMEMBERED]
    return next((earlier for earlier in matched if earlier.columns == file.columns), None)


@transaction.atomic
def map_import(
    actor: User,
    file: ImportFile,
    *,
    mapping: Mapping[str, str],
    settings: Mapping[str, Any],
    sheet: str | None = None,
    head: int | None = None,
) -> None:
    """Say which column holds which of ours, and what else holds for the whole file; another `sheet` or
    `head` asks for the columns again."""
    kind: Importer = file.declared
    kind.allow(actor, file.about)
    sheet, head = file.sheet if sheet is None else sheet, file.head if head is None else head
    if (sheet, head) != (file.sheet, file.head):
        file.sheet, file.head = sheet, head
        _take_heads(file, kind)
        again = {name: getattr(file, name) for name in ("columns", "total", "mapping")}
        changed = again | {"sheet": sheet, "head": head, "status": Status.UPLOADED}
    else:
        kind.check_mapping(mapping)
        meant = {key: column for key, column in mapping.items() if column in file.columns}
        changed = {"mapping": meant, "status": Status.READY}
    changed |= {"settings": file.settings | dict(settings), **NOTHING_WRONG}
    _move(file, {Status.UPLOADED, Status.READY, Status.FAILED}, changed)


@transaction.atomic
def choose_settings(actor: User, file: ImportFile, *, settings: Mapping[str, Any]) -> None:
    """Say something else that holds for the whole file, once it was looked at."""
    file.declared.allow(actor, file.about)
    _move(file, {Status.READY}, {"settings": file.settings | dict(settings)})


@transaction.atomic
def start_import(actor: User, file: ImportFile, *, leave_out: bool = False) -> None:
    """Hand the file to the worker, which takes it in whole or not at all; with `leave_out` all but the wrong
    rows. Raises Refused for rows that are known to be wrong, where somebody waits."""
    kind, at = file.declared, now()
    kind.allow(actor, file.about)
    ready = {Status.READY, Status.FAILED}
    if file.status in ready and kind.matched:
        kind.check_mapping(file.mapping)
    if file.status in ready and file.total <= kind.at_once and not leave_out:
        _refuse_wrong(kind.preview(file, at).wrong_rows)
    changed = {"status": Status.CHECKING, "leave_out": leave_out and kind.partly}
    _move(file, ready, changed | NOTHING_WRONG)
    record(actor, "import.started", file, at=at, file=file.name, rows=file.total)


@transaction.atomic
def undo_import(actor: User, file: ImportFile) -> None:
    """Take back everything that a file has added. Raises Refused when something was done with one of them."""
    kind, at = file.declared, now()
    kind.allow(actor, file.about)
    if not file.undoable:
        raise Refused(_("这次导入不能撤回。"))
    _move(file, {Status.DONE}, {"status": Status.UNDONE})
    for added in file.objects_added.order_by("-pk"):
        if added.target is not None:
            kind.undo(actor, added.target)
    record(actor, "import.undone", file, at=at, file=file.name, rows=file.handled)


def _move(file: ImportFile, sources: set[Status], changes: dict[str, Any]) -> None:
    """One compare-and-set step; Refused when somebody was faster or the file is past it."""
    unmoved = ImportFile.objects.filter(pk=file.pk, status=file.status, status__in=sources)
    if not unmoved.update(**changes):
        raise Refused(
            _("这个文件目前是“%(state)s”，不能执行此操作。") % {"state": file.get_status_display()}
        )
    for name, value in changes.items():
        setattr(file, name, value)
