"""What every test run needs before it starts, and what all tests share."""

import gc
import os

import pytest
from django.conf import settings
from django.db.models.query_utils import DeferredAttribute
from django.test import TransactionTestCase
from pytest_django.plugin import blocking_manager_key

from houqin.kernel.policies import registry
from houqin.platform.translations import catalogue
from tests import world

pytest_plugins = ["tests.stages"]
READ_LATER = {"sheets.ImportFile.content"}  # large, of one file at a time
IN_USE = registry.FRESH_FOR  # seconds, as a house runs
# Each test forgets; a slow machine reads nothing anew in its midst.
registry.FRESH_FOR = 3600.0
# Each new Client starts the middleware; it would read the whole folder of static files each time.
settings.WHITENOISE_AUTOREFRESH = True


def pytest_configure(config):
    # Tests of the English pages read the compiled catalogue, which is not committed. One process
    # compiles it; the workers of a parallel run start later.
    if not hasattr(config, "workerinput"):
        catalogue.compile_stale()
        _clear_away(config)


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        _clear_away(config)


def _clear_away(config):
    with config.stash[blocking_manager_key].unblock():
        world.clear_away()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """This process's own copy of the migrated database; what a test has committed is undone by copying."""
    copy = world.World(os.environ.get("PYTEST_XDIST_WORKER", "own"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: copy.restore())
        with django_db_blocker.unblock():
            copy.open()
        yield
        with django_db_blocker.unblock():
            copy.close()


@pytest.fixture(autouse=True)
def no_policy_is_remembered():
    """What one test has changed is rolled back; the next one must not read it from memory."""
    registry.forget()


@pytest.fixture(autouse=True, scope="session")
def nothing_is_read_field_by_field():
    """A field that a query has left out is never asked for later: on a list that would be a query a row."""
    of_django = DeferredAttribute.__get__

    def refuse(deferred, row, owner=None):
        if row is None:
            return deferred
        name = deferred.field.attname
        if name in row.__dict__:
            return row.__dict__[name]
        if f"{row._meta.label}.{name}" in READ_LATER:
            return of_django(deferred, row, owner)
        raise AssertionError(f"{row._meta.label}.{name} was left out of the query")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DeferredAttribute, "__get__", refuse)
        yield


def pytest_collection_finish():
    """The program and its tests stay as long as the process: the collector need not look at them again, and
    seldom at what tests leave behind."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
