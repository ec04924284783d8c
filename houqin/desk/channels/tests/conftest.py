import pytest

from houqin.desk.catalogue.models import Entry
from tests.cast import as_user, cast

__all__ = ["as_user", "cast"]


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    """Files go where they are forgotten."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def entry(cast):
    """The catalogue entry of that code."""
    return lambda code: Entry.objects.get(code=code)
