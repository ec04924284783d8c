"""An errand on Monday, 23 November 2026, 10:24, in a house with the seeded calendar and standard."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from houqin.kernel.clock.actions import start_clock
from houqin.kernel.clock.models import Clock, Grade, HoldReason, Kind, PromisedTime, Standard
from houqin.kernel.clock.seed import seed_standard
from houqin.kernel.clock.tests.errand import Errand
from houqin.kernel.worktime.seed import seed_national
from tests.stages import Stage

SHANGHAI = ZoneInfo("Asia/Shanghai")


def on(day, text, month=11, year=2026):
    """`on(24, "17:30")`: a moment of November 2026."""
    hour, minute = map(int, text.split(":"))
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


NOW = on(23, "10:24")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Errand)
        ContentType.objects.clear_cache()
        ContentType.objects.get_for_model(Errand)


class House:
    """One errand, its clocks, and the versions of the standard that a test writes."""

    def __init__(self):
        self.schedule = seed_national(2026, 2026)
        self.standard = seed_standard()
        self.errand = Errand.objects.create(name="修空调")

    def version(self, amount, unit, *, name="试行", since=None):
        """A version that promises the same for every grade and kind."""
        standard = Standard.objects.create(
            name=name, regulation="试行办法", effective_from=since or NOW
        )
        PromisedTime.objects.bulk_create(
            PromisedTime(standard=standard, grade=grade, kind=kind, amount=amount, unit=unit)
            for grade in Grade.values
            for kind in Kind.values
        )
        HoldReason.objects.create(standard=standard, code="parts", label="等备件", stops=True)
        return standard

    def start(self, kind=Kind.HANDLING, *, grade=Grade.ROUTINE, at=NOW, standard=None, errand=None):
        return start_clock(
            errand or self.errand, kind, grade=grade, standard=standard or self.standard,
            schedule=self.schedule, at=at,
        )  # fmt: skip

    def start_given(self, due_at, *, standard=None, at=NOW):
        """A clock whose due time came with an import, the first alarm still ahead."""
        clock = self.start(at=at, standard=standard)
        clock.given_due, clock.due_at = True, due_at
        clock.next_alarm_at = at + (due_at - at) / 2
        clock.save()
        return clock

    def next_due(self):
        return Errand.objects.get(pk=self.errand.pk).next_due_at


house = Stage(House).fixture("house")


def row(clock):
    """Everything that the database says of a clock now."""
    return Clock.objects.filter(pk=clock.pk).values().get()


def again(clock):
    return Clock.objects.get(pk=clock.pk)
