"""The worker's side of an import: a file is checked, then written in one go, whole or not at all."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Model
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.leases import LeaseLost
from houqin.kernel.timekeeping import now as present
from houqin.kernel.trail.actions import record
from houqin.platform.sheets.columns import CellProblem, SheetRow
from houqin.platform.sheets.importer import Importer, RowRefused, outcome_of
from houqin.platform.sheets.models import ImportedObject, ImportFile

SHOWN_EVERY = 1000  # rows between two signs of life
KEPT = 5000  # errors; a file with more has something wrong with all of it
Status = ImportFile.Status


def claim_import(now: datetime, pk: int | None = None) -> ImportFile | None:
    """Take the file that has waited longest and that nobody holds, or the one that is named.

    One that was being written when its worker was killed starts over: nothing of it has been written.
    """
    waiting = ImportFile.objects.filter(status__in=ImportFile.UNDER_WAY).order_by("at", "pk")
    if pk is not None:
        waiting = waiting.filter(pk=pk)
    taken = waiting.claim(now, status=Status.CHECKING, handled=0)
    return taken.select_related("uploaded_by").first()


def take_in(file: ImportFile, now: datetime) -> None:
    """Take in a file that was claimed, and write down what came of it."""
    try:
        with translation.override(file.uploaded_by.language):
            _take_in(file, now)
    except LeaseLost:
        pass  # whoever holds it now will finish it
    except RowRefused as error:
        _give_up(file, error.problem)
    except (Refused, Http404) as error:
        _give_up(file, CellProblem(0, "", str(error) or _("您没有此操作的权限。")))
    except OperationalError:
        file.finish()  # the database is busy or away: at once again, not in minutes
        raise
    except Exception:
        words = _("导入时出错，没有写入任何数据。请再试一次；还不行，请找系统管理员。")
        _give_up(file, CellProblem(0, "", words))
        raise


def _take_in(file: ImportFile, now: datetime) -> None:
    kind: Importer = file.declared
    kind.allow(file.uploaded_by, file.about)
    rows = check_rows(file, now)
    problems = [problem for row in rows for problem in row.problems]
    good = [row for row in rows if row.good]
    if problems and not (file.leave_out and good):
        _fail(file, problems)
        return
    planned = kind.plan(file, good, now)
    file.renew(present(), status=Status.WRITING, handled=len(good))
    write_rows(file, planned, rows, now)


def check_rows(file: ImportFile, now: datetime) -> list[SheetRow]:
    """Read every row. How far it is, is written outside of any transaction, so that the page can show it."""
    rows, wrong = [], 0
    for nth, row in enumerate(file.declared.read(file, now), 1):
        rows.append(row)
        wrong += len(row.problems)
        if nth % SHOWN_EVERY == 0:
            file.renew(present(), handled=nth, wrong=wrong)
    return rows


@transaction.atomic
def write_rows(file: ImportFile, planned: Any, rows: list[SheetRow], at: datetime) -> None:
    """Write everything that was planned of `rows`, or nothing: the lease is given back in the same
    transaction, so that a worker which has lost it writes nothing. Raises LeaseLost."""
    kind: Importer = file.declared
    good = sum(row.good for row in rows)
    file.outcome = _counts(kind, rows)
    file.finish(status=Status.DONE, finished_at=at, handled=good, content=b"", outcome=file.outcome)
    written = kind.write_all(file, planned, at)
    if kind.undo is not None:
        ImportedObject.objects.bulk_create(
            ImportedObject(file=file, row=row.number, target=thing)
            for row, thing in written
            if row.what == "new" and isinstance(thing, Model)
        )
    record(file.uploaded_by, "import.done", file, at=at, file=file.name, rows=good)


def _counts(kind: Importer, rows: list[SheetRow]) -> dict[str, dict[str, int]]:
    """For each sheet how many rows are new, changed, the same, and wrong."""
    counted: dict[str, Counter[str]] = {sheet.key: Counter() for sheet in kind.sheets}
    for row in rows:
        counted[row.sheet.key][outcome_of(row)] += 1
    return {
        key: {what: tally[what] for what in ("new", "changed", "same", "wrong")}
        for key, tally in counted.items()
    }


def _give_up(file: ImportFile, problem: CellProblem) -> None:
    with suppress(LeaseLost):
        _fail(file, [problem])


def _fail(file: ImportFile, problems: list[CellProblem]) -> None:
    kept = [list(problem if problem.sheet else problem[:3]) for problem in problems[:KEPT]]
    file.finish(status=Status.FAILED, errors=kept, wrong=len(problems), finished_at=present())
