"""Asking for a workbook, and writing down what came of it; tells of both on the trail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.models import User, the_house
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.messages import say
from houqin.kernel.trail.models import Event
from houqin.platform.sheets.models import Export

KEPT = timedelta(days=7)
WAITING, DONE, FAILED = Export.Status.WAITING, Export.Status.DONE, Export.Status.FAILED

say("sheet.exported", _("导出“%(file)s”，%(rows)s 行"), icon="download")
say("sheet.made", _("“%(file)s”已生成，%(rows)s 行，点开下载"), icon="download", tone="ok")
say("sheet.failed", _("“%(file)s”没有生成，请缩小范围再导出"), icon="download", tone="hold")


@transaction.atomic
def export_rows(actor: User, export: Export, *, at: datetime) -> None:
    """Write down that `actor` takes the rows of a list; a sweep makes the workbook of one that waits."""
    export.user, export.at = actor, at
    export.finished_at = None if export.status == WAITING else at
    export.save(force_insert=True)
    record(
        actor,
        "sheet.exported",
        export,
        at=at,
        file=export.name,
        rows=export.rows,
        query=export.query,
    )


def claim_export(now: datetime) -> Export | None:
    """The one that waits longest and that nobody makes; of any number of workers one gets it."""
    waiting = Export.objects.filter(status=WAITING).order_by("at", "pk")
    return waiting.claim(now).select_related("user").first()


@transaction.atomic
def finish_export(export: Export, *, content: bytes | None, rows: int, now: datetime) -> Event:
    """Keep the workbook, or note that none came of it; the event to tell. Raises LeaseLost."""
    status = FAILED if content is None else DONE
    export.finish(status=status, content=content, rows=rows, finished_at=now)
    name = "sheet.failed" if content is None else "sheet.made"
    return record(the_house(), name, export, at=now, file=export.name, rows=rows)


def forget_contents(now: datetime) -> int:
    """Drop workbooks that nobody has come for in KEPT; how many."""
    return Export.objects.filter(at__lt=now - KEPT, content__isnull=False).update(content=None)
