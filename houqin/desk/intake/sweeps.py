"""The worker's side: files that were started are checked, then written in one go."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.desk.intake.actions import read_rows
from houqin.desk.intake.directory import IMPORTERS
from houqin.desk.intake.drafts import Draft, Problem
from houqin.desk.intake.models import ImportFile
from houqin.desk.intake.writing import plan, write_demands
from houqin.kernel.errors import Refused
from houqin.kernel.leases import LeaseLost
from houqin.kernel.people.actions import require
from houqin.kernel.sweeps.registry import sweep
from houqin.kernel.timekeeping import now as present

SHOWN_EVERY = 1000  # rows between two signs of life
KEPT = 5000  # errors; a file with more has something wrong with all of it
Status = ImportFile.Status


@sweep(every=timedelta(seconds=3), batch=1, title=gettext_lazy("导入文件"))
def import_files(now: datetime) -> int:
    """Take in one file that was started, or one whose worker died while at it."""
    file = claim(now)
    if file is None:
        return 0
    try:
        with translation.override(file.uploaded_by.language):
            _take_in(file, now)
    except LeaseLost:
        pass  # whoever holds it now will finish it
    except Refused as error:
        _give_up(file, str(error))
    except OperationalError:
        file.finish()  # the database is busy or away: at once again, not in minutes
        raise
    except Exception:
        _give_up(file, _("导入时出错，没有写入任何数据。请再试一次；还不行，请找系统管理员。"))
        raise
    return 1


def claim(now: datetime) -> ImportFile | None:
    """Take the file that has waited longest and that nobody holds.

    One that was being written when its worker was killed starts over: nothing of it has been written.
    """
    waiting = ImportFile.objects.filter(status__in=ImportFile.UNDER_WAY).order_by("at", "pk")
    taken = waiting.claim(now, status=Status.CHECKING, handled=0)
    return taken.select_related("uploaded_by").first()


def _take_in(file: ImportFile, now: datetime) -> None:
    require(file.uploaded_by, IMPORTERS)
    drafts, problems = check_rows(file, now)
    if problems:
        _refuse(file, problems)
        return
    planned = plan(file, drafts, now)
    file.renew(present(), status=Status.WRITING, handled=len(drafts))
    write_demands(file, planned, now)


def check_rows(file: ImportFile, now: datetime) -> tuple[list[Draft], list[Problem]]:
    """Read every row. How far it is, is written outside of any transaction, so that the page can show it."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    _table, rows = read_rows(file, file.uploaded_by, now)
    for nth, (draft, wrong) in enumerate(rows, 1):
        problems += wrong
        if draft:
            drafts.append(draft)
        if nth % SHOWN_EVERY == 0:
            file.renew(present(), handled=nth, wrong=len(problems))
    return drafts, problems


def _refuse(file: ImportFile, problems: list[Problem]) -> None:
    kept = [list(problem) for problem in problems[:KEPT]]
    _fail(file, kept, len(problems))


def _give_up(file: ImportFile, sentence: str) -> None:
    with suppress(LeaseLost):
        _fail(file, [[0, "", sentence]], 1)


def _fail(file: ImportFile, errors: list[list[Any]], wrong: int) -> None:
    file.finish(status=Status.FAILED, errors=errors, wrong=wrong, finished_at=present())
