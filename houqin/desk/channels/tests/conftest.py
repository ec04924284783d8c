import pytest
from django.core.cache import cache as counts

from houqin.desk.catalogue.models import Entry
from tests.cast import as_user, cast

__all__ = ["as_user", "cast"]


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    """Nobody has tried anything yet, and files go where they are forgotten."""
    settings.MEDIA_ROOT = tmp_path
    counts.clear()


@pytest.fixture
def entry(cast):
    """The catalogue entry of that code."""
    return lambda code: Entry.objects.get(code=code)
