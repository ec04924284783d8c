"""Makes the kept world anew, on both engines; `tests/upgrade/make.sh` starts it.

It comes to be on SQLite, by actions. The PostgreSQL is migrated and gets the same rows, so that one manifest
is true of both.
"""

import json
import lzma
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction

from tests.upgrade import kept, world

COPY = "postgresql"
# What Django has and the house does not use.
UNUSED = {
    "auth.group", "auth.group_permissions", "people.user_groups", "people.user_user_permissions",
}  # fmt: skip
# Lines of a dump that an older server does not know, or that only psql reads.
NEWER = re.compile(r"^(SET transaction_timeout = .*|\\(un)?restrict \w+)\n", re.MULTILINE)


def make() -> None:
    """Write the whole folder; exits where the house is not as committed, or a table would stay empty."""
    _refuse_uncommitted()
    call_command("migrate", verbosity=0)
    secrets = world.make()
    tables = kept.tables()
    if empty := {name for name, table in tables.items() if not table["rows"]} - UNUSED:
        sys.exit(f"Nothing fills {', '.join(sorted(empty))}: add it to tests/upgrade/world.py.")
    copy_over()
    assert kept.tables(using=COPY) == tables
    kept.FOLDER.mkdir(exist_ok=True)
    call_command("verify_trail", export=str(kept.ROOTS))
    kept.SQLITE.write_bytes(lzma.compress(sqlite_file(), preset=9))
    kept.POSTGRESQL.write_bytes(lzma.compress(dump().encode(), preset=9))
    shutil.make_archive(str(kept.FILES).removesuffix(".tar.xz"), "xztar", settings.MEDIA_ROOT)
    write_manifest(tables, secrets)
    for path in sorted(kept.FOLDER.iterdir()):
        sys.stdout.write(f"{path.stat().st_size:8d}  {path.name}\n")


def _refuse_uncommitted() -> None:
    changed = git("status", "--porcelain", "--", "houqin", "config")
    if changed:
        sys.exit(f"Commit first: the world is made by a commit.\n{changed}")


def git(*arguments: str) -> str:
    return subprocess.check_output(["git", "-C", str(kept.ROOT), *arguments], text=True).strip()


def copy_over() -> None:
    """Put the rows into the empty PostgreSQL, as they are: nothing is worked out anew."""
    call_command("migrate", database=COPY, verbosity=0)
    models = [
        model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy
    ]
    with transaction.atomic(using=COPY):  # whose foreign keys are looked at when it ends
        for model in models:
            model._base_manager.using(COPY)._raw_delete(COPY)
        for model in models:
            for row in model._base_manager.all():
                row.save_base(raw=True, force_insert=True, using=COPY)
        with connections[COPY].cursor() as cursor:
            for statement in connections[COPY].ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def sqlite_file() -> bytes:
    with TemporaryDirectory() as folder, connection.cursor() as cursor:
        path = Path(folder) / "world.sqlite3"
        cursor.execute("VACUUM INTO %s", [str(path)])
        return path.read_bytes()


def dump() -> str:
    """SQL that any driver can run, on this server and on older ones."""
    server = connections[COPY].settings_dict
    options = ["--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500"]
    where = ["--host", server["HOST"], "--username", server["USER"], server["NAME"]]
    text = subprocess.check_output([os.environ["PG_DUMP"], *options, *where])
    return NEWER.sub("", text.decode())  # with the ends of lines as they are in the rows


def write_manifest(tables: kept.Tables, secrets: dict[str, str]) -> None:
    manifest = {
        "commit": git("rev-parse", "HEAD"),
        "secrets": secrets | {"key": settings.SECRET_KEY},
        "migrations": kept.migrations(),
        "files": kept.digests_of(Path(settings.MEDIA_ROOT), "**/*"),
        "tables": tables,
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False)
    kept.MANIFEST.write_text(text + "\n", encoding="utf-8")
