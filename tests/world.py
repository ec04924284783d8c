"""The database of a run: migrated once, copied for each process and after each test that really commits."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation

# The workers of a parallel run inherit the number from the process that starts them.
RUN = os.environ.setdefault("HOUQIN_TEST_RUN", str(os.getpid()))
SHARED = Path(tempfile.gettempdir()) / f"houqin-test-run-{RUN}"


class World:
    """The migrated database of this run (`template`), and this process's copy of it."""

    def __init__(self, worker: str):
        self.worker = worker
        self.creation: BaseDatabaseCreation = connection.creation
        if connection.vendor == "sqlite":
            self.template = str(SHARED / "world.sqlite3")
        else:
            self.template = f"houqin_test_{RUN}"
        connection.settings_dict["TEST"]["NAME"] = self.template

    def open(self) -> None:
        """Connect to a new copy, of a template that is made first where nobody has."""
        with _alone() as built:
            if not built.exists():
                self.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
                connection.close()
                built.touch()
        connect_to(self.template)
        self.creation.clone_test_db(suffix=self.worker, verbosity=0, autoclobber=True)
        connect_to(self.creation.get_test_db_clone_settings(self.worker)["NAME"])
        tables = connection.introspection.table_names()
        self.empty = [table for table in tables if not _has_rows(table)]

    def restore(self) -> None:
        """Put everything back as it was when the copy was new."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(self.template)) as template:
                template.backup(connection.connection)
        else:
            self._delete()

    def _delete(self) -> None:
        """A PostgreSQL that waits for its disk needs seconds for a copy or a TRUNCATE, but none to delete."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
            )
            guarded = [table for (table,) in cursor.fetchall()]
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in self.empty:
                cursor.execute(f'DELETE FROM "{table}"')
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in guarded:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    def close(self) -> None:
        self.creation.destroy_test_db(verbosity=0)


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
        return bool(cursor.fetchone()[0])


@contextmanager
def _alone() -> Iterator[Path]:
    """Only one process of this run at a time; the file says whether the template is there."""
    SHARED.mkdir(exist_ok=True)
    with (SHARED / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield SHARED / "built"


def connect_to(name: str) -> None:
    """Every new connection of this process is one to the database called `name`."""
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def clear_away() -> None:
    """Remove the template, at the end of a run; and at the start what a killed one of its number left."""
    if (SHARED / "built").exists() and connection.vendor != "sqlite":
        connection.settings_dict["NAME"] = f"houqin_test_{RUN}"
        connection.creation.destroy_test_db(verbosity=0)
    shutil.rmtree(SHARED, ignore_errors=True)
