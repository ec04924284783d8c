"""The cast of the whole house at Monday, 23 November 2026; 2026 is the last year that is published."""

import pytest

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import Role
from houqin.kernel.worktime.models import Schedule
from tests.cast import as_user, cast

__all__ = ["as_user", "cast"]


@pytest.fixture
def national(cast):
    """国家工作日历, which has 2026 as announced and 2027 by law only."""
    grant_role(cast.person("sys", "系统管理员", cast.hq), Role.SYSTEM_ADMIN)
    return Schedule.objects.get()


@pytest.fixture
def lin(cast, national, as_user):
    """The browser of the manager."""
    return as_user(cast.lin)
