"""What every test run needs before it starts, and what all tests share."""

import pytest
from django.db import connection

from houqin.platform.translations import catalogue

pytest_plugins = ["tests.stages"]


def pytest_configure(config):
    # Tests of the English pages read the compiled catalogue, which is not committed. One process
    # compiles it; the workers of a parallel run start later.
    if not hasattr(config, "workerinput"):
        catalogue.compile_stale()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    # After a test with real transactions Django empties the tables: by TRUNCATE on PostgreSQL, which row
    # triggers do not see, but by DELETE on SQLite, which the trail and its seals refuse.
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS trail_event_no_delete")
            cursor.execute("DROP TRIGGER IF EXISTS audit_chain_seal_no_delete")
