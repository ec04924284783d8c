"""What is kept of a world: the folder, and what each column of each table holds, alike on both engines."""

from __future__ import annotations

import hashlib
import json
import lzma
from datetime import UTC, date, datetime, time
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models

ROOT = Path(settings.BASE_DIR)
FOLDER = Path(__file__).parent / "kept"
SQLITE, POSTGRESQL = FOLDER / "world.sqlite3.xz", FOLDER / "world.sql.xz"
FILES, ROOTS, MANIFEST = FOLDER / "files.tar.xz", FOLDER / "roots.json", FOLDER / "manifest.json"
# Django itself adds to these whenever an app gets another model.
GROWS = {"contenttypes.contenttype", "auth.permission"}

Tables = dict[str, dict[str, Any]]


def read_manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return manifest


def unpacked(path: Path) -> bytes:
    return lzma.decompress(path.read_bytes())


def digests_of(folder: Path, *patterns: str) -> dict[str, str]:
    """The SHA-256 of each file of `folder` that fits one of `patterns`, by its path in it."""
    files = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def migrations() -> dict[str, str]:
    """The digest of each migration of ours."""
    return digests_of(ROOT, "houqin/**/migrations/[0-9]*.py")


def tables(using: str = DEFAULT_DB_ALIAS) -> Tables:
    """The number of rows of each table, and a digest of each of its columns."""
    known = apps.get_models(include_auto_created=True)
    digests = {
        model._meta.label_lower: table(model, columns_of(model), using=using)
        for model in known
        if not model._meta.proxy
    }
    return dict(sorted(digests.items()))


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def table(
    model: type[models.Model],
    names: list[str],
    *,
    most: int | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> dict[str, Any]:
    """Of the columns `names`; of the first `most` rows by their key where Django adds some."""
    every = model._base_manager.using(using).values_list("pk", *names)
    rows = sorted(every, key=itemgetter(0))[:most]
    values = zip(*rows, strict=True) if rows else [()] * (len(names) + 1)
    digests = dict(zip(["", *names], map(_digest, values), strict=True))
    return {"rows": len(rows), "columns": {name: digests[name] for name in names}}


def differences(kept: Tables) -> set[str]:
    """The tables whose number of rows is another one than `kept` says, or which are gone, as `app.model`;
    the columns that hold something else or are gone, as `app.model.column`."""
    return {name for label, then in kept.items() for name in _different(label, then)}


def _different(label: str, then: dict[str, Any]) -> list[str]:
    try:
        model = apps.get_model(label)
    except LookupError:
        return [label]
    there = set(columns_of(model))
    names = [name for name in then["columns"] if name in there]
    today = table(model, names, most=then["rows"] if label in GROWS else None)
    if today["rows"] != then["rows"]:
        return [label]
    return [
        f"{label}.{name}"
        for name, digest in then["columns"].items()
        if today["columns"].get(name) != digest
    ]


def _digest(values: Any) -> str:
    text = json.dumps(values, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> str:
    """What JSON has no form for, alike on both engines."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"no plain form of {type(value)}")
