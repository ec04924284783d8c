"""The worker's side: files that were started are checked, then written in one go."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from houqin.desk.intake.actions import read_rows
from houqin.desk.intake.directory import IMPORTERS
from houqin.desk.intake.drafts import Draft, Problem
from houqin.desk.intake.leases import Hold, LeaseLost, claim
from houqin.desk.intake.models import ImportFile
from houqin.desk.intake.writing import plan, write_demands
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.sweeps.registry import sweep
from houqin.kernel.timekeeping import now as present

SHOWN_EVERY = 1000  # rows between two signs of life
KEPT = 5000  # errors; a file with more has something wrong with all of it
Status = ImportFile.Status


@sweep(every=timedelta(seconds=3), batch=1, title=gettext_lazy("导入文件"))
def import_files(now: datetime) -> int:
    """Take in one file that was started, or one whose worker died while at it."""
    hold = claim(now)
    if hold is None:
        return 0
    file = ImportFile.objects.select_related("uploaded_by").get(pk=hold.pk)
    try:
        with translation.override(file.uploaded_by.language):
            _take_in(file, hold, now)
    except LeaseLost:
        pass  # whoever holds it now will finish it
    except Refused as error:
        _give_up(hold, str(error))
    except OperationalError:
        hold.row().update(
            lease_until=now
        )  # the database is busy or away: at once again, not in minutes
        raise
    except Exception:
        _give_up(hold, _("导入时出错，没有写入任何数据。请再试一次；还不行，请找系统管理员。"))
        raise
    return 1


def _take_in(file: ImportFile, hold: Hold, now: datetime) -> None:
    require(file.uploaded_by, IMPORTERS)
    drafts, problems = check_rows(file, hold, now)
    if problems:
        _refuse(hold, problems)
        return
    planned = plan(file, drafts, now)
    hold.renew(status=Status.WRITING, handled=len(drafts))
    write_demands(file, planned, hold, now)


def check_rows(file: ImportFile, hold: Hold, now: datetime) -> tuple[list[Draft], list[Problem]]:
    """Read every row. How far it is, is written outside of any transaction, so that the page can show it."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    _table, rows = read_rows(file, file.uploaded_by, now)
    for nth, (draft, wrong) in enumerate(rows, 1):
        problems += wrong
        if draft:
            drafts.append(draft)
        if nth % SHOWN_EVERY == 0:
            hold.renew(handled=nth, wrong=len(problems))
    return drafts, problems


def _refuse(hold: Hold, problems: list[Problem]) -> None:
    kept = [list(problem) for problem in problems[:KEPT]]
    hold.end(Status.FAILED, errors=kept, wrong=len(problems), finished_at=present())


def _give_up(hold: Hold, sentence: str) -> None:
    hold.row().update(
        status=Status.FAILED,
        errors=[[0, "", sentence]],
        wrong=1,
        finished_at=present(),
        lease_until=None,
    )
