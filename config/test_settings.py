"""The settings under test: nothing of the machine's own environment or data reaches a test.

`TEST_DATABASE_URL` names a PostgreSQL server whose user may create databases. Without it the tests run
on a SQLite *file* with the pragmas and the IMMEDIATE transactions of production, so that threads really
race for its lock (a database in memory would give them one shared connection).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

scratch = Path(tempfile.mkdtemp(prefix="houqin-test-"))
atexit.register(shutil.rmtree, scratch, ignore_errors=True)
# Set, not removed: a value that is absent here would be read from the developer's `.env`.
os.environ |= {
    "HOUQIN_ENV": "laptop",
    "HOUQIN_DEMO": "0",
    "DEBUG": "0",
    "SECRET_KEY": "the-key-of-the-tests-is-no-secret-at-all",
    "ALLOWED_HOSTS": "*",
    "DATA_DIR": str(scratch),
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL")
    or f"sqlite:///{scratch / 'houqin.sqlite3'}",
    "OIDC_ISSUER": "",
    "EMAIL_URL": "memorymail://",
    "TIME_ZONE": "Asia/Shanghai",
    "SITE_URL": "http://testserver",
    "LOG_LEVEL": "WARNING",
}

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, SQLITE_OPTIONS, STORAGES  # noqa: E402

database = DATABASES["default"]
if database["ENGINE"].endswith("sqlite3"):
    # Not waiting for the disk changes no lock and no order of writers, only how long a commit takes.
    init = SQLITE_OPTIONS["init_command"] + "PRAGMA synchronous=OFF;"  # type: ignore[operator]
    database["OPTIONS"] = SQLITE_OPTIONS | {"init_command": init}
    database["TEST"] = {"NAME": str(scratch / "test.sqlite3")}
else:
    # The process id keeps two runs against one server out of each other's database.
    database["TEST"] = {"NAME": f"houqin_test_{os.getpid()}"}
    database["OPTIONS"]["options"] += " -c synchronous_commit=off"
database["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
