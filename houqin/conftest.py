"""What the tests of all apps share."""

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    # After a test with real transactions Django empties the tables: by TRUNCATE on PostgreSQL, which row
    # triggers do not see, but by DELETE on SQLite, which the trail refuses.
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS trail_event_no_delete")
