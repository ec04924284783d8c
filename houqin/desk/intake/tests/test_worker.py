"""The worker's side of an import: killed, overtaken, starved, broken, and still all or nothing."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from houqin.desk.demands.models import Demand
from houqin.desk.intake.models import ImportedRow
from houqin.desk.intake.pages import DEMANDS_IN
from houqin.desk.intake.tests.conftest import table
from houqin.kernel.clock.models import Clock
from houqin.kernel.leases import LeaseLost
from houqin.kernel.people.models import RoleGrant
from houqin.kernel.sweeps.registry import SWEEPS
from houqin.kernel.timekeeping import now
from houqin.platform.sheets import taking_in
from houqin.platform.sheets.models import ImportFile
from houqin.platform.sheets.sweeps import import_files
from houqin.platform.sheets.taking_in import check_rows, claim_import, write_rows

LEASE = ImportFile.LEASE
pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process is gone: nothing after this line is run."""


@contextmanager
def struck(monkeypatch, module, name, strike):
    """`name` of `module` fails while this lasts."""
    with monkeypatch.context() as patched:
        patched.setattr(module, name, strike)
        yield


@pytest.fixture
def file(desk):
    """A file of three rows that waits for the worker."""
    created = desk.upload(
        table("编号,标题,提交时间", *(f"R-{n},灯坏了,2026-03-0{n}" for n in (1, 2, 3)))
    )
    desk.map(created)
    desk.start(created)
    created.refresh_from_db()
    return created


def test_the_worker_knows_the_sweep():
    assert SWEEPS["sheets.import_files"].run is import_files


def test_of_two_workers_one_gets_the_file(file):
    assert claim_import(now()) is not None
    assert claim_import(now()) is None


@pytest.mark.parametrize("moment", ["plan", "write_all"])
def test_a_worker_killed_before_the_write_leaves_nothing_and_another_one_finishes(
    file, monkeypatch, moment
):
    def die(*_args, **_named):
        raise Killed

    with struck(monkeypatch, DEMANDS_IN, moment, die), pytest.raises(Killed):
        import_files(now())
    assert not Demand.objects.exists()
    assert import_files(now()) == 0, "the lease of the dead worker is still running"
    assert import_files(now() + LEASE + timedelta(seconds=1)) == 1
    assert Demand.objects.count() == ImportedRow.objects.count() == 3
    assert import_files(now() + 2 * LEASE) == 0


def test_a_worker_killed_in_the_middle_of_the_write_leaves_nothing(file, monkeypatch):
    def die(*_args, **_named):
        assert Demand.objects.count() == 3, "inside of the transaction they are there"
        raise Killed

    with struck(monkeypatch, taking_in, "record", die), pytest.raises(Killed):
        import_files(now())
    file.refresh_from_db()
    assert file.status == "writing"
    assert not Demand.objects.exists()
    assert not Clock.objects.exists()
    assert import_files(now() + LEASE + timedelta(seconds=1)) == 1
    assert Demand.objects.order_by("number")[0].number == "XQ-2026-000001"


def test_a_worker_that_lost_its_lease_writes_nothing(file):
    first = claim_import(now())
    assert first is not None
    rows = check_rows(first, now())
    second = claim_import(now() + LEASE + timedelta(seconds=1))
    assert second is not None
    with pytest.raises(LeaseLost):
        write_rows(first, DEMANDS_IN.plan(file, rows, now()), rows, now())
    assert not Demand.objects.exists()
    write_rows(second, DEMANDS_IN.plan(file, rows, now()), rows, now())
    assert Demand.objects.count() == 3


def test_progress_is_written_outside_of_the_transaction(file, monkeypatch):
    seen = []

    def look(file, at, **progress):
        assert not connection.in_atomic_block
        seen.append(progress)

    monkeypatch.setattr(taking_in, "SHOWN_EVERY", 1)
    monkeypatch.setattr(ImportFile, "renew", look)
    import_files(now())
    assert [row["handled"] for row in seen] == [1, 2, 3, 3]
    assert seen[-1]["status"] == "writing"


def test_a_busy_database_is_tried_again_at_once(file, monkeypatch):
    def busy(*_args, **_named):
        raise OperationalError("database is locked")

    with struck(monkeypatch, DEMANDS_IN, "write_all", busy), pytest.raises(OperationalError):
        import_files(now())
    assert import_files(now()) == 1
    assert Demand.objects.count() == 3


def test_a_bug_ends_the_import_with_a_sentence_and_is_not_hidden_from_the_log(file, monkeypatch):
    def broken(*_args, **_named):
        raise ZeroDivisionError

    with struck(monkeypatch, DEMANDS_IN, "plan", broken), pytest.raises(ZeroDivisionError):
        import_files(now())
    file.refresh_from_db()
    assert (file.status, file.lease_until) == ("failed", None)
    assert "没有写入任何数据" in file.errors[0][2]


def test_whoever_may_no_longer_import_does_not(file):
    RoleGrant.objects.filter(user=file.uploaded_by).delete()
    assert import_files(now()) == 1
    file.refresh_from_db()
    assert file.status == "failed"
    assert not Demand.objects.exists()


def test_the_database_itself_refuses_a_row_twice(file):
    import_files(now())
    row = ImportedRow.objects.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportedRow.objects.create(file=row.file, row=row.row, demand=row.demand)


def test_the_page_shows_how_far_it_is(desk, file):
    ImportFile.objects.filter(pk=file.pk).update(handled=2)
    page = desk.client.get(file.get_absolute_url()).content.decode()
    assert "2 / 3 行" in page
    assert 'hx-trigger="every 2s"' in page
    import_files(now())
    part = desk.client.get(file.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "已导入 3 行" in part
    assert "<html" not in part
    assert "hx-trigger" not in part
