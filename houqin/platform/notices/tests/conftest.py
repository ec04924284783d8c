from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.messages import SAYINGS, Saying

NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def one_saying(monkeypatch):
    """The kernel knows no event of its own; this one is said as apps say theirs."""
    monkeypatch.setitem(SAYINGS, "test.moved", Saying(_("转到了%(where)s")))


class Cast:
    def __init__(self):
        self.chen = User.objects.create_user("chen", name="陈专员", email="chen@example.org")
        self.wang = User.objects.create_user("wang", name="王师傅", email="wang@example.org")
        self.li = User.objects.create_user("li", name="李四")  # has no mail
        self.target = User.objects.create_user("target", name="XQ-2026-000123 漏水")


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture
def happen(cast):
    """Let something happen, done by 陈专员."""

    def event(where="三号楼", at=NOW):
        return record(cast.chen, "test.moved", cast.target, at=at, where=where)

    return event
