import pytest

from houqin.kernel.people.actions import grant_role
from houqin.lines.front_desk.access import RECEPTIONIST
from tests.cast import as_user, cast

__all__ = ["as_user", "cast"]


@pytest.fixture
def clerk(cast):
    """The receptionist of the near campus."""
    person = cast.person("zheng", "小郑", cast.hq)
    grant_role(person, RECEPTIONIST, place=cast.near)
    return person
