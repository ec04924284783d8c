from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from houqin.kernel.constraints import append_only_sql
from houqin.kernel.people.models import User
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.models import Event

pytestmark = pytest.mark.engine
NOW = datetime(2026, 11, 23, 10, 24, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def event(db):
    user = User.objects.create_user("chen", name="陈专员")
    return record(user, "test.happened", user, at=NOW, amount=3)


@pytest.fixture
def guarded_against_removal(db):
    """On SQLite tests run without the trigger against removal (see houqin/conftest.py); here it is back."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in append_only_sql("trail_event", "sqlite"):
                cursor.execute(statement)


def test_an_event_cannot_be_changed(event):
    event.name = "test.never_happened"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        event.save()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(at=NOW)
    assert Event.objects.get().name == "test.happened"


def test_an_event_cannot_be_changed_by_hand(event):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE trail_event SET facts = '{}'")


@pytest.mark.usefixtures("guarded_against_removal")
def test_an_event_cannot_be_removed(event):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        event.delete()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.all().delete()
    assert Event.objects.count() == 1
