"""Fills a database with very many requests, as the actions leave them.

The demonstration is played by the actions; then its requests are copied by the database with all that hangs
on them: orders, clocks, pauses, events, notices, signatures, ratings, what is searched. Copies of finished
requests lie whole weeks back, over two years, so that a due time may fall on a day off; copies of open ones,
one in a hundred of all, lie where they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

from benchmarks.desk.statements import Statements
from houqin.cockpit.models import Moment
from houqin.desk.callbacks.models import CallBack
from houqin.desk.demands.models import Acceptance, Demand, Rating, Supervision, Watcher
from houqin.kernel.clock.models import Alarm, Clock, Pause
from houqin.kernel.numbers.models import Counter
from houqin.kernel.places.models import Place
from houqin.kernel.trail.models import Event
from houqin.platform.files.models import Attachment
from houqin.platform.notices.models import Notice
from houqin.platform.search.models import Passage
from houqin.shared.approvals.models import Approval, Turn
from houqin.work.orders.models import Material, StepDone, WorkOrder

OPEN_SHARE = 0.01
COPIES_AT_ONCE = 50  # in one transaction

# Each kind of row that is copied, after the one that it hangs on, and the field that leads there.
HANGING: list[tuple[type[models.Model], str]] = [
    (WorkOrder, "subject"),
    (CallBack, "demand"),
    (Approval, "subject"),
    (Turn, "approval"),
    (Clock, "target"),
    (Pause, "clock"),
    (Alarm, "clock"),
    (Event, "target"),
    (Notice, "event"),
    (Attachment, "target"),
    (Acceptance, "demand"),
    (Rating, "demand"),
    (Supervision, "demand"),
    (Watcher, "demand"),
    (Material, "order"),
    (StepDone, "order"),
    (Passage, "target"),
    (Moment, "demand"),
]
COPIED: list[type[models.Model]] = [Demand, *(model for model, _field in HANGING)]


def load(requests: int) -> int:
    """Make an empty database hold about `requests` requests; how many it holds."""
    call_command("migrate", verbosity=0)
    if not Place.objects.exists():
        call_command("compile_translations", verbosity=0)
        call_command("load_demo")
        call_command("reindex", "--if-empty", verbosity=0)
        call_command("refresh_figures")
        copy(requests)
    return Demand.objects.count()


def copy(requests: int) -> None:
    """Copy the requests that there are until there are about `requests`."""
    statements, done = Statements(COPIED), 0
    for pattern in list(Pattern.read()):
        share = OPEN_SHARE if pattern.open else 1 - OPEN_SHARE
        times = max(round(requests * share / pattern.requests) - 1, 0)
        write_copies(pattern, statements, done + 1, done + times)
        done += times
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), COPIED):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
    for counter in Counter.objects.all():
        Counter.objects.filter(pk=counter.pk).update(last=max(counter.last, requests * 2))


@dataclass(frozen=True)
class Pattern:
    """The rows that are copied together: those of all finished requests, or of all open ones."""

    open: bool
    requests: int
    rows: dict[type[models.Model], list[int]]

    @classmethod
    def read(cls) -> Iterator[Pattern]:
        owners = owners_of_rows()
        held = open_requests()
        for is_open in (False, True):
            rows: dict[type[models.Model], list[int]] = {model: [] for model in COPIED}
            for (model, pk), demand in owners.items():
                if (demand in held) is is_open:
                    rows[model].append(pk)
            yield cls(is_open, len(rows[Demand]), rows)


def open_requests() -> set[int]:
    """The open ones, and those that were merged into one of them."""
    held = set(Demand.objects.filter(status__in=Demand.OPEN).values_list("pk", flat=True))
    while more := set(
        Demand.objects.filter(merged_into__in=held)
        .exclude(pk__in=held)
        .values_list("pk", flat=True)
    ):
        held |= more
    return held


def owners_of_rows() -> dict[tuple[type[models.Model], int], int]:
    """Every row that hangs on a request, with the key of that request."""
    owners = {(Demand, pk): pk for pk in Demand.objects.values_list("pk", flat=True)}
    kinds = {kind.pk: kind.model_class() for kind in ContentType.objects.all()}
    for model, name in HANGING:
        rows = model._default_manager.all()
        if hasattr(model, f"{name}_type"):
            keys = rows.values_list("pk", f"{name}_type_id", f"{name}_id")
            leads = [(pk, (kinds[kind], target)) for pk, kind, target in keys]
        else:
            parent = model._meta.get_field(name).related_model
            leads = [(pk, (parent, key)) for pk, key in rows.values_list("pk", f"{name}_id")]
        owners |= {(model, pk): owners[lead] for pk, lead in leads if lead in owners}
    return owners


def write_copies(pattern: Pattern, statements: Statements, first: int, last: int) -> None:
    """Write the copies `first` to `last` of the pattern, some at a time."""
    with connection.cursor() as cursor:
        statements.choose(cursor, pattern.rows)
        for start in range(first, last + 1, COPIES_AT_ONCE):
            with transaction.atomic():
                for model in COPIED:
                    statement = statements.copy(model, shifted=not pattern.open)
                    cursor.execute(statement, [start, min(start + COPIES_AT_ONCE - 1, last)])
